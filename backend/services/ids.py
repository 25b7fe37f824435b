"""Ids the server makes: operations are random, records sort by the time they were made."""

from collections.abc import Callable
from uuid import UUID

DRAWN_AT_ONCE = 256


def operation_id(random: Callable[[int], bytes]) -> str:
    """32 hex digits."""
    return random(16).hex()


def record_id(now: int, random: Callable[[int], bytes]) -> str:
    """A UUID of version 7."""
    bits = now << 80 | int.from_bytes(random(10), "big")
    bits = bits & ~(0xF << 76) | 7 << 76
    return str(UUID(int=bits & ~(3 << 62) | 2 << 62))


def device_id(random: Callable[[int], bytes]) -> str:
    """A random UUID, which tells nothing about when or where."""
    return str(UUID(bytes=random(16), version=4))


class Nonces:
    """The random values of commits: 32 hex digits each, drawn many at a time, for the system's answer costs most."""

    def __init__(self, random: Callable[[int], bytes]) -> None:
        self._random = random
        self._left: list[str] = []

    def __call__(self) -> str:
        while True:
            try:
                return self._left.pop()
            except IndexError:
                drawn = self._random(16 * DRAWN_AT_ONCE).hex()
                self._left += [drawn[start : start + 32] for start in range(0, len(drawn), 32)]
