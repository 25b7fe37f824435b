"""A fixture the tests of the store share: a database of either kind."""

from pathlib import Path

import pytest


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    is_postgresql = request.param == "postgresql"
    return request.getfixturevalue("postgres_url") if is_postgresql else f"sqlite:///{tmp_path}/a.sqlite3"
