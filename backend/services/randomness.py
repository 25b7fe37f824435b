"""Random bytes from the system, where nobody hands in others."""

import os
from time import monotonic_ns

SIZE, DRAWN_AT_ONCE = 16, 128
FRESH_NS = 20_000_000


class Ahead:
    """Values drawn together, and when; soon forgotten.

    A machine put back with its memory would give out once more what is left of them, and a restore shows by commits
    whose value is another.
    """

    def __init__(self) -> None:
        self.drawn: tuple[int, list[bytes]] = (0, [])

    def forget(self) -> None:
        self.drawn = (0, [])

    def next(self) -> bytes:
        at, values = self.drawn
        if monotonic_ns() - at < FRESH_NS:
            try:
                return values.pop()
            except IndexError:
                pass
        drawn = os.urandom(SIZE * DRAWN_AT_ONCE)
        self.drawn = (monotonic_ns(), [drawn[start : start + SIZE] for start in range(SIZE, len(drawn), SIZE)])
        return drawn[:SIZE]


_ahead = Ahead()
os.register_at_fork(after_in_child=_ahead.forget)


def random_bytes(size: int) -> bytes:
    """As `os.urandom`; what every commit asks for is drawn many at a time, for the system's answer costs most."""
    return _ahead.next() if size == SIZE else os.urandom(size)
