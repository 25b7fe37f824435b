"""Every store there is: in memory, SQLite, PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.store.engine import Database, open_database
from backend.store.schema import upgrade
from backend.store.sql_store import SqlStore
from backend.store.tables import Base
from sync.memory_store import MemoryStore
from sync.store import Store

EPOCH = "e" * 32
OpenStore = Callable[[], Store]


def open_sql_store(url: str) -> SqlStore:
    """A store on this database, its tables made."""
    database = open_database(url)
    upgrade(database)
    store = SqlStore(database)
    store.open(EPOCH)
    return store


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    if request.param == "memory":
        yield MemoryStore(EPOCH)
        return
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    found = open_sql_store(request.getfixturevalue("postgres_url") if request.param == "postgresql" else url)
    yield found
    found.close()


@pytest.fixture
def emptied(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """Gives the store on one kind of database, emptied each time it is asked for."""
    opened: dict[str, Database] = {}

    def empty(kind: str) -> Store:
        if kind not in opened:
            address = f"sqlite:///{tmp_path}/store.sqlite3"
            opened[kind] = open_database(request.getfixturevalue("postgres_url") if kind == "postgresql" else address)
            upgrade(opened[kind])
        with opened[kind].write() as sql:
            for table in Base.metadata.sorted_tables:
                sql.run(f"DELETE FROM {table.name}")
        store = SqlStore(opened[kind])
        store.open(EPOCH)
        return store

    yield empty
    for database in opened.values():
        database.close()
