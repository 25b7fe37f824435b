"""Load, back up, go on working from three tablets, restore the old backup, let them sync: nothing is missing."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.restores.campaign import on_postgresql, on_sqlite, summary
from tests.restores.run import Outcome, kept
from tests.restores.site import Stored
from tests.support.postgres import Cluster

RUNS = int(os.environ.get("RESTORES") or 3)


def untold(seed: int, outcome: Outcome) -> None:
    """The sum at the end is enough here."""


def check(outcomes: list[Outcome], count: int, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{summary(outcomes)}")
    assert len(outcomes) == count
    assert [one.missing for one in outcomes] == [[]] * count
    assert all(one.told > one.after_backup > 0 and one.new_epoch for one in outcomes)


def test_nothing_acknowledged_is_missing_after_a_restore_on_sqlite(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    check(on_sqlite(range(1, RUNS + 1), tmp_path, untold), RUNS, capsys)


def test_nothing_acknowledged_is_missing_after_a_restore_on_postgresql(
    tmp_path: Path, postgres_cluster: Cluster, capsys: pytest.CaptureFixture[str]
):
    check(on_postgresql(range(1, 2), tmp_path, untold, postgres_cluster), 1, capsys)


CHANGE = {"id": "c", "record": "o", "do": "set", "set": {"fault": {"was": None, "to": "one"}}}


def order(value: str) -> dict[str, Any]:
    return {"o": {"type": "work_order", "data": {"fault": value}}}


def clash(value: str) -> dict[str, Any]:
    data = {"record": "o", "field": "fault", "live": {"value": "two"}, "candidates": [{"value": value}]}
    return {**order("two"), "k": {"type": "conflict", "data": data}}


@pytest.mark.parametrize(
    ("records", "replaced", "found"),
    [
        (order("one"), None, True),
        (order("two"), None, False),
        (order("two"), "one", True),
        (order("two"), "three", False),
        (clash("one"), None, True),
        (clash("three"), None, False),
        ({}, None, False),
    ],
)
def test_a_value_counts_as_kept_only_where_a_person_can_find_it(records: dict, replaced: str | None, found: bool):
    later = {"id": "d", "record": "o", "do": "set", "set": {"fault": {"was": replaced, "to": "two"}}}
    there = Stored({("u", "c"): "applied"}, records, [CHANGE, later], set())
    assert kept(there, "u", CHANGE) is found


def test_what_is_parked_counts_as_kept_only_whole():
    parked = {"p": {"type": "parked", "data": {"operation": CHANGE}}}
    assert kept(Stored({("u", "c"): "parked"}, parked, [], set()), "u", CHANGE)
    assert not kept(Stored({("u", "c"): "parked"}, {}, [], set()), "u", CHANGE)
    assert not kept(Stored({}, parked, [], set()), "u", CHANGE)
