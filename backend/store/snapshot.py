"""Every table of either database as one SQLite file: a backup holds it, a restore loads it in one transaction."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import URL, Boolean, Table

from backend.store.engine import Database, open_database
from backend.store.schema import revision, upgrade
from backend.store.sql import Sql
from backend.store.tables import Base

PIECE = 2_000
HEAD = "SELECT epoch, seq, nonce FROM head WHERE id = 1"


class Damaged(Exception):
    """The file is not what was written."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a snapshot holds: its newest commit, the version of its tables, rows by table."""

    epoch: str
    seq: int
    nonce: str
    revision: str
    rows: Mapping[str, int]


def take(database: Database, path: Path) -> Contents:
    """Copy one consistent moment of the database into a new file; writers go on meanwhile."""
    with _opened(path) as target:
        upgrade(target)
        with database.read() as source, target.write() as sink:
            rows = {table.name: _copy(source, sink, table) for table in Base.metadata.sorted_tables}
            head = source.one(HEAD)
        return _contents(head, revision(target), rows)


def inspect(path: Path) -> Contents:
    """What the file holds, read anew from the disk; Damaged if SQLite finds a fault in it."""
    try:
        with _read_only(path) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                raise Damaged(found)
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows = {one: connection.execute(f"SELECT COUNT(*) FROM {one}").fetchone()[0] for one in names}
            version = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            rows.pop("alembic_version")
            return _contents(connection.execute(HEAD).fetchone(), version, rows)
    except sqlite.DatabaseError as broken:
        raise Damaged(str(broken)) from broken


def blobs(path: Path) -> list[tuple[str, int]]:
    """Hash and size of all bytes the snapshot calls stored."""
    with _read_only(path) as connection:
        return connection.execute("SELECT sha256, size FROM blobs ORDER BY sha256").fetchall()


def load(path: Path, database: Database, epoch: str, safe: int, shut_out: Collection[str]) -> None:
    """Replace everything in the database by the snapshot, as a new history; all or nothing.

    The file is brought to the newest tables first, so hand in a copy. Devices that are revoked now stay revoked, and
    nobody of `shut_out` can sign in before he gets a new password.
    """
    with _opened(path) as source:
        upgrade(source)
        with source.read() as old, database.write() as sql:
            revoked = sql.all("SELECT revoked_at, id FROM devices WHERE revoked_at IS NOT NULL")
            for table in Base.metadata.sorted_tables:
                sql.run(f"DELETE FROM {table.name}")
                _copy(old, sql, table)
            sql.run("UPDATE head SET epoch = ?, safe = ? WHERE id = 1", epoch, safe)
            sql.many("UPDATE devices SET revoked_at = ? WHERE id = ?", revoked)
            sql.many("DELETE FROM sessions WHERE device = ?", [(device,) for _, device in revoked])
            sql.run("DELETE FROM sessions WHERE user_id IN (?*)", list(shut_out))
            sql.run("DELETE FROM credentials WHERE user_id IN (?*)", list(shut_out))


def _copy(source: Sql, target: Sql, table: Table) -> int:
    names = [column.name for column in table.columns]
    flags = [index for index, column in enumerate(table.columns) if isinstance(column.type, Boolean)]
    marks = ", ".join("?" * len(names))
    insert = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"
    count = 0
    for rows in source.pieces(f"SELECT {', '.join(names)} FROM {table.name}", PIECE):
        target.many(insert, [_with_flags(row, flags) for row in rows] if flags else rows)
        count += len(rows)
    return count


def _with_flags(row: tuple[Any, ...], flags: list[int]) -> tuple[object, ...]:
    """SQLite knows no yes and no; PostgreSQL takes nothing else."""
    return tuple(bool(value) if index in flags and value is not None else value for index, value in enumerate(row))


def _contents(head: tuple[Any, ...] | None, version: str, rows: Mapping[str, int]) -> Contents:
    if head is None:
        raise Damaged("no history")
    return Contents(head[0], head[1], head[2], version, rows)


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    """When the last connection closes, everything is in the one file."""
    database = open_database(URL.create("sqlite", database=str(path)).render_as_string())
    try:
        yield database
    finally:
        database.close()


@contextmanager
def _read_only(path: Path) -> Iterator[Any]:
    with closing(sqlite.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        yield connection
