"""Writers at the same moment: every commit gets its number, and a cursor never steps over one that comes late."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from backend.store.sql_store import SqlStore
from sync.store import Batch, Commit, Member, Row
from tests.contract.conftest import open_sql_store

WRITERS, COMMITS = 6, 40
SCOPE = "branch:b"


@pytest.fixture
def stores(address: str) -> Iterator[list[SqlStore]]:
    """Two servers on one database, one root visible in it."""
    found = [open_sql_store(address) for _ in range(2)]
    with found[0].write() as writer:
        writer.save(Batch(members=[Member("root", SCOPE, "root", 0)]))
    yield found
    for one in found:
        one.close()


def write_many(store: SqlStore, name: str) -> None:
    for number in range(COMMITS):
        with store.write() as writer:
            seq = writer.head().seq + 1
            row = Row(f"{name}-{number}", "note", "root", 1, seq, False, b"{}", b"[]")
            writer.save(Batch(commits=[Commit(seq, f"{name}-{number}", 0, "u", "d")], rows=[row]))


def follow(store: SqlStore, writers: list[Future[None]]) -> list[str]:
    """What a device has after pulling over and over, until the writers are done."""
    seen: list[str] = []
    position = 0
    while True:
        done = all(writer.done() for writer in writers)
        with store.read() as reader:
            rows = reader.changed({SCOPE: 0}, position, reader.head().seq, 7)
            seen += [row.id for row in rows]
            position = rows[-1].seq if rows else position
            if done and position == reader.head().seq:
                return seen


def test_a_follower_misses_nothing_and_sees_nothing_twice(stores: list[SqlStore]):
    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(write_many, stores[number % 2], f"w{number}") for number in range(WRITERS)]
        seen = follow(stores[0], writers)
    for writer in writers:
        writer.result()
    assert sorted(seen) == sorted(f"w{name}-{number}" for name in range(WRITERS) for number in range(COMMITS))


def test_numbers_have_no_hole_and_no_double(stores: list[SqlStore]):
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write_many, stores * 3, [f"w{number}" for number in range(WRITERS)]))
    with stores[1].read() as reader:
        total = WRITERS * COMMITS
        assert reader.head().seq == total
        assert None not in [reader.nonce(seq) for seq in range(1, total + 1)]
