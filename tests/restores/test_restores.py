"""Load, back up, go on working from three tablets, restore the old backup, let them sync: nothing is missing."""

import os
from pathlib import Path

import pytest

from tests.restores.campaign import on_postgresql, on_sqlite, summary
from tests.restores.run import Outcome
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
