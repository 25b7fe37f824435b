"""A campaign that is cut off goes on where it was, and never counts what other sources played."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.simulation import progress
from tests.simulation.campaign import campaign
from tests.simulation.progress import Progress
from tests.simulation.tally import Failure, Tally

STEPS = 20


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(progress, "FOLDER", tmp_path)
    return tmp_path


def test_a_campaign_goes_on_where_it_was_cut_off(folder: Path):
    first = campaign("core", "memory", 0, 20, STEPS, 1)
    (path,) = folder.iterdir()
    path.write_text(path.read_text() + '{"first": 20, "cou')
    both = campaign("core", "memory", 0, 40, STEPS, 1, resume=True)
    afresh = campaign("core", "memory", 20, 20, STEPS, 1)
    assert (both.schedules, both.steps) == (40, 40 * STEPS)
    first.add(afresh)
    assert both == first


def test_what_other_sources_played_does_not_count(folder: Path):
    Progress("core", "memory", STEPS, "before").keep(range(20), Tally(schedules=20))
    assert Progress("core", "memory", STEPS, "after").known() == {}


def test_what_failed_is_played_again(folder: Path):
    failed = Tally(schedules=20, failures=[Failure(3, "lost", "a promise", "")])
    kept = Progress("core", "memory", STEPS, "now")
    kept.keep(range(20), failed)
    kept.keep(range(20, 40), Tally(schedules=20, rounds=Counter({2: 20})))
    assert kept.known() == {(20, 20): Tally(schedules=20, rounds=Counter({2: 20}))}
