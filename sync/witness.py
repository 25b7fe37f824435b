"""What an exchange itself knows about the operations it brings: the device's clock and count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sync.clock import parse_time
from sync.engine import Session
from sync.event_time import OUT_OF_ORDER, doubt_about
from sync.numbering import Numbers
from sync.operations import natural
from sync.store import NOTHING, Evidence, Numbered, Twin
from sync.workspace import Workspace

Raw = dict[str, Any]


class Witness:
    """Watches one exchange; `offset` is the server's clock minus the device's, None for the server's own writers."""

    def __init__(self, space: Workspace, session: Session, raws: Iterable[Raw], now: int, offset: int | None) -> None:
        self._space, self._session, self._now, self._offset = space, session, now, offset
        self._numbers = Numbers(())
        numbers = [raw["n"] for raw in raws if natural(raw.get("n"))] if offset is not None else []
        if numbers:
            known = space.writer.numbered(session.user, session.device, min(numbers), max(numbers))
            self._numbers = Numbers(known)

    def evidence(self, raw: Raw) -> Evidence:
        """What is known about an operation that is about to be judged; a number that came twice is noted."""
        if self._offset is None:
            return NOTHING
        n = raw["n"] if natural(raw.get("n")) else None
        at, seen_at = _time(raw.get("at")), _seen_at(raw.get("seen"))
        if n is None or at is None:
            return Evidence(n, self._offset, seen_at)
        one = Numbered(n, str(raw["id"]), seen_at, at, at + self._offset)
        doubt = doubt_about(one.event_at, seen_at, self._now)
        if doubt is None and not self._numbers.in_order(one):
            doubt = OUT_OF_ORDER
        self._note_twin(one)
        self._numbers.add(one)
        return Evidence(n, self._offset, seen_at, one.event_at, doubt)

    def _note_twin(self, one: Numbered) -> None:
        twin = self._numbers.twin(one)
        if twin is not None:
            session = self._session
            self._space.batch.twins.append(Twin(session.user, session.device, one.n, twin.id, one.id, self._now))


def _seen_at(seen: object) -> int | None:
    return _time(seen.get("at")) if isinstance(seen, dict) else None


def _time(text: object) -> int | None:
    try:
        return parse_time(text) if isinstance(text, str) else None
    except (ValueError, OverflowError):
        return None
