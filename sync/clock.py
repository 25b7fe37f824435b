"""Times are integer milliseconds since 1970 in UTC; on the wire RFC 3339 with milliseconds and Z."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

LATEST = 253_402_214_400_000  # the last day of 9999: every calendar shows it, in every zone
_RFC_3339 = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@lru_cache(maxsize=1024)  # all operations of a request are received at once, and what each did bears one time
def format_time(milliseconds: int) -> str:
    """`2026-11-22T07:58:12.120Z` for a time in milliseconds."""
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{_minute(minutes)}:{rest // 1000:02d}.{rest % 1000:03d}Z"


@lru_cache(maxsize=1024)  # an exchange speaks of few minutes, and of each again and again
def _minute(minutes: int) -> str:
    return datetime.fromtimestamp(minutes * 60, UTC).isoformat()[:16]


@lru_cache(maxsize=4096)  # an operation's time is looked at by several, and what it saw is shared by many
def parse_time(text: str) -> int:
    """Milliseconds of an RFC 3339 time from 1970 on; raises ValueError for anything else."""
    if not _RFC_3339.fullmatch(text):
        raise ValueError("not RFC 3339")
    milliseconds = (datetime.fromisoformat(text) - _EPOCH) // _MILLISECOND
    if not 0 <= milliseconds <= LATEST:
        raise ValueError("out of range")
    return milliseconds
