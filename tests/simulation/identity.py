"""Ids that depend on the event alone, so that they stay the same when other events are left out."""

from __future__ import annotations

from hashlib import blake2b


def operation_id(*parts: object) -> str:
    """32 hex digits."""
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def tail(record: str) -> str:
    """The part of a record's id that does not tell when it was made: whatever is sorted by it keeps its order on
    devices with other clocks."""
    return record[15:]


def record_id(milliseconds: int, *parts: object) -> str:
    """A UUIDv7: the maker's time, then digits made of `parts`."""
    tail = operation_id(*parts)
    digits = f"{milliseconds:012x}7{tail[:3]}8{tail[3:18]}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
