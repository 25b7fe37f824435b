"""PostgreSQL fails in the middle of a push, wherever it may: the push is told to come again, and is never half done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import psycopg
import pytest
from sqlalchemy.engine import make_url

from backend.store.tables import Base
from tests.backend.company import ORDER, Company
from tests.contract.test_commit_order_servers import to_app
from tests.support.crowd import Tablet, at_once, told

WRITTEN = ("commits", "head", "judged", "records", "members", "blob_refs")
FAILURES = {
    "serialisation failure": "RAISE EXCEPTION USING ERRCODE = '40001'",
    "deadlock": "RAISE EXCEPTION USING ERRCODE = '40P01'",
    "disk full": "RAISE EXCEPTION USING ERRCODE = '53100'",
    "statement cancelled": "RAISE EXCEPTION USING ERRCODE = '57014'",
    "read-only after a failover": "RAISE EXCEPTION USING ERRCODE = '25006'",
    "connection dropped": "PERFORM pg_terminate_backend(pg_backend_pid())",
}
FAIL = "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {}; RETURN NULL; END $$"
AT_STATEMENT = "CREATE TRIGGER failing AFTER INSERT OR UPDATE ON {} FOR EACH STATEMENT EXECUTE FUNCTION fail()"
AT_COMMIT = (
    "CREATE CONSTRAINT TRIGGER failing AFTER INSERT OR UPDATE ON {} DEFERRABLE INITIALLY DEFERRED "
    "FOR EACH ROW EXECUTE FUNCTION fail()"
)
PLACES = {**{table: (table, AT_STATEMENT) for table in WRITTEN}, "commit": ("commits", AT_COMMIT)}
OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
WRITERS, PUSHES, BLOWS = 6, 25, 12


@pytest.fixture
def company(postgres_url: str, tmp_path: Path) -> Iterator[Company]:
    """A company on PostgreSQL."""
    made = Company(tmp_path / "data", database_url=postgres_url)
    made.found()
    yield made
    made.close()


@pytest.fixture
def operator(postgres_url: str) -> Iterator[psycopg.Connection]:
    """Somebody who interferes with the database."""
    address = make_url(postgres_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


def contents(operator: psycopg.Connection) -> dict[str, list[tuple]]:
    """Everything that is committed."""
    names = [table.name for table in Base.metadata.sorted_tables if table.name != "sessions"]
    return {name: sorted(map(repr, operator.execute(f"SELECT * FROM {name}"))) for name in names}


def tablet(company: Company, name: str) -> Tablet:
    return Tablet(company.ids[name], to_app(company, name))


def push_that_writes_everywhere(one: Tablet) -> None:
    """A group that touches every table of the sync core: a new order, a remark and a photo of it."""
    order = {"number": "WO-9", "type": "repair_urgent", "priority": "urgent", "title": "漏水", "received_at": 1}
    kept = {name: one.view[ORDER]["data"][name] for name in ("branch", "customer")}
    photo = {"sha256": "f" * 64, "size": 9, "media_type": "image/jpeg", "slot": "fault"}
    one.write_group(
        ("work_order", "b" * 32, "b" * 32, "create", {"values": {**order, **kept, "crew": [one.user]}}),
        ("note", "d" * 32, "b" * 32, "append", {"values": {"text": "演示备注"}}),
        ("photo", "e" * 32, ORDER, "append", {"values": photo}),
    )


@pytest.mark.parametrize("failure", FAILURES)
def test_r_227_a_push_that_fails_anywhere_leaves_nothing_and_succeeds_later(
    company: Company, operator: psycopg.Connection, failure: str
):
    boss = tablet(company, "boss")
    boss.drain()
    push_that_writes_everywhere(boss)
    before = contents(operator)
    operator.execute(FAIL.format(FAILURES[failure]))
    found: dict[str, tuple[int, bool]] = {}
    for place, (table, trigger) in PLACES.items():
        operator.execute(trigger.format(table))
        found[place] = boss.exchange(), contents(operator) == before
        operator.execute(f"DROP TRIGGER failing ON {table}")
    assert found == dict.fromkeys(PLACES, (503, True))
    boss.drain()
    assert {verdict for verdicts in told([boss]).values() for verdict, _ in verdicts} == {"applied"}


def work(one: Tablet) -> None:
    """Pushes of two remarks that belong together; what was refused is sent again."""
    for _ in range(PUSHES):
        one.write_group(one.note(ORDER), one.note(ORDER))
        one.exchange()
    one.drain()


def drop_connections(operator: psycopg.Connection, tablets: list[Tablet], done: Event) -> None:
    """Again and again, after some more answers, end every connection of the servers."""
    answers = 0
    for _ in range(BLOWS):
        while sum(one.statuses.get(200, 0) for one in tablets) < answers and not done.wait(0.01):
            continue
        answers = sum(one.statuses.get(200, 0) for one in tablets) + WRITERS
        operator.execute(f"SELECT pg_terminate_backend(pid) {OTHERS}")


def test_a_database_that_drops_every_connection_costs_time_only(company: Company, operator: psycopg.Connection):
    tablets = [tablet(company, name) for name in ("one", "desk", "boss") * 2]
    done = Event()
    at_once(
        lambda: drop_connections(operator, tablets, done),
        lambda: (at_once(*(lambda one=one: work(one) for one in tablets)), done.set()),
    )
    statuses = sum((Counter(one.statuses) for one in tablets), Counter())
    made = {one["id"] for each in tablets for one in each.made}
    stored = operator.execute("SELECT id, count(*), min(verdict) FROM judged GROUP BY id").fetchall()
    print(f"{len(made)} operations, connections dropped {BLOWS} times: answers by status {dict(statuses)}")
    assert set(statuses) == {200, 503}
    assert {row for row in stored if row[0] in made} == {(one, 1, "applied") for one in made}


def test_a_restart_between_two_requests_is_not_even_noticed(company: Company, operator: psycopg.Connection):
    tablets = [tablet(company, name) for name in ("one", "desk", "boss") * 2]
    at_once(*(one.drain for one in tablets))
    (dropped,) = operator.execute(f"SELECT count(pg_terminate_backend(pid)) {OTHERS}").fetchone()
    while operator.execute(f"SELECT 1 {OTHERS}").fetchone():
        continue
    answers = {one.exchange() for one in tablets}
    print(f"{dropped} idle connections dropped")
    assert (dropped > 1, answers) == (True, {200})


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_writers_wait_for_each_other_whatever_the_database_takes_as_its_default(
    company: Company, operator: psycopg.Connection, level: str
):
    name = operator.info.dbname
    operator.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = '{level}'")
    config = company.parts.config
    again = Company(config.data_dir, database_url=config.database_url)
    tablets = [tablet(again, name) for name in ("one", "desk", "boss") * 2]
    at_once(*(lambda one=one: work(one) for one in tablets))
    again.close()
    assert {status for one in tablets for status in one.statuses} == {200}


def lock_against(operator: psycopg.Connection, locked: Event) -> None:
    """Hold what a push changes, then ask for the head that the push holds: one of the two must give way."""
    with operator.transaction():
        operator.execute("SET LOCAL deadlock_timeout = '1h'")  # the push looks for deadlocks first
        operator.execute("SELECT 1 FROM records WHERE id = %s FOR UPDATE", (ORDER,))
        locked.set()
        while not operator.execute(f"SELECT 1 {OTHERS} AND wait_event_type = 'Lock'").fetchone():
            operator.execute("SELECT pg_sleep(0.01), pg_stat_clear_snapshot()")
        operator.execute("SELECT 1 FROM head WHERE id = 1 FOR UPDATE")


def test_a_push_that_is_the_victim_of_a_deadlock_is_sent_again(company: Company, operator: psycopg.Connection):
    one, locked = tablet(company, "one"), Event()
    one.drain()
    one.write("work_order", ORDER, ORDER, "set", {"fault": {"was": None, "to": "漏水"}})
    at_once(lambda: lock_against(operator, locked), lambda: (locked.wait(), one.exchange()))
    one.drain()
    assert one.statuses == {200: 2, 503: 1}
    assert [verdict for verdicts in told([one]).values() for verdict, _ in verdicts] == ["applied"]
