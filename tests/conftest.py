"""Fixtures every test may use: the real database server, browser and server process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.chromium import find_chromium
from tests.support.postgres import Cluster, running_cluster
from tests.support.server import Server

# A loaded machine is slow, not wrong.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A PostgreSQL for this test process."""
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    with postgres_cluster.database() as url:
        yield url


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of the browser the journeys run in."""
    return find_chromium()


@pytest.fixture
def huizhi_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Makes server processes, each with its own data; not started yet, and ended with the test."""
    made: list[Server] = []

    def make(data_dir: Path | None = None, **environment: str) -> Server:
        folder = data_dir or tmp_path / f"server-{len(made)}"
        folder.mkdir(parents=True, exist_ok=True)
        made.append(Server(folder, **environment))
        return made[-1]

    yield make
    for server in made:
        server.kill()
