"""What the core may rely on about a history as a whole, whatever the database."""

from dataclasses import replace

from sync.store import BlobRef, Holding, Matter, Member, Store
from tests.contract.rows import SHA, USER, commit, judged, ref, row, save

SCOPE = "branch:b"


def test_a_new_epoch_keeps_the_newest_commit(store: Store):
    save(store, commits=[commit(1)])
    save(store, epoch="n" * 32)
    with store.read() as reader:
        assert (reader.head().epoch, reader.head().seq, reader.head().nonce) == ("n" * 32, 1, "nonce-1")


def test_what_a_backup_holds_is_noted_beside_the_newest_commit(store: Store):
    save(store, commits=[commit(1), commit(2)])
    save(store, safe=1)
    save(store, commits=[commit(3)])
    with store.read() as reader:
        assert (reader.head().safe, reader.head().seq) == (1, 3)


def test_the_newest_commit_before_a_time_has_only_older_ones_before_it(store: Store):
    late = replace(commit(2), at=9_000)  # the server's clock was put back afterwards
    save(store, commits=[commit(1), late, commit(3)])
    with store.read() as reader:
        assert [reader.newest_before(at) for at in (1_001, 1_002, 1_004, 9_001)] == [0, 1, 1, 3]


def test_an_empty_history_has_no_commit_before_any_time(store: Store):
    with store.read() as reader:
        assert reader.newest_before(1) == 0


def test_ended_stays_are_forgotten_up_to_the_horizon(store: Store):
    kept = [Member("a", SCOPE, "a", 1), Member("b", SCOPE, "b", 1, 6)]
    held = [Holding(USER, SCOPE, 1), Holding(USER, "user:u", 1, 6)]
    ended = [Member("c", SCOPE, "c", 1, 5)], [Holding(USER, "branch:x", 1, 5)]
    save(store, members=kept + ended[0], holdings=held + ended[1])
    save(store, horizon=5)
    with store.read() as reader:
        assert (set(reader.inside([SCOPE])), set(reader.holdings(USER))) == (set(kept), set(held))
        assert reader.head().horizon == 5


def test_removed_records_are_forgotten_up_to_the_horizon(store: Store):
    rows = [row("old", "r", 5, gone=True), row("new", "r", 6, gone=True), row("there", "r", 1)]
    save(store, rows=rows)
    save(store, horizon=5)
    with store.read() as reader:
        assert {one.id for one in reader.rows(["old", "new", "there"])} == {"new", "there"}


def test_a_removed_record_is_kept_as_long_as_a_conflict_about_its_order_is_open(store: Store):
    save(store, rows=[row("old", "r", 5, gone=True), row("clash", "r", 5), row("other", "x", 5, gone=True)])
    save(store, matters=[Matter("clash", "conflict", "photo.caption", 1)])
    save(store, horizon=6)
    with store.read() as reader:
        assert {one.id for one in reader.rows(["old", "other"])} == {"old"}
    save(store, settled=["clash"])
    save(store, horizon=7)
    with store.read() as reader:
        assert reader.rows(["old"]) == []


def test_operations_are_found_by_the_record_they_are_about(store: Store):
    mine, other = judged("a", 5), replace(judged("b", 2), user="2" * 32)
    save(store, judged=[mine, other, judged("c", 1, record="x")])
    with store.read() as reader:
        assert reader.judged_about(["r", "unknown"]) == [other, mine]


def test_a_verdict_can_be_replaced_by_one_without_its_content(store: Store):
    old = judged("a", 5)
    new = replace(old, digest="5a17ed", body=b"{}")
    save(store, judged=[old, judged("b", 6)])
    save(store, unjudged=[old], judged=[new])
    with store.read() as reader:
        assert reader.judged(USER, ["a", "b"]) in ([new, judged("b", 6)], [judged("b", 6), new])


def test_bytes_that_no_record_names_any_more_are_not_wanted(store: Store):
    grant = BlobRef(SHA, USER, "", "", True)
    save(store, blob_refs=[ref("p1"), ref("p2", stored=True), grant])
    save(store, unnamed=[ref("p1"), grant])
    with store.read() as reader:
        assert (reader.wanted(USER), reader.granted(USER, SHA)) == ([], False)
        assert [one.record for one in reader.blob_refs(SHA)] == ["p2"]
