"""`python -m tests.simulation`: a campaign and the planted bugs; the last line is one JSON object of figures.

SCHEDULES, STEPS and SEED say how many, how long and from which seed on; TIER is `core` (the engine over the store
in memory), `full` (the Flask app over a real DATABASE, `sqlite` or `postgresql`) or `client` (the app's own client in
Node on every tablet, against either). RESUME=1 goes on with a run of these very sources that was cut off. A run of at
least the default size, or with REPORT=1, writes its section of docs/RELIABILITY.md.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.simulation import mutants, reliability
from tests.simulation.campaign import campaign, hunt_all, silent_faults
from tests.simulation.tally import FIGURES, Tally

REPORT = Path(__file__).parent.parent.parent / "var" / "reports" / "simulate.json"
PROCESSES = len(os.sched_getaffinity(0))
DEFAULT_SIZE = {"core": 10_000, "full": 200, "client": 200}
DATABASES = {"core": ("memory",), "full": ("sqlite", "postgresql"), "client": ("sqlite", "postgresql", "memory")}


@dataclass(frozen=True)
class Order:
    """What was asked for."""

    schedules: int
    steps: int
    seed: int
    tier: str
    database: str
    publish: bool = False
    resume: bool = False

    @staticmethod
    def read(environ: Mapping[str, str]) -> Order:
        """SCHEDULES, STEPS, SEED, TIER and DATABASE, or their defaults."""
        tier = environ.get("TIER") or "core"
        database = environ.get("DATABASE") or DATABASES.get(tier, ("",))[0]
        if database not in DATABASES.get(tier, ()):
            raise SystemExit(f"TIER={tier} does not run on DATABASE={database}")
        schedules = int(environ.get("SCHEDULES") or DEFAULT_SIZE[tier])
        steps, seed = int(environ.get("STEPS") or 200), int(environ.get("SEED") or 0)
        publish = schedules >= DEFAULT_SIZE[tier] or environ.get("REPORT") == "1"
        return Order(schedules, steps, seed, tier, database, publish, environ.get("RESUME") == "1")


def report(order: Order, tally: Tally, hunts: list[mutants.Hunt], seconds: float) -> dict[str, object]:
    """The figures, counted, never typed."""
    caught = sum(hunt.seed is not None for hunt in hunts)
    explained = sum(hunt.seed is None and bool(hunt.explained) for hunt in hunts)
    return {
        "tier": order.tier,
        "database": order.database,
        "schedules": tally.schedules,
        "steps": tally.steps,
        "requests": tally.requests,
        **({"node_exchanges": tally.node_exchanges} if order.tier == "client" else {}),
        **{figure: tally.figure(figure) for figure in FIGURES},
        "max_drain_exchanges": max(tally.drained, default=0),
        "mutants_planted": len(hunts),
        "mutants_caught": caught,
        "mutants_explained": explained,
        "seed": order.seed,
        "median_drain_exchanges": reliability.middle(tally.drained),
        "seconds": round(seconds),
        "schedules_per_second": round(tally.schedules / seconds, 1) if seconds else 0,
    }


def shortfalls(order: Order, tally: Tally, figures: Mapping[str, object]) -> Iterable[str]:
    """What was promised and not reached."""
    for failure in tally.failures:
        yield f"seed {failure.seed}: {failure.figure}: {failure.promise}: {failure.detail}"
    if tally.schedules < order.schedules or tally.steps < order.schedules * order.steps:
        yield f"only {tally.schedules} schedules with {tally.steps} steps ran"
    if tally.schedules >= 100:
        yield from (f"the fault {fault} hardly ever happened" for fault in silent_faults(tally))
    if order.tier == "client" and tally.node_exchanges < tally.requests:
        yield f"the app made only {tally.node_exchanges} of {tally.requests} exchanges"
    if figures["mutants_caught"] + figures["mutants_explained"] < figures["mutants_planted"]:
        yield "a planted bug was neither caught nor explained"


def tell(tally: Tally) -> None:
    """The counts that are not in the last line."""
    print("verdicts:", dict(tally.verdicts))
    print("faults that fired:", dict(tally.fired))
    print("checks made:", dict(tally.checks))
    print("exchanges until drained, by devices:", dict(tally.drained), flush=True)


def tell_hunts(hunts: Iterable[mutants.Hunt]) -> None:
    """How each planted bug was found, or why not."""
    for hunt in hunts:
        print("planted:", *filter(None, reliability.planted(hunt)), sep=" | ")


def main() -> int:
    order = Order.read(os.environ)
    commit = reliability.commit() if order.publish else ""
    started = time.monotonic()
    where = order.tier, order.database, order.seed
    tally = campaign(*where, order.schedules, order.steps, PROCESSES, resume=order.resume)
    seconds = time.monotonic() - started
    tell(tally)
    hunts = hunt_all(order.tier, order.steps, PROCESSES, {one.seed for one in tally.failures})
    tell_hunts(hunts)
    figures = report(order, tally, hunts, seconds)
    missing = list(shortfalls(order, tally, figures))
    print(*missing, sep="\n", file=sys.stderr)
    if commit:
        reliability.write(commit, figures, tally, hunts)
    elif order.publish:
        print("nothing published: the sources differ from their commit", file=sys.stderr)
    line = json.dumps(figures)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(line + "\n")
    print(line)
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
