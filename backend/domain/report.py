"""Service reports: where the newest one stands with the supervisor."""

from collections.abc import Iterable

from sync.records import Record

OUTCOMES = {"approve": "approved", "return": "returned"}


def newest(reports: Iterable[Record]) -> Record | None:
    """The report that counts: the last one made."""
    return max(reports, key=lambda one: one.id, default=None)


def status(reports: Iterable[Record], reviews: Iterable[Record]) -> str:
    """State of the newest report: none, submitted, approved or returned."""
    judged = newest(reports)
    if judged is None:
        return "none"
    review = max((one for one in reviews if one.data.get("report") == judged.id), key=lambda one: one.id, default=None)
    return OUTCOMES[review.data["decision"]] if review else "submitted"
