"""Rule 17: a device's time is evidence: corrected by its offset, believed between two proofs, never an order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.clock import format_time
from tests.sync.bench import BOSS, ONE, ORDER, Bench, changed

NINE = 1_795_338_000_000  # 2026-11-22T09:00:00Z, by the server's clock
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


class Tablet:
    """A device whose clock is wrong by `skew`; times are given as they really were."""

    def __init__(self, bench: Bench, skew: int = 0) -> None:
        self.bench, self.skew, self.seen = bench, skew, None
        self.answered(NINE)

    def answered(self, at: int) -> None:
        """The device applies an answer that the server gave at this time."""
        reply = self.bench.exchange(ONE, received=at)
        self.seen = {"epoch": reply["epoch"], "position": reply["through"], "at": reply["now"]}

    def act(self, at: int, **other: object) -> dict[str, Any]:
        """Something its user does."""
        body = {"values": {"sha256": f"{at:064d}"}}
        dated = {"at": format_time(at + self.skew), "seen": self.seen, **other}
        return self.bench.op(ONE, "photo", self.bench.new_id(), ORDER, "append", body, **dated)

    def send(self, at: int, *operations: dict[str, Any], slow: int = 0) -> None:
        """A request that begins at this time and takes `slow` ms to arrive."""
        clock = {"now": format_time(at + self.skew)}
        self.bench.exchange(ONE, received=at + slow, clock=clock, operations=list(operations))


@pytest.fixture
def tablet(bench: Bench) -> Tablet:
    """A tablet with the right time that was answered at nine."""
    return Tablet(bench)


def told(tablet: Tablet, op: dict[str, Any]) -> tuple[int | None, str | None]:
    evidence = tablet.bench.evidence(op)
    return evidence.event_at, evidence.doubt


@given(skew=st.integers(-10 * 365 * DAY, 10 * 365 * DAY))
def test_a_wrong_clock_changes_nothing_as_long_as_it_goes(skew: int) -> None:
    tablet = Tablet(Bench(), skew)
    first, second = tablet.act(NINE + MINUTE), tablet.act(NINE + HOUR)
    tablet.send(NINE + DAY, first, second)
    assert told(tablet, first) == (NINE + MINUTE, None)
    assert told(tablet, second) == (NINE + HOUR, None)
    assert tablet.bench.evidence(first).offset == -skew


def test_the_offset_is_too_large_by_the_way_of_the_request(tablet: Tablet) -> None:
    op = tablet.act(NINE + MINUTE)
    tablet.send(NINE + HOUR, op, slow=700)
    assert told(tablet, op) == (NINE + MINUTE + 700, None)


def test_summer_time_and_zones_change_nothing(tablet: Tablet) -> None:
    op = tablet.act(NINE + MINUTE) | {"at": "2026-11-22T17:01:00.000+08:00"}
    same = tablet.act(NINE + MINUTE) | {"at": "2026-11-22T10:01:00+01:00"}
    tablet.send(NINE + HOUR, op, same)
    assert told(tablet, op) == told(tablet, same) == (NINE + MINUTE, None)


def test_a_time_before_the_answer_its_author_had_in_hand_is_doubted(tablet: Tablet) -> None:
    op = tablet.act(NINE - MINUTE)
    tablet.send(NINE + HOUR, op)
    assert told(tablet, op) == (NINE - MINUTE, "before_seen")


def test_r_225_a_time_after_its_receipt_is_doubted(tablet: Tablet) -> None:
    op = tablet.act(NINE + HOUR)
    tablet.skew = -2 * HOUR  # somebody turns the clock back before it is sent
    tablet.send(NINE + 2 * HOUR, op)
    assert told(tablet, op) == (NINE + 3 * HOUR, "after_receipt")


def test_a_clock_turned_forward_before_sending_is_seen_at_the_answer_in_hand(tablet: Tablet) -> None:
    op = tablet.act(NINE + HOUR)
    tablet.skew = DAY
    tablet.send(NINE + 2 * HOUR, op)
    assert told(tablet, op)[1] == "before_seen"


def test_r_225_a_clock_turned_back_between_two_changes_is_doubted(tablet: Tablet) -> None:
    first, second = tablet.act(NINE + 30 * MINUTE), tablet.act(NINE + 10 * MINUTE)
    tablet.send(NINE + HOUR, first, second)
    assert [told(tablet, op)[1] for op in (first, second)] == [None, "out_of_order"]


def test_the_order_is_kept_across_requests(tablet: Tablet) -> None:
    first, second = tablet.act(NINE + 30 * MINUTE), tablet.act(NINE + 10 * MINUTE)
    tablet.send(NINE + HOUR, second)
    tablet.send(NINE + HOUR, first)
    assert [told(tablet, op)[1] for op in (first, second)] == ["out_of_order", None]


def test_a_slow_request_does_not_put_things_out_of_order(tablet: Tablet) -> None:
    first, second = tablet.act(NINE + 10 * MINUTE), tablet.act(NINE + 10 * MINUTE + 5)
    tablet.send(NINE + HOUR, first, slow=2_000)
    tablet.send(NINE + HOUR, second)
    assert [told(tablet, op)[1] for op in (first, second)] == [None, None]


def test_what_was_done_on_another_answer_is_another_chain(tablet: Tablet) -> None:
    first = tablet.act(NINE + 30 * MINUTE)
    tablet.send(NINE + 31 * MINUTE, first)
    tablet.skew = -HOUR
    tablet.answered(NINE + 32 * MINUTE)
    second = tablet.act(NINE + 40 * MINUTE)
    tablet.send(NINE + 50 * MINUTE, second)
    assert told(tablet, second) == (NINE + 40 * MINUTE, None)


def test_without_an_answer_in_hand_nothing_proves_a_time(tablet: Tablet) -> None:
    op = tablet.act(NINE + MINUTE, seen=None)
    tablet.send(NINE + HOUR, op)
    assert told(tablet, op) == (NINE + MINUTE, "unproven")


def test_the_server_s_own_writers_are_believed(bench: Bench) -> None:
    op = bench.op(BOSS, "order", ORDER, ORDER, "set", changed(fault=("cold", "frozen")))
    bench.push(BOSS, op)
    assert bench.evidence(op).offset is None


def test_a_retry_keeps_what_its_first_exchange_knew(tablet: Tablet) -> None:
    op = tablet.act(NINE + MINUTE)
    tablet.send(NINE + HOUR, op)
    tablet.skew = DAY
    tablet.send(NINE + 2 * HOUR, op)
    assert told(tablet, op) == (NINE + MINUTE, None)
