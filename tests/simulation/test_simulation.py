"""Schedules with every fault of the field: nothing lost, nothing twice, all agree, nobody sees what is not his."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.simulation import corpus, reliability
from tests.simulation.__main__ import Order, report
from tests.simulation.campaign import run, run_seeds, stage
from tests.simulation.endings import timeless, with_other_clocks
from tests.simulation.events import Event, Schedule, generate
from tests.simulation.mutants import MUTANTS, Mutant, broken_by, hunt
from tests.simulation.shrink import shrunk
from tests.simulation.stage import Stage
from tests.simulation.tally import Tally

STEPS = 200
EXPLAINED = 40  # seeds that do not catch a planted bug that is explained: `make simulate` plays a thousand


@pytest.fixture(scope="module")
def core() -> Stage:
    """The engine and the trade over the store in memory."""
    return stage("core", "memory")


@pytest.mark.parametrize("first", range(0, 500, 50))
def test_schedules_end_with_everything_kept_and_everyone_agreeing(first: int):
    tally = run_seeds("core", "memory", range(first, first + 50), STEPS)
    assert (tally.failures, tally.schedules, tally.steps) == ([], 50, 50 * STEPS)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_whole_server_keeps_the_same_promises_on_a_real_database(database: str):
    tally = run_seeds("full", database, range(12), STEPS)
    assert (tally.failures, tally.schedules) == ([], 12)


@pytest.mark.parametrize("name", corpus.names())
def test_a_schedule_that_failed_once_stays_clean(name: str, core: Stage):
    assert run(corpus.schedule(name), core).failures == []


@pytest.mark.parametrize("seed", [3, 7])
def test_the_same_seed_takes_the_same_course(seed: int, core: Stage):
    schedule = generate(seed, STEPS)
    assert core.play(schedule).course == core.play(schedule).course


def test_the_same_seed_ends_alike_in_memory_on_sqlite_and_on_postgresql(core: Stage):
    stages = (core, stage("full", "sqlite"), stage("full", "postgresql"))
    for seed in range(20, 24):
        memory, sqlite, postgresql = (timeless(one.parts(), generate(seed, STEPS)) for one in stages)
        assert memory == sqlite == postgresql


@pytest.mark.parametrize("years", [-10, 10])
@pytest.mark.parametrize("seed", range(40, 52))
def test_the_clocks_of_all_devices_shifted_together_change_no_outcome(seed: int, years: int, core: Stage):
    schedule = generate(seed, STEPS)
    shifted = replace(schedule, shape={**schedule.shape, "shift": years * 365 * 86_400_000})
    assert timeless(core.parts(), shifted) == timeless(core.parts(), schedule)


@pytest.mark.parametrize("seed", range(40, 60))
def test_the_clocks_of_all_devices_shifted_each_by_its_own_change_no_outcome(seed: int, core: Stage):
    schedule = generate(seed, STEPS)
    assert timeless(core.parts(), with_other_clocks(schedule)) == timeless(core.parts(), schedule)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_bug_is_caught_or_explained(mutant: Mutant, core: Stage):
    if mutant.explained:
        assert hunt(mutant, core, STEPS, seeds=EXPLAINED).seed is None, "its explanation does not hold any more"
    elif mutant.late is not None:
        assert broken_by(mutant, core, generate(mutant.late, STEPS))
    else:
        assert hunt(mutant, core, STEPS).seed is not None


def test_a_schedule_that_fails_by_itself_catches_no_planted_bug(core: Stage):
    mutant = next(one for one in MUTANTS if one.name == "outbox cleared on send")
    first = hunt(mutant, core, STEPS)
    again = hunt(mutant, core, STEPS, {first.seed})
    assert again.seed not in (None, first.seed)


def test_shrinking_leaves_only_what_breaks():
    events = tuple(Event(number, 0, "act", 0) for number in range(50))
    needed = {7, 31}
    small = shrunk(Schedule(0, {}, events), lambda fewer: needed <= {event.id for event in fewer.events})
    assert {event.id for event in small.events} == needed


def test_the_last_line_names_every_figure():
    order = Order(1, STEPS, 5, "core", "memory")
    figures = report(order, Tally(schedules=1, steps=STEPS), [], 1.0)
    assert " ".join(figures) == (
        "tier database schedules steps requests lost doubled diverged leaked undrained"
        " max_drain_exchanges mutants_planted mutants_caught mutants_explained seed"
        " median_drain_exchanges seconds schedules_per_second"
    )


def test_a_campaign_rewrites_its_own_section_of_the_published_figures(tmp_path: Path):
    file, tally = tmp_path / "figures.md", Tally(schedules=1, steps=STEPS)
    for seed, tier in ((1, "core"), (2, "full"), (3, "core")):
        order = Order(1, STEPS, seed, tier, "memory")
        reliability.write(f"commit {seed}", report(order, tally, [], 1.0), tally, [], file)
    text = file.read_text()
    assert [line for line in text.splitlines() if line.startswith("| seeds")] == [
        "| seeds | 3 to 3 |",
        "| seeds | 2 to 2 |",
    ]
    assert [line for line in text.splitlines() if line.startswith("| commit")] == [
        "| commit | commit 3 |",
        "| commit | commit 2 |",
    ]
