"""A part of the years in every test run; `make years` plays three with 500 machines (R-152, R-153, R-165)."""

from pathlib import Path

import pytest

from tests.clock.years import Years


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_r_153_eight_months_of_every_kind_of_plan_show_no_gap_no_double_and_no_drift(
    request: pytest.FixtureRequest, tmp_path: Path, database: str
):
    settings = {"database_url": request.getfixturevalue("postgres_url")} if database == "postgresql" else {}
    found = Years(tmp_path / "data", machines=11, **settings).run(days=244, restarts=8)
    print(f"years on {database}: {found}")
    assert (found.gaps, found.doubles, found.drifted) == ([], [], [])
    assert (found.restarts, found.rounds > 450, found.moved > 8) == (8, True, True)
