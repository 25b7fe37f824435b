"""Rule 17: when something happened is what the device says, corrected by its measured offset, between two proofs."""

from __future__ import annotations

from sync.clock import parse_time
from sync.store import Evidence
from sync.values import value

UNPROVEN = "unproven"  # nothing shows that it was not earlier
BEFORE_SEEN = "before_seen"  # earlier than the answer that its author had in hand
AFTER_RECEIPT = "after_receipt"  # later than its arrival
OUT_OF_ORDER = "out_of_order"  # earlier than what was done before it


@value
class Moment:
    """When something happened; `claimed` is what the device says, corrected, and counts unless there is a `doubt`.

    Then it was at some time from `earliest` (None: nothing proves one) to `latest`.
    """

    claimed: int
    earliest: int | None
    latest: int
    doubt: str | None = None

    @property
    def counted(self) -> int:
        """The time that counts: the claimed one, or of a doubtful one the latest, which is worse for the company."""
        return self.claimed if self.doubt is None else self.latest


def doubt_about(claimed: int, seen_at: int | None, received_at: int) -> str | None:
    """Why a time is not believed: it must lie between the last answer its author had and the receipt."""
    if seen_at is None:
        return UNPROVEN
    if claimed < seen_at:
        return BEFORE_SEEN
    return AFTER_RECEIPT if claimed > received_at else None


def moment_of(evidence: Evidence, at: str, received_at: int) -> Moment:
    """When an operation happened; what the server's own writers say is believed."""
    if evidence.event_at is None:
        own = parse_time(at)
        return Moment(own, own, own)
    return Moment(evidence.event_at, evidence.seen_at, received_at, evidence.doubt)
