"""A leader is killed or frozen in the middle of a job: another takes over, nothing is double, nothing is missed."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backend.company import Company
from tests.clock.takeover import Pair, pair

MOST_SECONDS = 30


@pytest.fixture(params=["sqlite", "postgresql"])
def schedulers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    """Two scheduler processes on a founded company's database."""
    settings = {"database_url": request.getfixturevalue("postgres_url")} if request.param == "postgresql" else {}
    company = Company(tmp_path / "data", **settings)
    company.found()
    with pair(company, tmp_path) as both:
        yield both
    company.close()


def test_r_153_another_scheduler_takes_over_from_one_that_is_killed_in_mid_job(schedulers: Pair):
    schedulers.strike(signal.SIGKILL)
    assert schedulers.takes_over() < MOST_SECONDS
    assert schedulers.judge() == ([], [])


def test_r_153_a_frozen_scheduler_that_wakes_up_again_makes_nothing_double(schedulers: Pair):
    schedulers.strike(signal.SIGSTOP)
    assert schedulers.takes_over() < MOST_SECONDS
    assert schedulers.leads_again() < MOST_SECONDS
    assert schedulers.judge() == ([], [])
