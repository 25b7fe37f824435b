"""Migrations: they make exactly the tables that are declared, once, also when two servers start together."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from backend.store import watch
from backend.store.engine import Database, open_database
from backend.store.schema import _config, is_current, revision, upgrade
from backend.store.sql_store import SqlStore
from backend.store.tables import Base
from backend.store.watch import STANDING_OF
from sync.records import Mark, from_row
from sync.store import Member
from tests.contract.rows import commit, row, save

Data = dict[str, object]


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """An empty database, opened."""
    found = open_database(address)
    yield found
    found.close()


def test_the_migrations_end_at_the_declared_tables(database: Database):
    upgrade(database)
    with database.tables(reads=True) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_again_changes_nothing(database: Database):
    assert not is_current(database)
    upgrade(database)
    upgrade(database)
    assert is_current(database)


def test_a_database_that_was_read_can_be_migrated(database: Database):
    upgrade(database, "0010")
    with database.read() as sql:
        assert sql.one("SELECT COUNT(*) FROM judged") == (0,)
    upgrade(database)
    assert is_current(database)


def test_the_newest_steps_can_be_taken_back(database: Database):
    upgrade(database)
    with database.tables() as connection:
        command.downgrade(_config(connection), "0010")
    assert revision(database) == "0010"
    upgrade(database)
    assert is_current(database)


def test_servers_that_start_together_migrate_once(address: str):
    databases = [open_database(address) for _ in range(4)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(upgrade, databases))
    current = [is_current(one) for one in databases]
    for one in databases:
        one.close()
    assert current == [True] * 4


def test_servers_that_make_a_new_file_together_all_open_it(tmp_path: Path):
    with ThreadPoolExecutor(4) as pool:
        for number in range(60):
            databases = [open_database(f"sqlite:///{tmp_path}/{number}.db") for _ in range(4)]
            list(pool.map(partial(upgrade, to="0001"), databases))
            assert [revision(one) for one in databases] == ["0001"] * 4
            for one in databases:
                one.close()


@pytest.mark.parametrize(("data", "today"), [({}, {"declined": True}), ({"score": 4}, {"score": 4})])
def test_schema_2_rewords_stored_ratings_and_nothing_else_about_them(database: Database, data: Data, today: Data):
    upgrade(database, "0002")
    store = SqlStore(database)
    store.open("e" * 32)
    stored = replace(row("r1", "order", 1), type="rating", body=rating(data))
    save(store, commits=[commit(1)], rows=[stored])
    upgrade(database)
    with store.read() as reader:
        assert reader.rows(["r1"]) == [replace(stored, body=rating(today), marks=b"[{},[]]")]


def rating(data: Data) -> bytes:
    return json.dumps({"type": "rating", "id": "r1", "version": 1, "data": data}, separators=(",", ":")).encode()


def test_schema_2_gives_stored_timers_a_unit_a_calendar_and_an_end(database: Database):
    upgrade(database, "0004")
    store = SqlStore(database)
    store.open("e" * 32)
    old = {"name": "arrive", "priority": None, "start": "received", "limit_minutes": 240, "source": "T-002"}
    save(store, commits=[commit(1)], rows=[replace(row("p1", "p1", 1), type="service_policy", body=policy(old))])
    upgrade(database)
    with store.read() as reader:
        (stored,) = reader.rows(["p1"])
    (timer,) = json.loads(stored.body)["data"]["timers"]
    assert (timer["limit"], timer["unit"], timer["calendar"], timer["stop"]) == (240, "min", "24x7", "arrived")
    assert "limit_minutes" not in timer


def test_orders_whose_moves_no_van_kept_are_looked_at_again(database: Database):
    upgrade(database, "0012")
    store = SqlStore(database)
    store.open("e" * 32)
    moves = [replace(row(one, root, 1), type="stock_move") for one, root in (("m1", "o1"), ("m2", "o1"), ("m3", "o2"))]
    save(store, commits=[commit(1)], rows=[*moves, row("n1", "o3", 1)])
    with database.write() as sql:
        watch.save(sql, [("o2", 9_000, "2026-11-23"), ("o3", 9_000, None)])
    upgrade(database)
    with database.read() as sql:
        assert watch.woken(sql, 0, 10) == ["o1", "o2"]
        assert watch.done_until(sql, ["o2"]) == {"o2": "2026-11-23"}


@pytest.mark.parametrize(("state", "why"), [("archived", "closed"), ("callback_due", "closed"), ("repairing", None)])
def test_orders_approved_before_they_left_their_tablets_leave_them_as_one_commit(
    database: Database, state: str, why: str | None
):
    upgrade(database, "0013")
    store = SqlStore(database)
    store.open("e" * 32)
    order = replace(row("o1", "o1", 1), type="work_order", body=json.dumps({"data": {"state": state}}).encode())
    stays = [Member(root, scope, "o1", 1) for root in ("o1", "customer") for scope in ("branch:b", "user:u")]
    other = Member("o1", "user:u", "o2", 1)
    save(store, commits=[commit(1)], rows=[order], members=[*stays, other])
    upgrade(database)
    with store.read() as reader:
        kept = {(one.root, one.scope, one.because): (one.end, one.why) for one in reader.members(["o1", "customer"])}
        head = reader.head()
        assert reader.nonce(head.seq) == head.nonce
    ended = (2, why) if why else (None, None)
    assert head.seq == (2 if why else 1)
    assert kept == {(one.root, one.scope, "o1"): ended if "user" in one.scope else (None, None) for one in stays} | {
        ("o1", "user:u", "o2"): (None, None)
    }


def test_what_was_open_before_it_was_counted_is_counted(database: Database):
    upgrade(database, "0005")
    store = SqlStore(database)
    store.open("e" * 32)
    data = {"record_type": "checklist", "field": "answers/earth", "state": "open"}
    clash = replace(row("c1", "order", 1), type="conflict", body=json.dumps({"data": data}).encode())
    settled = {"data": {"code": "no_access", "state": "dismissed"}}
    parked = replace(row("p1", "p1", 1), type="parked", body=json.dumps(settled).encode())
    save(store, commits=[commit(1)], rows=[clash, parked])
    upgrade(database)
    with store.read() as reader:
        assert [(one.id, one.kind, one.name) for one in reader.matters()] == [("c1", "conflict", "checklist.answers")]


def policy(timer: Data) -> bytes:
    return json.dumps({"type": "service_policy", "id": "p1", "version": 1, "data": {"timers": [timer]}}).encode()


def test_who_wrote_which_field_is_the_same_when_it_is_kept_once_for_each_writer(database: Database):
    upgrade(database, "0007")
    store = SqlStore(database)
    store.open("e" * 32)
    at = "2026-01-01T00:00:00.000Z"
    one, late = ["o1", "u1", "site", at], ["o2", "u2", "office", at, True]
    stored = json.dumps([{"a": "c1"}, {"a": one, "b": late, "c": one}]).encode()
    save(store, commits=[commit(1)], rows=[replace(row("r1", "order", 1), marks=stored)])
    upgrade(database)
    with store.read() as reader:
        record = from_row(reader.rows(["r1"])[0], json.loads)
    assert record.disputed == {"a": "c1"}
    assert record.marks == {"a": Mark(*one), "b": Mark(*late), "c": Mark(*one)}


def test_policies_calendars_and_people_are_found_without_reading_every_record(tmp_path: Path):
    database = open_database(f"sqlite:///{tmp_path}/a.sqlite3")
    upgrade(database)
    with database.read() as sql:
        steps = [str(row[-1]) for row in sql.all(f"EXPLAIN QUERY PLAN {STANDING_OF}", "user")]
    database.close()
    assert steps[0] == "SEARCH records USING INDEX ix_records_standing (type=?)"
