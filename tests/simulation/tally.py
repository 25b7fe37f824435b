"""What a campaign counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

FIGURES = ("lost", "doubled", "diverged", "leaked", "undrained")


@dataclass(frozen=True)
class Failure:
    """A broken promise with the schedule that broke it."""

    seed: int
    figure: str
    promise: str
    detail: str


@dataclass
class Tally:
    """The sums of a campaign: `drained` counts devices by exchanges until they had drained, `rounds` schedules."""

    schedules: int = 0
    steps: int = 0
    requests: int = 0
    node_exchanges: int = 0
    shown: int = 0
    drained: Counter[int] = field(default_factory=Counter)
    rounds: Counter[int] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    fired: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.schedules += other.schedules
        self.steps += other.steps
        self.requests += other.requests
        self.node_exchanges += other.node_exchanges
        self.shown += other.shown
        for name in ("drained", "rounds", "checks", "fired", "verdicts"):
            getattr(self, name).update(getattr(other, name))
        self.failures += other.failures

    def figure(self, name: str) -> int:
        return sum(failure.figure == name for failure in self.failures)
