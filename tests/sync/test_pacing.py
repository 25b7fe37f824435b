"""Rule 19: the server says when devices come back, the busier the later, and never all at once."""

from __future__ import annotations

import random
from statistics import mean

import pytest

from sync.pacing import SOONEST_MS, next_sync_ms, retry_after_seconds

DRAWS = [number / 1_000 for number in range(1_000)]


def test_a_calm_server_is_asked_every_half_minute_on_average() -> None:
    assert mean(next_sync_ms(0, draw) for draw in DRAWS) == pytest.approx(30_000, rel=0.01)


def test_a_full_one_every_five_minutes() -> None:
    assert mean(next_sync_ms(1, draw) for draw in DRAWS) == pytest.approx(300_000, rel=0.01)


def test_the_pause_grows_with_the_load_and_nobody_is_asked_back_at_once() -> None:
    pauses = [next_sync_ms(load / 10, 0.5) for load in range(15)]
    assert pauses == sorted(pauses)
    assert pauses[10] == pauses[14]
    assert min(next_sync_ms(load / 10, 0) for load in range(15)) == SOONEST_MS


def test_devices_that_were_answered_together_come_back_apart() -> None:
    dice = random.Random(1)
    seconds = [next_sync_ms(0, dice.random()) // 1_000 for _ in range(1_000)]
    assert max(map(seconds.count, set(seconds))) < 1_000 / 20


def test_who_found_no_room_is_spread_over_the_wider_a_time_the_more_there_are() -> None:
    assert [retry_after_seconds(load, 0) for load in (1, 5, 100)] == [2, 2, 2]
    assert [retry_after_seconds(load, 0.99) for load in (0, 1, 2, 5, 100)] == [11, 11, 21, 51, 299]
