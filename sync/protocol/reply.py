"""The reply of one exchange; stored records are spliced in as bytes, never decoded."""

from __future__ import annotations

from dataclasses import dataclass

from sync.clock import format_time
from sync.protocol.version import PROTOCOL
from sync.pull import Page
from sync.push import Answer
from sync.records import Encode


@dataclass(frozen=True, slots=True)
class Reply:
    """Answers to the operations sent, and one page of what changed."""

    request: str
    now: int
    next_sync_ms: int
    answers: list[Answer]
    page: Page
    want: list[str]
    cursor: str
    reset: str | None = None

    def encode(self, encode: Encode) -> bytes:
        """The UTF-8 body of the reply."""
        page = self.page
        envelope = {
            "protocol": PROTOCOL,
            "request": self.request,
            "epoch": page.head.epoch,
            "now": format_time(self.now),
            "next_sync_ms": self.next_sync_ms,
            "answers": [answer.wire() for answer in self.answers],
            "left": [{"root": root, "why": why} for root, why in page.left],
            "entered": page.entered,
            "want": self.want,
            "through": page.through,
            "safe": page.head.safe,
            "cursor": self.cursor,
            "more": page.more,
            "reset": self.reset,
        }
        rows = b",".join([row.body for row in page.rows])
        return b"".join((encode(envelope)[:-1], b',"changes":[', rows, b"]}"))
