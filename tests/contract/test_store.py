"""What the sync core may rely on, whatever the database: the promises of the store port."""

from dataclasses import replace

import pytest

from sync.store import Batch, BlobRef, Holding, Matter, Member, Store
from tests.contract.conftest import EPOCH
from tests.contract.rows import SHA, USER, commit, judged, ref, row, save

SCOPE, OTHER = "branch:b", "user:u"
NEWEST = 999


def stay(root: str, start: int, end: int | None = None, scope: str = SCOPE, because: str | None = None) -> Member:
    return Member(root, scope, because or root, start, end)


def save_and_fail(store: Store) -> None:
    with store.write() as writer:
        writer.save(Batch(commits=[commit(1)], rows=[row("a", "a", 1)]))
        raise ZeroDivisionError


def ids(rows: list) -> list[str]:
    return [one.id for one in rows]


def test_a_new_history_is_at_commit_zero(store: Store):
    with store.read() as reader:
        head = reader.head()
        assert (head.epoch, head.seq, head.nonce, head.safe, reader.nonce(0)) == (EPOCH, 0, "", 0, "")


def test_the_head_is_the_newest_commit(store: Store):
    save(store, commits=[commit(1), commit(2)])
    save(store, commits=[commit(3)])
    with store.read() as reader:
        assert (reader.head().seq, reader.head().nonce) == (3, "nonce-3")
        assert [reader.nonce(seq) for seq in (0, 1, 3, 4)] == ["", "nonce-1", "nonce-3", None]


def test_what_a_failing_writer_saved_never_was(store: Store):
    with pytest.raises(ZeroDivisionError):
        save_and_fail(store)
    with store.read() as reader:
        assert (reader.head().seq, reader.rows(["a"])) == (0, [])


def test_a_row_comes_back_byte_for_byte(store: Store):
    saved = row("a", "a", 1, "没有暖气, E04 \U0001f600", gone=True)
    save(store, commits=[commit(1)], rows=[saved])
    with store.read() as reader:
        assert reader.rows(["a", "unknown"]) == [saved]


def test_a_row_replaces_its_earlier_version(store: Store):
    save(store, rows=[row("a", "a", 1)])
    save(store, rows=[row("a", "a", 2)])
    with store.read() as reader:
        assert [one.version for one in reader.rows(["a"])] == [2]


def test_erased_operations_are_found_by_user_and_group(store: Store):
    gone = [replace(judged(one, 1), erased_group=group) for one, group in (("a", "g"), ("b", "g"), ("c", "h"))]
    save(store, judged=[*gone, judged("d", 1)])
    with store.read() as reader:
        assert (sorted(reader.erased(USER, "g")), reader.erased(USER, "i"), reader.erased("u2", "g")) == (
            ["a", "b"],
            [],
            [],
        )


def test_no_ids_means_no_rows(store: Store):
    save(store, rows=[row("a", "a", 1)], members=[stay("a", 1)])
    with store.read() as reader:
        assert (reader.rows([]), reader.families([]), reader.whole([])) == ([], [], [])
        assert (reader.members([]), reader.ended([], 0)) == ([], [])
        assert (reader.changed({}, 0, NEWEST, 9), reader.entering({}, 0, 99), reader.inside([])) == ([], ([], None), [])


def test_a_family_is_the_root_with_its_records_in_order(store: Store):
    save(store, rows=[row("b2", "b", 5), row("a", "a", 3), row("b1", "b", 4), row("b", "b", 5), row("c", "c", 1)])
    with store.read() as reader:
        assert ids(reader.families(["b", "a"])) == ids(reader.whole(["b", "a"])) == ["a", "b1", "b", "b2"]


def test_changes_are_those_of_roots_held_before(store: Store):
    save(store, rows=[row("a", "a", 4), row("b", "b", 5), row("c", "c", 6), row("old", "a", 2)])
    save(store, members=[stay("a", 1), stay("b", 1, 3), stay("c", 5)])
    with store.read() as reader:
        assert ids(reader.changed({SCOPE: 1}, 2, NEWEST, 10)) == ["a"]
        assert ids(reader.changed({SCOPE: 3}, 2, NEWEST, 10)) == []
        assert ids(reader.changed({OTHER: 1}, 2, NEWEST, 10)) == []


def test_the_little_that_somebody_sees_is_found_among_much_that_changed(store: Store):
    others = [row(f"o{index:03}", f"o{index:03}", index + 3) for index in range(100)]
    save(store, rows=[row("a", "a", 2), row("a1", "a", 60), row("a2", "a", 60), row("b", "b", 1), *others])
    save(store, members=[stay("a", 1), stay("b", 1), *(stay(one.id, 1, scope=OTHER) for one in others)])
    with store.read() as reader:
        assert ids(reader.changed({SCOPE: 1}, 1, NEWEST, 10)) == ["a", "a1", "a2"]
        assert ids(reader.changed({SCOPE: 1}, 1, NEWEST, 2)) == ["a", "a1", "a2"]
        assert len(reader.changed({SCOPE: 1, OTHER: 1}, 1, NEWEST, 200)) == 103


def test_a_root_that_enters_is_no_change_but_one_held_through_another_scope_is(store: Store):
    save(store, rows=[row("a", "a", 4)], members=[stay("a", 1), stay("a", 1, scope=OTHER)])
    with store.read() as reader:
        assert ids(reader.changed({SCOPE: 1, OTHER: 4}, 3, NEWEST, 10)) == ["a"]
        assert ids(reader.changed({SCOPE: 4, OTHER: 4}, 3, NEWEST, 10)) == []


