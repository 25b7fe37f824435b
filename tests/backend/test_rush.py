"""A thousand devices come back at once: the server takes what it can, and nobody makes a storm of the rest."""

from statistics import mean

import pytest

from tests.support.rush import WORKERS, Rush

TABLETS = 1_000
MINUTE_MS = 60_000


def impatient(attempt: int, timed_out: bool, retry_after_ms: int | None, random: float) -> int:
    """A device that tries again every second, whatever it is told."""
    return 1_000


def told(rush: Rush, name: str) -> None:
    requests, ideal = rush.requests, TABLETS * rush.each_ms / WORKERS
    print(
        f"{name}: {TABLETS} devices drained after {rush.drained_ms / 1000:.0f} s (at least {ideal / 1000:.0f} s), "
        f"requests per device {mean(requests):.1f} on average, {requests[TABLETS // 2]} in the middle, "
        f"{requests[-1]} at most; {rush.refused} refused, {rush.timeouts} timeouts"
    )


@pytest.mark.parametrize("each_ms", [160, 400], ids=["50 exchanges a second", "20 exchanges a second"])
def test_a_rush_drains_without_a_storm(each_ms: int):
    rush = Rush(TABLETS, each_ms, most=256).run(15 * MINUTE_MS)
    told(rush, f"{1000 * WORKERS // each_ms} exchanges a second")
    assert rush.timeouts == 0
    assert rush.drained_ms < 5 * MINUTE_MS
    assert mean(rush.requests) < 4
    assert rush.requests[-1] <= 10
    assert rush.busiest(since_ms=10 * MINUTE_MS) < TABLETS / 10


def test_devices_that_would_not_wait_would_make_one():
    calm = Rush(TABLETS, 400, most=256).run(15 * MINUTE_MS)
    storm = Rush(TABLETS, 400, most=256, wait=impatient).run(15 * MINUTE_MS)
    told(storm, "impatient devices")
    assert sum(storm.requests) > 4 * sum(calm.requests)


def test_a_door_that_lets_everybody_in_would_keep_devices_waiting_in_vain():
    rush = Rush(TABLETS, 400, most=TABLETS * 100).run(15 * MINUTE_MS)
    told(rush, "no door")
    assert rush.timeouts > TABLETS / 10
