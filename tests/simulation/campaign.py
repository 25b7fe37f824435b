"""Many schedules on several processes: replay the corpus, then fresh seeds, then the planted bugs; count everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context

from tests.simulation import corpus
from tests.simulation.events import FAULTS, Schedule, generate
from tests.simulation.oracle import Violation
from tests.simulation.shrink import shrunk
from tests.simulation.stage import Stage

FIGURES = ("lost", "doubled", "diverged", "leaked", "undrained")
CHUNK = 20
SAMPLE = 100


@dataclass(frozen=True)
class Failure:
    """A broken promise with the schedule that broke it."""

    seed: int
    figure: str
    promise: str
    detail: str


@dataclass
class Tally:
    """The sums of a campaign."""

    schedules: int = 0
    steps: int = 0
    requests: int = 0
    drain_exchanges: int = 0
    fired: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.schedules += other.schedules
        self.steps += other.steps
        self.requests += other.requests
        self.drain_exchanges = max(self.drain_exchanges, other.drain_exchanges)
        self.fired += other.fired
        self.verdicts += other.verdicts
        self.failures += other.failures

    def figure(self, name: str) -> int:
        return sum(failure.figure == name for failure in self.failures)


@cache
def stage() -> Stage:
    """One stage per process."""
    return Stage()


def run(schedule: Schedule) -> Tally:
    """Play one schedule; now and then twice, because the same schedule must take the same course."""
    tally = Tally(schedules=1, steps=len(schedule.events))
    try:
        result = stage().play(schedule)
        if schedule.seed % SAMPLE == 0 and stage().play(schedule).digests != result.digests:
            raise Violation("diverged", "the same schedule takes the same course", schedule.seed)
    except Violation as violation:
        tally.failures.append(failure(schedule, violation))
        return tally
    tally.requests, tally.drain_exchanges = result.requests, result.drain_exchanges
    tally.fired, tally.verdicts = result.fired, result.verdicts
    return tally


def failure(schedule: Schedule, violation: Violation) -> Failure:
    """Shrink a failing schedule and keep it for ever."""
    small = shrunk(schedule, lambda fewer: breaks(fewer, violation))
    path = corpus.keep(small, violation)
    detail = f"{len(small.events)} events in {path.name}: {violation.detail}"
    return Failure(schedule.seed, violation.figure, violation.promise, detail[:2000])


def breaks(schedule: Schedule, violation: Violation) -> bool:
    """True if this schedule breaks the same promise."""
    try:
        stage().play(schedule)
    except Violation as found:
        return (found.figure, found.promise) == (violation.figure, violation.promise)
    return False


def run_seeds(seeds: Iterable[int], steps: int) -> Tally:
    tally = Tally()
    for seed in seeds:
        tally.add(run(generate(seed, steps)))
    return tally


def chunks(first: int, count: int) -> Iterator[range]:
    for start in range(first, first + count, CHUNK):
        yield range(start, min(start + CHUNK, first + count))


def campaign(first: int, count: int, steps: int, processes: int) -> Tally:
    """Replay the corpus, then play `count` fresh seeds from `first` on."""
    tally = Tally()
    for _, schedule in corpus.stored():
        tally.failures += run(schedule).failures
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        parts = list(chunks(first, count))
        for part in pool.map(run_seeds, parts, [steps] * len(parts)):
            tally.add(part)
    return tally


def silent_faults(tally: Tally) -> list[str]:
    """Faults that hardly ever happened: a campaign that missed them proves nothing about them."""
    return [fault for fault in FAULTS if tally.fired[fault] < tally.schedules // 10]
