"""When devices come back: the busier the server the later, and never all at once."""

from __future__ import annotations

SOONEST_MS = 5_000
CALM_SPREAD_MS = 50_000
FULL_SPREAD_MS = 590_000
SOONEST_RETRY_SECONDS = 2
RETRY_SPREAD_SECONDS = 10
MOST_LOAD = 30


def next_sync_ms(load: float, random: float) -> int:
    """How long a device that has nothing to say rests; half a minute on average, five where the server is full.

    `load` is the share of the server's room that is taken, `random` is in [0, 1).
    """
    spread = CALM_SPREAD_MS + (FULL_SPREAD_MS - CALM_SPREAD_MS) * min(load, 1) ** 2
    return SOONEST_MS + int(random * spread)


def retry_after_seconds(load: float, random: float) -> int:
    """How long a device waits for which there was no room; the longer the queue, the wider its place is drawn."""
    return SOONEST_RETRY_SECONDS + int(random * RETRY_SPREAD_SECONDS * min(max(load, 1), MOST_LOAD))
