"""Random bytes from the system, where nobody hands in others."""

import os
from time import monotonic_ns

SIZE, DRAWN_AT_ONCE = 16, 128
FRESH_NS = 20_000_000
_ahead: tuple[int, list[bytes]] = (0, [])


def _forget() -> None:
    global _ahead
    _ahead = (0, [])


os.register_at_fork(after_in_child=_forget)


def random_bytes(size: int) -> bytes:
    """As `os.urandom`; what every commit asks for is drawn many at a time, for the system's answer costs most.

    What is left of them is soon forgotten: a machine put back with its memory would give the same values once more,
    and a restore shows by commits whose value is another.
    """
    global _ahead
    if size != SIZE:
        return os.urandom(size)
    drawn_at, values = _ahead
    if monotonic_ns() - drawn_at < FRESH_NS:
        try:
            return values.pop()
        except IndexError:
            pass
    drawn = os.urandom(SIZE * DRAWN_AT_ONCE)
    values = [drawn[start : start + SIZE] for start in range(SIZE, len(drawn), SIZE)]
    _ahead = (monotonic_ns(), values)
    return drawn[:SIZE]