def test_a_page_never_splits_the_records_of_one_commit(store: Store):
    rows = [row("a", "r", 2), row("b", "r", 3), row("c", "r", 3), row("d", "r", 3), row("e", "r", 4)]
    save(store, rows=rows, members=[stay("r", 1)])
    with store.read() as reader:
        pages = [ids(reader.changed({SCOPE: 1}, 1, NEWEST, limit)) for limit in (1, 2, 4, 5, 9)]
    assert pages == [["a"], ["a", "b", "c", "d"], ["a", "b", "c", "d"], [*"abcde"], [*"abcde"]]


def test_a_root_enters_at_the_later_of_its_stay_and_the_holding(store: Store):
    members = [stay("a", 5), stay("b", 2), stay("c", 9, 10), stay("d", 7), stay("d", 3, scope=OTHER)]
    save(store, members=members)
    with store.read() as reader:
        assert reader.entering({SCOPE: 4, OTHER: 4}, 3, 99) == ([(4, "b"), (4, "d"), (5, "a")], None)
        assert reader.entering({SCOPE: 4}, 4, 99) == ([(5, "a"), (7, "d")], None)


def test_of_many_that_enter_the_first_are_told_and_up_to_where_these_are_all(store: Store):
    save(store, members=[stay("a", 1), stay("b", 5), stay("c", 5), stay("d", 6), stay("e", 7, scope=OTHER)])
    with store.read() as reader:
        assert reader.entering({SCOPE: 4, OTHER: 4}, 3, 2) == ([(4, "a"), (5, "b"), (5, "c")], 5)
        assert reader.entering({SCOPE: 4, OTHER: 4}, 5, 2) == ([(6, "d"), (7, "e")], None)


def test_a_root_enters_with_the_first_stay_that_is_open_and_only_once(store: Store):
    members = [
        stay("a", 2, 4),
        stay("a", 5, because="x"),
        stay("a", 6, because="y"),
        stay("b", 1),
        stay("b", 6, None, OTHER),
    ]
    save(store, members=members)
    with store.read() as reader:
        assert reader.entering({SCOPE: 1, OTHER: 1}, 3, 99) == ([(5, "a")], None)
        assert reader.entering({SCOPE: 1, OTHER: 1}, 5, 99) == ([], None)


def test_stays_are_found_by_root_by_scope_and_by_who_carries_them(store: Store):
    own, ended, carried = stay("a", 1), stay("b", 2, 6, OTHER), stay("s", 3, because="a")
    save(store, members=[own, stay("b", 2, None, OTHER), carried])
    save(store, members=[ended])
    with store.read() as reader:
        assert set(reader.members(["a", "b"])) == {own, ended}
        assert reader.inside([OTHER]) == [ended]
        assert (reader.ended([SCOPE, OTHER], 5), reader.ended([OTHER], 6)) == ([ended], [])
        assert (reader.carried("a"), reader.carried("b")) == ([carried], [])


def test_holdings_belong_to_their_user(store: Store):
    mine, past = Holding(USER, SCOPE, 1), Holding(USER, OTHER, 1, 4)
    save(store, holdings=[mine, Holding(USER, OTHER, 1), Holding("2" * 32, SCOPE, 1)])
    save(store, holdings=[past])
    with store.read() as reader:
        assert set(reader.holdings(USER)) == {mine, past}


def test_a_verdict_is_stored_once_and_never_changed(store: Store):
    first = judged("op", 1)
    save(store, judged=[first])
    save(store, judged=[replace(first, verdict="parked", seq=2), judged("op", 3, digest="e")])
    with store.read() as reader:
        assert set(reader.judged(USER, ["op", "unknown"])) == {first, judged("op", 3, digest="e")}
        assert reader.judged("2" * 32, ["op"]) == []


def test_parked_operations_of_a_record_come_oldest_first(store: Store):
    late, early = (judged(op, seq, verdict="parked") for op, seq in (("late", 9), ("early", 2)))
    save(store, judged=[late, early, judged("applied", 5), judged("other", 6, verdict="parked", record="x")])
    with store.read() as reader:
        assert reader.parked(USER, "r") == [early, late]


def test_named_bytes_are_wanted_until_their_author_sent_them(store: Store):
    save(store, blob_refs=[ref("p1"), ref("p2"), ref("p1", "2" * 32)])
    with store.read() as reader:
        assert (reader.wanted(USER), reader.granted(USER, SHA)) == ([SHA], False)
    save(store, blob_refs=[ref("p1", stored=True), ref("p2", stored=True), BlobRef(SHA, USER, "", "", True)])
    with store.read() as reader:
        assert (reader.wanted(USER), reader.granted(USER, SHA), reader.granted("2" * 32, SHA)) == ([], True, False)
        found = {(one.user, one.record, one.stored) for one in reader.blob_refs(SHA)}
    assert found == {(USER, "p1", True), (USER, "p2", True), ("2" * 32, "p1", False)}


def test_what_waits_for_a_person_waits_since_it_was_first_seen_until_it_is_settled(store: Store):
    clash, parked = Matter("a", "conflict", "work_order.fault", 5), Matter("b", "parked", "no_access", 3)
    save(store, matters=[clash, parked])
    save(store, matters=[replace(clash, since=9)])
    with store.read() as reader:
        assert reader.matters() == [parked, clash]
    save(store, settled=["b", "unknown"])
    with store.read() as reader:
        assert reader.matters() == [clash]


def test_thousands_of_ids_are_one_question(store: Store):
    many = [f"{number:032x}" for number in range(3_000)]
    save(store, rows=[row(one, one, 1) for one in many])
    with store.read() as reader:
        assert len(reader.rows(many)) == 3_000
