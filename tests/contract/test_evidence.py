"""What every store keeps of a device's clock and count, and finds again."""

from dataclasses import replace

from sync.store import Evidence, Numbered, Store, Twin
from tests.contract.rows import USER, judged, save

DEVICE = "device"


def numbered(op: str, n: int | None, at: int = 0, **other: str) -> object:
    return replace(judged(op, 1), evidence=Evidence(n, 100, 50, None if n is None else at + 100), **other)


def numbers(store: Store, first: int, last: int, user: str = USER, device: str = DEVICE) -> list[tuple[int, str]]:
    with store.read() as reader:
        return sorted((one.n, one.id) for one in reader.numbered(user, device, first, last))


def test_evidence_comes_back_as_it_was(store: Store):
    kept = replace(judged("op", 1), evidence=Evidence(7, -86_400_000, 5, None, "before_seen"))
    save(store, judged=[kept, judged("own", 2)])
    with store.read() as reader:
        found = {one.id: one for one in reader.judged(USER, ["op", "own"])}
    assert found == {"op": kept, "own": judged("own", 2)}


def test_numbers_come_with_their_neighbours(store: Store):
    save(store, judged=[numbered(f"op{n}", n) for n in (1, 3, 5, 7, 9)])
    assert numbers(store, 5, 5) == [(3, "op3"), (5, "op5"), (7, "op7")]
    assert numbers(store, 4, 6) == [(3, "op3"), (5, "op5"), (7, "op7")]
    assert numbers(store, 10, 12) == [(9, "op9")]
    assert numbers(store, 0, 0) == [(1, "op1")]


def test_all_that_share_a_number_are_found(store: Store):
    save(store, judged=[numbered("a", 3), numbered("b", 3), numbered("c", 4), numbered("d", 4)])
    assert numbers(store, 4, 4) == [(3, "a"), (3, "b"), (4, "c"), (4, "d")]


def test_a_device_has_a_count_for_each_user(store: Store):
    other = "2" * 32
    save(store, judged=[numbered("a", 3), numbered("b", 3, device="other"), numbered("c", 3, user=other)])
    assert numbers(store, 1, 9) == [(3, "a")]
    assert numbers(store, 1, 9, user=other) == [(3, "c")]


def test_what_has_no_number_is_not_counted(store: Store):
    save(store, judged=[judged("own", 1), numbered("a", None), numbered("b", 2, at=1_000)])
    with store.read() as reader:
        assert reader.numbered(USER, DEVICE, 0, 9) == [Numbered(2, "b", 50, 1_000, 1_100)]


def test_numbers_that_came_twice_are_told_latest_first(store: Store):
    early, late = Twin(USER, DEVICE, 3, "a", "b", 10), Twin(USER, DEVICE, 4, "c", "d", 20)
    save(store, twins=[early, late])
    with store.read() as reader:
        assert reader.twins() == [late, early]
