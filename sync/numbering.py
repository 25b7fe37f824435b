"""What a device's count says beside each operation: its place among the others, and whether a number came twice."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from operator import attrgetter

from sync.store import Numbered

_BY_NUMBER = attrgetter("n")


class Numbers:
    """The numbered operations of one user on one device, as far as they are near those of one request."""

    def __init__(self, known: Iterable[Numbered]) -> None:
        self._known = sorted(known, key=_BY_NUMBER)

    def add(self, one: Numbered) -> None:
        """Note an operation that is being judged."""
        if not self._known or self._known[-1].n <= one.n:  # as it should be
            self._known.append(one)
        else:
            insort(self._known, one, key=_BY_NUMBER)

    def twin(self, one: Numbered) -> Numbered | None:
        """Another operation under the same number: somebody copied the device's content, or set it back."""
        start, end = self._around(one.n)
        if start == end:
            return None
        return next((other for other in self._known[start:end] if other.id != one.id), None)

    def in_order(self, one: Numbered) -> bool:
        """True unless time runs backwards between it and a neighbour made on the same answer of the server.

        Both the device's own clock and the corrected time must say so: a slow request alone makes a later
        operation look earlier than one that an earlier, faster request brought.
        """
        start, end = self._around(one.n)
        if start > 0 and _backwards(self._known[start - 1], one):
            return False
        return end == len(self._known) or not _backwards(one, self._known[end])

    def _around(self, n: int) -> tuple[int, int]:
        if not self._known or self._known[-1].n < n:
            return len(self._known), len(self._known)
        return bisect_left(self._known, n, key=_BY_NUMBER), bisect_right(self._known, n, key=_BY_NUMBER)


def _backwards(first: Numbered, then: Numbered) -> bool:
    same_chain = first.seen_at is not None and first.seen_at == then.seen_at
    return same_chain and then.at < first.at and then.event_at < first.event_at
