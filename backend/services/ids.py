"""Ids the server makes: operations are random, records sort by the time they were made."""

from collections.abc import Callable
from uuid import UUID


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
