"""A cursor never steps over a change that commits later: naive cursors do, ours does not, with six writers at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import psycopg
import pytest
from sqlalchemy.engine import make_url

from backend.services.encoding import encode
from backend.store.sql_store import SqlStore
from sync.engine import Engine, Session
from sync.exchange import exchange
from sync.protocol.request import parse_request
from tests.contract.conftest import EPOCH, open_sql_store
from tests.simulation import company
from tests.simulation.identity import record_id
from tests.simulation.server import new_engine, new_trade
from tests.support.crowd import Send, Tablet, at_once, while_reading

WRITERS, PUSHES, NAIVE_PUSHES = 6, 40, 200
ORDER = record_id(company.BEGIN, "work_order", "under_repair")
PEOPLE = ("engineer1", "engineer2", "dispatcher1", "supervisor1", "engineer1", "dispatcher1")
PLANTED = """
  CREATE TABLE naive (seq bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp());
  CREATE TABLE rest (id bigserial PRIMARY KEY, body text)"""


@pytest.fixture
def naive(postgres_url: str) -> str:
    """The address of a database whose changes are numbered when the statement runs, not when it commits."""
    address = make_url(postgres_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        connection.execute(PLANTED)
    return address


def push_naively(address: str) -> None:
    """Transactions as a push makes them: the change gets its number, the rest is written, the transaction commits."""
    with psycopg.connect(address, autocommit=True) as connection:
        for _ in range(NAIVE_PUSHES):
            with connection.transaction():
                connection.execute("INSERT INTO naive DEFAULT VALUES")
                for _ in range(3):
                    connection.execute("INSERT INTO rest (body) VALUES (repeat('x', 1500))")


def follow_naively(address: str, column: str, done: Event, seen: set[int]) -> None:
    """Read everything beyond the newest change seen, again and again."""
    newest = "-infinity" if column == "at" else "0"
    question = f"SELECT seq, {column}::text AS place FROM naive WHERE {column} > %s ORDER BY naive.{column}"
    with psycopg.connect(address, autocommit=True) as connection:
        while True:
            is_last = done.is_set()
            rows = connection.execute(question, (newest,)).fetchall()
            seen.update(seq for seq, _ in rows)
            newest = rows[-1][1] if rows else newest
            if is_last:
                return


@pytest.mark.parametrize("column", ["seq", "at"])
def test_a_cursor_numbered_by_the_statement_misses_rows(naive: str, column: str):
    done, seen = Event(), set()

    def write() -> None:
        at_once(*[lambda: push_naively(naive)] * WRITERS)
        done.set()

    at_once(write, lambda: follow_naively(naive, column, done, seen))
    missed = WRITERS * NAIVE_PUSHES - len(seen)
    print(f"naive cursor by {column}: {missed} of {WRITERS * NAIVE_PUSHES} rows missed")
    assert missed > 0


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    """A store that several threads may use."""
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/store.sqlite3" if is_sqlite else request.getfixturevalue("postgres_url")
    found = open_sql_store(url)
    yield found
    found.close()


@pytest.fixture
def engine(store: SqlStore) -> Engine:
    """The engine on that store, with a small company."""
    made = new_engine(store, new_trade(), 0)
    company.build(made, made.trade.schema)
    return made


def sender(engine: Engine, user: str) -> Send:
    """The way from a tablet straight into the engine."""

    def send(body: bytes) -> tuple[int, bytes]:
        request = parse_request(json.loads(body))
        return 200, exchange(engine, Session(user, "tablet"), request, company.BEGIN).encode(encode)

    return send


@pytest.fixture
def tablets(engine: Engine) -> list[Tablet]:
    """Six tablets of four people who all hold one order."""
    return [Tablet(company.USERS[one], sender(engine, company.USERS[one])) for one in PEOPLE]


def push(tablet: Tablet) -> None:
    """Pushes of one to three remarks."""
    for number in range(PUSHES):
        for _ in range(1 + number % 3):
            tablet.write(*tablet.note(ORDER))
        tablet.exchange()


def commits(store: SqlStore, tablets: list[Tablet]) -> dict[str, int]:
    """The commit of every operation that the store judged, by operation."""
    with store.read() as reader:
        judged = [one for user in {one.user for one in tablets} for one in reader.judged(user, made(tablets))]
    assert len(judged) == len(made(tablets))
    return {one.id: one.seq for one in judged if one.verdict == "applied"}


def made(tablets: list[Tablet]) -> list[str]:
    return [operation["id"] for tablet in tablets for operation in tablet.made]


def test_readers_miss_nothing_while_six_tablets_push(engine: Engine, store: SqlStore, tablets: list[Tablet]):
    readers = [Tablet(company.USERS[one], sender(engine, company.USERS[one])) for one in ("supervisor1", "engineer2")]
    while_reading([lambda one=one: push(one) for one in tablets], readers)
    written = {one["record"] for tablet in tablets for one in tablet.made}
    missed = [len(written - reader.view.keys()) for reader in readers]
    pages = [reader.statuses[200] for reader in readers]
    print(f"{len(written)} operations of {WRITERS} writers, {pages} exchanges of the readers: {missed} missed")
    assert (len(written), missed) == (WRITERS * sum(1 + n % 3 for n in range(PUSHES)), [0, 0])
    assert {one.device.disk.epoch for one in (*tablets, *readers)} == {EPOCH}, "nobody takes a race for a restore"


def test_every_operation_has_a_commit_of_its_own(store: SqlStore, tablets: list[Tablet]):
    with store.read() as reader:
        before = reader.head().seq
    at_once(*(lambda one=one: push(one) for one in tablets))
    found = commits(store, tablets)
    assert sorted(found.values()) == list(range(before + 1, before + 1 + len(made(tablets))))


def test_an_operation_sent_by_six_tablets_at_once_has_one_verdict(engine: Engine, store: SqlStore):
    user = company.USERS["engineer1"]
    tablets = [Tablet(user, sender(engine, user)) for _ in range(WRITERS)]
    for _ in range(PUSHES):
        operation = tablets[0].write(*tablets[0].note(ORDER))
        for tablet in tablets[1:]:
            tablet.device.save([dict(operation)], {})
    at_once(*(tablet.drain for tablet in tablets))
    told = {
        (one.operation["id"], one.verdict, one.seq) for tablet in tablets for one in tablet.device.disk.archive.values()
    }
    assert told == {(one, "applied", seq) for one, seq in commits(store, tablets[:1]).items()}
