"""The database as it is opened: durable, safe from a known corruption, and honest when it cannot."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

from backend.store.engine import AffectedLibrary, Database, Unavailable, open_database, refuse_affected


def fill(database: Database) -> None:
    with database.write() as sql:
        sql.one("PRAGMA max_page_count = 3")
        sql.many("INSERT INTO kept VALUES (?)", [(bytes(4_000),)] * 9)


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_a_library_that_may_corrupt_a_database_is_refused(version: tuple[int, int, int]):
    with pytest.raises(AffectedLibrary, match=r"3\.51\.3"):
        refuse_affected(version)


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4), sqlite.sqlite_version_info])
def test_a_repaired_library_is_taken(version: tuple[int, int, int]):
    refuse_affected(version)


def test_every_connection_flushes_each_commit_to_the_disk(tmp_path: Path):
    database = open_database(f"sqlite:///{tmp_path}/a.sqlite3")
    with database.read() as sql:
        settings = [sql.one(f"PRAGMA {name}")[0] for name in ("journal_mode", "synchronous", "foreign_keys")]
    database.close()
    assert settings == ["wal", 2, 1]


def test_a_reader_sees_one_moment_while_others_write(tmp_path: Path):
    database = open_database(f"sqlite:///{tmp_path}/a.sqlite3")
    with database.write() as sql:
        sql.run("CREATE TABLE counted (n INTEGER)")
    with database.read() as reading:
        before = reading.one("SELECT count(*) FROM counted")
        with database.write() as writing:
            writing.run("INSERT INTO counted VALUES (1)")
        after = reading.one("SELECT count(*) FROM counted")
    database.close()
    assert before == after == (0,)


def test_a_transaction_that_is_over_disturbs_no_other_on_its_connection(tmp_path: Path):
    database = open_database(f"sqlite:///{tmp_path}/a.sqlite3")
    with database.write() as sql:
        sql.run("CREATE TABLE counted (n INTEGER)")

    def count(_: int) -> None:
        """What it asked with is forgotten at the end, when another thread may have the connection already."""
        with database.write() as sql:
            sql.many("INSERT INTO counted VALUES (?)", [(n,) for n in range(200)])

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(300)))
    with database.read() as sql:
        assert sql.one("SELECT count(*), sum(n) FROM counted") == (60_000, 300 * 19_900)
    database.close()


def test_a_full_disk_is_unavailable_and_leaves_nothing(tmp_path: Path):
    database = open_database(f"sqlite:///{tmp_path}/a.sqlite3")
    with database.write() as sql:
        sql.run("CREATE TABLE kept (body BLOB)")
    with pytest.raises(Unavailable, match="full"):
        fill(database)
    with database.write() as sql:
        sql.one("PRAGMA max_page_count = 1000000")
        assert sql.run("INSERT INTO kept VALUES (?)", b"later") == 1
        assert sql.one("SELECT count(*) FROM kept") == (1,)
    database.close()


def test_a_database_that_is_not_there_is_unavailable():
    database = open_database("postgresql+psycopg://nobody@/nothing?host=/nowhere")
    with pytest.raises(Unavailable), database.read():
        pass
    database.close()
