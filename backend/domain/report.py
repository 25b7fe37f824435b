"""Service reports: where the newest one stands with the supervisor."""

from collections.abc import Iterable

from sync.records import Record

OUTCOMES = {"approve": "approved", "return": "returned"}


def status(reports: Iterable[Record], reviews: Iterable[Record]) -> str:
    """State of the newest report: none, submitted, approved or returned."""
    newest = max(reports, key=lambda one: one.id, default=None)
    if newest is None:
        return "none"
    review = max((one for one in reviews if one.data.get("report") == newest.id), key=lambda one: one.id, default=None)
    return OUTCOMES[review.data["decision"]] if review else "submitted"
