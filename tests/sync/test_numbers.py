"""A device's count is evidence: a gap is never waited for, a number that comes twice tells of a copied device."""

from __future__ import annotations

from typing import Any

from sync.store import Twin
from tests.sync.bench import BOSS, ONE, ORDER, Bench


def photo(bench: Bench, n: int, user: str = ONE) -> dict[str, Any]:
    sha256 = bench.new_id() * 2
    return bench.op(user, "photo", bench.new_id(), ORDER, "append", {"values": {"sha256": sha256}}, n=n)


def verdicts(bench: Bench, *operations: dict[str, Any], user: str = ONE) -> list[str]:
    reply = bench.exchange(user, operations=list(operations))
    return [answer["verdict"] for answer in reply["answers"]]


def twins(bench: Bench) -> list[Twin]:
    with bench.store.read() as reader:
        return reader.twins()


def test_work_behind_a_gap_is_judged_at_once(bench: Bench) -> None:
    assert verdicts(bench, photo(bench, 1), photo(bench, 7)) == ["applied", "applied"]
    assert twins(bench) == []


def test_both_copies_of_a_tablet_keep_their_work_and_it_is_noted(bench: Bench) -> None:
    one, other = photo(bench, 5), photo(bench, 5)
    assert verdicts(bench, one) + verdicts(bench, other) == ["applied", "applied"]
    assert twins(bench) == [Twin(ONE, "device", 5, one["id"], other["id"], 2_000)]


def test_copies_in_one_request_are_noted(bench: Bench) -> None:
    assert verdicts(bench, photo(bench, 5), photo(bench, 5)) == ["applied", "applied"]
    assert len(twins(bench)) == 1


def test_somebody_is_told_when_it_is_stored(bench: Bench) -> None:
    heard: list[Twin] = []
    bench.tell(heard.append)
    verdicts(bench, photo(bench, 5))
    verdicts(bench, photo(bench, 5))
    assert heard == twins(bench)


def test_a_retry_is_no_copy(bench: Bench) -> None:
    op = photo(bench, 5)
    verdicts(bench, op)
    verdicts(bench, op)
    assert twins(bench) == []


def test_another_content_under_one_id_is_no_copy(bench: Bench) -> None:
    op = photo(bench, 5)
    assert verdicts(bench, op, op | {"at": "2026-01-01T00:00:01.000Z"}) == ["applied", "parked"]
    assert twins(bench) == []


def test_every_user_of_a_device_has_a_count_of_his_own(bench: Bench) -> None:
    verdicts(bench, photo(bench, 5))
    verdicts(bench, photo(bench, 5, BOSS), user=BOSS)
    assert twins(bench) == []


def test_what_has_no_readable_number_is_parked_and_no_copy(bench: Bench) -> None:
    assert verdicts(bench, photo(bench, -1), photo(bench, -1)) == ["parked", "parked"]
    assert twins(bench) == []
