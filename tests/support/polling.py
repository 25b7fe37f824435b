"""Waits for something that happens elsewhere, up to a deadline."""

import time
from collections.abc import Callable
from threading import Event

POLL_SECONDS = 0.1


def until(holds: Callable[[], bool], what: str, seconds: float = 60) -> float:
    """Returns once it holds, and how many seconds that took; fails with `what` after so many seconds."""
    begun, pause = time.monotonic(), Event()
    while not holds():
        assert time.monotonic() < begun + seconds, f"waited {seconds} s in vain: {what}"
        pause.wait(POLL_SECONDS)
    return time.monotonic() - begun
