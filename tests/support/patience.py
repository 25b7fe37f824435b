"""How the app waits after a failure, in Python for simulated crowds; vectors hold it to the app's own rule."""

LEAST_MS, LEAST_AFTER_TIMEOUT_MS = 1_000, 5_000
FIRST_SPREAD_MS, LONGEST_SPREAD_MS = 2_000, 300_000


def backoff(attempt: int, timed_out: bool, retry_after_ms: int | None, random: float) -> int:
    """Milliseconds until the next attempt; the words are those of the app's `backoff.ts`."""
    named = retry_after_ms or 0
    least = max(named, LEAST_AFTER_TIMEOUT_MS if timed_out else LEAST_MS)
    grown = min(LONGEST_SPREAD_MS, FIRST_SPREAD_MS * 2 ** min(attempt, 20))
    return least + int(random * max(grown, named))
