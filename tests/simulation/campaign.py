"""Many schedules on several processes: replay the corpus, then fresh seeds, then the planted bugs; count everything."""

from __future__ import annotations

import gc
import sys
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from multiprocessing import get_context
from multiprocessing.util import Finalize

from tests.simulation import corpus
from tests.simulation.client_mutants import CLIENT_MUTANTS
from tests.simulation.client_stage import ClientStage
from tests.simulation.events import FAULTS, Schedule, generate
from tests.simulation.full_server import FullStage
from tests.simulation.mutants import MUTANTS, Hunt, hunt
from tests.simulation.oracle import Violation
from tests.simulation.progress import Progress, source_digest
from tests.simulation.shrink import shrunk
from tests.simulation.stage import Stage
from tests.simulation.tally import Failure, Tally

PLANTED = {"core": MUTANTS, "client": CLIENT_MUTANTS}
CHUNK = 20
SELDOM = (100_000, 50, 1_000)  # schedules leave much garbage at once and nothing for long
SAMPLE = 100


@cache
def stage(tier: str, database: str) -> Stage | ClientStage:
    """One stage per process and kind."""
    server = Stage() if database == "memory" else FullStage(database)
    made = ClientStage(server) if tier == "client" else server
    Finalize(None, made.close, exitpriority=1)
    gc.collect()
    gc.freeze()
    return made


def run(schedule: Schedule, on: Stage | ClientStage) -> Tally:
    """Play one schedule; now and then twice, because the same schedule must take the same course."""
    tally = Tally(schedules=1)
    try:
        result = on.play(schedule)
        if schedule.seed % SAMPLE == 0:
            result.checks["I11"] += 1
            if on.play(schedule).course != result.course:
                raise Violation("diverged", "the same schedule takes the same course", schedule.seed)
    except Violation as violation:
        tally.steps = len(schedule.events)
        tally.failures.append(failure(schedule, violation, on))
        return tally
    tally.count(result)
    tally.rounds[result.rounds] += 1
    return tally


def failure(schedule: Schedule, violation: Violation, on: Stage | ClientStage) -> Failure:
    """Shrink a failing schedule and keep it for ever."""
    small = shrunk(schedule, lambda fewer: breaks(fewer, violation, on))
    path = corpus.keep(small, violation)
    detail = f"{len(small.events)} events in {path.name}: {violation.detail}"
    return Failure(schedule.seed, violation.figure, violation.promise, detail[:2000])


def breaks(schedule: Schedule, violation: Violation, on: Stage | ClientStage) -> bool:
    """True if this schedule breaks the same promise."""
    try:
        on.play(schedule)
    except Violation as found:
        return (found.figure, found.promise) == (violation.figure, violation.promise)
    return False


def run_seeds(tier: str, database: str, seeds: Iterable[int], steps: int) -> Tally:
    tally = Tally()
    for seed in seeds:
        tally.add(run(generate(seed, steps), stage(tier, database)))
    return tally


def chunks(first: int, count: int) -> Iterator[range]:
    for start in range(first, first + count, CHUNK):
        yield range(start, min(start + CHUNK, first + count))


def campaign(
    tier: str, database: str, first: int, count: int, steps: int, processes: int, *, resume: bool = False
) -> Tally:
    """Replay the corpus, then play `count` fresh seeds from `first` on; `resume` counts what was played before."""
    tally = Tally()
    with workers(processes) as pool:
        for known in pool.map(replay, [(tier, database)] * len(names := corpus.names()), names):
            tally.failures += known.failures
        progress = Progress(tier, database, steps, source_digest(tier))
        known = progress.known() if resume else {}
        missing = []
        for seeds in chunks(first, count):
            if done := known.get((seeds.start, len(seeds))):
                tally.add(done)
            else:
                missing.append(seeds)
        played = pool.map(partial(run_seeds, tier, database), missing, [steps] * len(missing))
        for seeds, part in zip(missing, played, strict=True):
            progress.keep(seeds, part)
            tally.add(part)
            tell(seeds, part, tally, count)
    return tally


def tell(seeds: range, part: Tally, tally: Tally, count: int) -> None:
    """A failure as soon as it is known, and now and then how far it is."""
    for one in part.failures:
        print(f"seed {one.seed}: {one.figure}: {one.promise}", file=sys.stderr, flush=True)
    if seeds.start // CHUNK % 10 == 0:
        print(f"{tally.schedules} of {count} schedules", file=sys.stderr, flush=True)


def replay(where: tuple[str, str], name: str) -> Tally:
    return run(corpus.schedule(name), stage(*where))


def hunt_all(tier: str, steps: int, processes: int, failing: Collection[int]) -> list[Hunt]:
    """Hunt every bug planted in what this tier adds, with seeds of its own.

    Seeds `failing` without any bug prove nothing about one.
    """
    names = [mutant.name for mutant in PLANTED.get(tier, ())]
    with workers(processes) as pool:
        return list(pool.map(partial(hunt_one, tier, steps, frozenset(failing)), names))


def hunt_one(tier: str, steps: int, failing: frozenset[int], name: str) -> Hunt:
    mutant = next(one for one in PLANTED[tier] if one.name == name)
    if tier == "client":
        return mutant.hunt(steps, failing)
    return hunt(mutant, stage("core", "memory"), steps, failing)


@contextmanager
def workers(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes of our own that build their stages themselves and take them down when they end."""
    with ProcessPoolExecutor(processes, get_context("spawn"), gc.set_threshold, SELDOM) as pool:
        yield pool


def silent_faults(tally: Tally) -> list[str]:
    """Faults that hardly ever happened: a campaign that missed them proves nothing about them."""
    return [fault for fault in FAULTS if tally.fired[fault] < tally.schedules // 10]
