"""Stores of every kind whose whole content can be taken out and put back, as a backup or a copied file does."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Protocol

from backend.store.engine import open_database
from backend.store.schema import upgrade
from backend.store.sql_store import SqlStore
from backend.store.tables import Base
from sync.memory_store import MemoryStore
from sync.store import Store

EPOCH = "e" * 32
TABLES = [table.name for table in Base.metadata.sorted_tables]


class Kept(Protocol):
    """A store and its content."""

    store: Store

    def content(self) -> Any:
        """Everything committed."""

    def load(self, content: Any) -> None:
        """Put this content in the place of the present one."""


class InMemory:
    """The store in memory."""

    def __init__(self) -> None:
        self.store = MemoryStore(EPOCH)

    def content(self) -> Any:
        return deepcopy(self.store.tables)

    def load(self, content: Any) -> None:
        self.store.tables = deepcopy(content)


class InDatabase:
    """The store on SQLite or PostgreSQL."""

    def __init__(self, url: str) -> None:
        self.database = open_database(url)
        upgrade(self.database)
        self.store = SqlStore(self.database)
        self.store.open(EPOCH)

    def content(self) -> dict[str, list[tuple]]:
        with self.database.read() as sql:
            return {name: sql.all(f"SELECT {columns(name)} FROM {name}") for name in TABLES}

    def load(self, content: dict[str, list[tuple]]) -> None:
        with self.database.write() as sql:
            for name, rows in content.items():
                marks = ", ".join("?" * len(Base.metadata.tables[name].columns))
                sql.run(f"DELETE FROM {name}")
                sql.many(f"INSERT INTO {name} ({columns(name)}) VALUES ({marks})", rows)

    def close(self) -> None:
        """Let go of every connection."""
        self.store.close()


def columns(table: str) -> str:
    return ", ".join(Base.metadata.tables[table].columns.keys())
