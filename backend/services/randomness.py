"""Random bytes from the system, where nobody hands in others."""

import os

SIZE, DRAWN_AT_ONCE = 16, 256
_ahead: list[bytes] = []
os.register_at_fork(after_in_child=_ahead.clear)


def random_bytes(size: int) -> bytes:
    """As `os.urandom`; what every commit asks for is drawn many at a time, for the system's answer costs most."""
    if size != SIZE:
        return os.urandom(size)
    while True:
        try:
            return _ahead.pop()
        except IndexError:
            drawn = os.urandom(SIZE * DRAWN_AT_ONCE)
            _ahead.extend(drawn[start : start + SIZE] for start in range(0, len(drawn), SIZE))
