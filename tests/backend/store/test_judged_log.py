"""The log of judged operations: few pages for each push, every verdict found, also those stored before it had keys."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from backend.store.engine import Database, open_database
from backend.store.judged_keys import content_key, operation_key
from backend.store.schema import upgrade
from backend.store.sql_store import SqlStore
from backend.store.sql_verdicts import JUDGED
from sync.store import Judged
from tests.contract.rows import USER, commit, judged, row, save

FRAME = 4_096 + 24
OTHER = "2" * 32


def hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def operations(numbers: Iterable[int]) -> list[Judged]:
    """Operations with ids in no order, as devices draw them."""
    return [judged(hashed(f"id {n}")[:32], n, digest=hashed(f"content {n}")) for n in numbers]


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """A database before the log had keys."""
    found = open_database(address)
    upgrade(found, "0010")
    yield found
    found.close()


def test_a_push_writes_few_pages_although_ids_are_random(tmp_path: Path):
    path = tmp_path / "a.sqlite3"
    database = open_database(f"sqlite:///{path}")
    upgrade(database)
    store = SqlStore(database)
    store.open("e" * 32)
    save(store, judged=operations(range(8_000)))
    database.rewrite()
    save(store, judged=operations(range(8_000, 8_100)))
    pages = path.with_name(f"{path.name}-wal").stat().st_size // FRAME
    database.close()
    assert 20 < pages < 80


def test_verdicts_stored_before_the_log_had_keys_are_found_and_stay(database: Database):
    twice = [judged("op", 7), judged("op", 8, digest="e"), replace(judged("op", 9), user=OTHER)]
    old = [*operations(range(1, 2_500)), *twice]
    columns = ("?, " * 19)[:-2]
    with database.write() as sql:
        sql.many(f"INSERT INTO judged ({JUDGED}) VALUES ({columns})", [as_stored(one) for one in old])
    upgrade(database)
    store = SqlStore(database)
    store.open("e" * 32)
    save(store, judged=[replace(one, verdict="parked") for one in old])
    with store.read() as reader:
        mine = reader.judged(USER, [one.id for one in old])
        others = reader.judged(OTHER, ["op"])
    assert sorted((*mine, *others), key=lambda one: (one.seq, one.id)) == sorted(old, key=lambda one: (one.seq, one.id))


def as_stored(one: Judged) -> tuple[object, ...]:
    """The values of a verdict without evidence, in the order of the columns."""
    words = (one.user, one.id, one.digest, one.seq, one.verdict, one.code, one.detail, " ".join(one.conflicts))
    return (*words, one.record, one.root, one.device, one.received_at, one.body, *[None] * 6)


def test_operations_whose_keys_meet_are_told_apart(database: Database, monkeypatch: pytest.MonkeyPatch):
    upgrade(database)
    monkeypatch.setattr("backend.store.sql_verdicts.operation_key", lambda user, one: 7)
    store = SqlStore(database)
    store.open("e" * 32)
    first, again, other = judged("a", 1), judged("b", 2, digest="e"), replace(judged("a", 3), user=OTHER)
    save(store, judged=[first, again, other])
    with store.read() as reader:
        assert reader.judged(USER, ["a"]) == [first]
        assert reader.judged(USER, ["b", "c"]) == [again]
        assert reader.judged(OTHER, ["a", "b"]) == [other]


def meeting() -> list[Judged]:
    """Three contents of one operation: the keys of two meet, and that of the third comes next."""
    first, second = "a" * 16 + "1" * 48, "a" * 16 + "2" * 48
    key = content_key(USER, first)
    third = f"{int('a' * 16, 16) ^ (key ^ key + 1) << 1:016x}" + "3" * 48
    assert [content_key(USER, one) - key for one in (second, third)] == [0, 1]
    return [judged("op", seq, digest=digest) for seq, digest in enumerate((first, second, third), 1)]


@pytest.mark.parametrize("batches", [1, 3])
def test_contents_whose_keys_meet_are_all_kept(database: Database, batches: int):
    upgrade(database)
    store = SqlStore(database)
    store.open("e" * 32)
    told = meeting()
    for batch in [told] if batches == 1 else [[one] for one in told]:
        save(store, judged=batch)
    save(store, judged=[replace(one, verdict="parked", seq=9) for one in reversed(told)])
    with store.read() as reader:
        assert sorted(reader.judged(USER, ["op"]), key=lambda one: one.seq) == told


def test_of_contents_whose_keys_meet_only_the_one_that_is_meant_is_taken_out(database: Database):
    upgrade(database)
    store = SqlStore(database)
    store.open("e" * 32)
    first, second, third = meeting()
    save(store, judged=[first, second, third])
    save(store, unjudged=[second], judged=[replace(second, digest="f" * 64, body=b"")])
    with store.read() as reader:
        left = {one.digest: one.body for one in reader.judged(USER, ["op"])}
    assert left == {first.digest: first.body, third.digest: third.body, "f" * 64: b""}


def test_contents_whose_keys_meet_do_not_keep_an_older_database_from_opening(database: Database):
    old = [*meeting(), *operations(range(10, 20))]
    with database.write() as sql:
        sql.many(f"INSERT INTO judged ({JUDGED}) VALUES ({('?, ' * 19)[:-2]})", [as_stored(one) for one in old])
    upgrade(database)
    store = SqlStore(database)
    store.open("e" * 32)
    save(store, judged=old)
    with store.read() as reader:
        found = reader.judged(USER, [one.id for one in old])
    assert sorted(found, key=lambda one: one.seq) == old


def test_what_two_users_sent_under_one_id_in_the_same_words_has_two_keys():
    """Ids are 15 bits apart at most: the words of a copied operation must not take the place of the author's."""
    keys = {content_key(user, hashed("content")) for user in (USER, OTHER)}
    assert len(keys) == 2


@pytest.mark.parametrize("text", ["", "演示", "f" * 128])
def test_a_key_is_a_number_that_both_databases_hold(text: str):
    assert 0 <= operation_key(USER, text) < 2**63
    assert 0 <= content_key(USER, "f" * 64) < 2**63


def test_a_question_with_a_limit_is_planned_once(tmp_path: Path):
    database = open_database(f"sqlite:///{tmp_path}/a.sqlite3")
    upgrade(database)
    store = SqlStore(database)
    store.open("e" * 32)
    save(store, commits=[commit(seq) for seq in range(1, 101)], rows=[row("r", "r", 100)])
    planned: list[object] = []
    with database.read() as sql:
        sql._driver.set_authorizer(lambda *step: planned.append(step) or 0)  # asked while a statement is planned
    for limit in (5, 6):
        with store.read() as reader:
            before = len(planned)
            reader.entering({"branch:b": 0}, 0, limit)
            reader.changed({"branch:b": 0}, 0, 100, limit)
            asked = len(planned) - before
    database.close()
    assert planned
    assert asked == 0
