"""What every figure must be and should be, as one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

RAW, FLASK, PRODUCT = "raw", "flask", "product"

Samples = Mapping[str, Mapping[str, Sequence[float]]]  # figure -> server -> one value a round


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of one figure of the product: of the ratio to server `against` in the same round, or of the figure.

    A figure that is only `reported` fails nothing: its limits are held on a slower disk, by the line below it.
    """

    figure: str
    title: str
    unit: str
    must: float
    goal: float
    against: str | None = None
    at_least: bool = False
    reported: bool = False

    def limit(self, value: float) -> str:
        """`<= 3.2x raw` or `<= 300 MB`."""
        sign = ">=" if self.at_least else "<="
        return f"{sign} {value:g}x {self.against}" if self.against else f"{sign} {value:g} {self.unit}".rstrip()

    def meets(self, value: float, limit: float) -> bool:
        return value >= limit if self.at_least else value <= limit


@dataclass(frozen=True, slots=True)
class Finding:
    """A budget with the medians of all servers and the value it is held to."""

    budget: Budget
    medians: Mapping[str, float]
    value: float

    @property
    def holds(self) -> bool:
        return self.budget.meets(self.value, self.budget.must)

    @property
    def reaches_goal(self) -> bool:
        return self.budget.meets(self.value, self.budget.goal)


BUDGETS = (
    Budget("bootstrap", "bootstrap", "records/s", 0.35, 0.50, RAW, at_least=True),
    Budget("push_cpu", "push, server CPU per 1,000 changes", "ms", 3.2, 2.5, RAW),
    Budget("push_rate", "push, batches of 100", "changes/s", 0.45, 0.60, RAW, at_least=True, reported=True),
    Budget("slow_push_rate", "push, a flush 5 ms longer", "changes/s", 0.45, 0.60, RAW, at_least=True),
    Budget("idle", "idle exchange, p50", "ms", 2.0, 1.5, FLASK),
    Budget("idle_records", "idle exchange, 10x the records", "ms", 1.2, 1.1, PRODUCT),
    Budget("idle_operations", "idle exchange, 10x the operations per record", "ms", 1.2, 1.1, PRODUCT),
    Budget("pull", "pull of 50 changed records, p50", "ms", 2.5, 1.5, FLASK),
    Budget("rush", "rush: all devices at once, 20 changes and a pull each", "s", 1.6, 1.2, FLASK, reported=True),
    Budget("slow_rush", "rush, a flush 5 ms longer", "s", 1.6, 1.2, FLASK),
    Budget("rush_failed", "rush: devices that failed", "", 0, 0),
    Budget("bytes_plain", "bytes up per small change, JSON", "B", 420, 300),
    Budget("bytes_packed", "bytes up per small change, packed", "B", 110, 80),
    Budget("memory", "server memory after the above", "MB", 300, 220),
)


def judged(samples: Samples) -> list[Finding]:
    """Every budget whose figure was measured."""
    return [_judged(budget, samples[budget.figure]) for budget in BUDGETS if budget.figure in samples]


def _judged(budget: Budget, servers: Mapping[str, Sequence[float]]) -> Finding:
    medians = {server: median(values) for server, values in servers.items()}
    if budget.figure == "rush_failed":
        return Finding(budget, medians, max(servers[PRODUCT]))
    if budget.against is None:
        return Finding(budget, medians, medians[PRODUCT])
    # Product and baseline of one round met the same noise.
    measured, other = _compared(budget, servers)
    return Finding(budget, medians, median(mine / theirs for mine, theirs in zip(measured, other, strict=True)))


def _compared(budget: Budget, servers: Mapping[str, Sequence[float]]) -> tuple[Sequence[float], Sequence[float]]:
    """The product's values and those they are held against; a longer history is held against the usual one."""
    if budget.against == PRODUCT:
        return servers["longer"], servers[PRODUCT]
    assert budget.against is not None
    return servers[PRODUCT], servers[budget.against]
