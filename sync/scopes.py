"""Who sees what: roots stay in scopes, users hold scopes, both with a history in commit numbers."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from sync.store import Holding, Member, Reader

CLOSED, REASSIGNED, SCOPE_LOST = "closed", "reassigned", "scope_lost"  # why a root left


def held_now(holdings: Iterable[Holding]) -> dict[str, int]:
    """Each scope held now, with the commit since which it is held."""
    return {held.scope: held.start for held in holdings if held.end is None}


def visible_now(members: Iterable[Member], held: dict[str, int]) -> bool:
    """True if a root with these stays lies in one of the held scopes now."""
    for member in members:  # noqa: SIM110  any() takes twice as long, and this is asked for every operation
        if member.end is None and member.scope in held:
            return True
    return False


def visible_since(members: Iterable[Member], held: Mapping[str, int]) -> int | None:
    """The commit since which a root with these stays lies in one of the held scopes; None if it does not now."""
    starts = (max(one.start, held[one.scope]) for one in members if one.end is None and one.scope in held)
    return min(starts, default=None)


def visible_at(members: Iterable[Member], holdings: Iterable[Holding], position: int) -> bool:
    """True if a root with these stays was visible to who has these holdings when commit `position` was the newest."""
    held = {one.scope for one in holdings if _spans(one, position)}
    return any(_spans(member, position) and member.scope in held for member in members)


def ever_visible(members: Iterable[Member], holdings: Iterable[Holding]) -> bool:
    """True if stays and holdings met at any time."""
    held = list(holdings)
    return any(member.scope == one.scope and _met(member, one, 0) for member in members for one in held)


def closed_by(members: Iterable[Member], holdings: Iterable[Holding]) -> str | None:
    """The root whose end took the last of these stays that met a holding away; None if something else did."""
    held = list(holdings)
    losses = [(loss, one.because) for one in members for mine in held if (loss := _lost(one, mine, 0)) is not None]
    last, because = max(losses, default=(None, None))
    return because if last is not None and last.why == CLOSED else None


def _spans(stay: Member | Holding, position: int) -> bool:
    return stay.start <= position and (stay.end is None or stay.end > position)


def lost_since(reader: Reader, holdings: list[Holding], after: int) -> dict[str, str]:
    """root -> why, for every root that stopped being visible to the user through some scope after `after`.

    Such a root may be visible still or again through another stay; the caller decides.
    """
    spans: dict[str, list[Holding]] = {}
    for held in holdings:
        spans.setdefault(held.scope, []).append(held)
    dropped = {held.scope for held in holdings if held.end is not None and held.end > after}
    lost: dict[str, _Loss] = {}
    for member in (*reader.ended(spans.keys(), after), *(reader.inside(dropped) if dropped else ())):
        for held in spans[member.scope]:
            loss = _lost(member, held, after)
            if loss is not None and (member.root not in lost or lost[member.root] < loss):
                lost[member.root] = loss
    return {root: loss.why for root, loss in lost.items()}


class _Loss(NamedTuple):
    """When a stay met a holding for the last time, and why no longer; of two at once the one that tells less counts."""

    end: int
    weight: int
    why: str


_WEIGHTS = {CLOSED: 0, SCOPE_LOST: 1, REASSIGNED: 2}


def _lost(member: Member, held: Holding, after: int) -> _Loss | None:
    """Why they meet no more; None if they do, or never did at a commit >= `after`."""
    if member.scope != held.scope or not _met(member, held, after):
        return None
    if member.end is not None and (held.end is None or member.end <= held.end):
        why = member.why or REASSIGNED
        return _Loss(member.end, _WEIGHTS[why], why)
    return None if held.end is None else _Loss(held.end, _WEIGHTS[SCOPE_LOST], SCOPE_LOST)


def _met(member: Member, held: Holding, after: int) -> bool:
    """True if stay and holding overlapped at some commit >= `after`."""
    ends = [end for end in (member.end, held.end) if end is not None]
    end = min(ends) if ends else None
    return end is None or (end > after and max(member.start, held.start) < end)


def changed_stays(
    root: str, wanted: Iterable[tuple[str, str]], current: Iterable[Member], seq: int, closed: Container[str] = ()
) -> list[Member]:
    """The stays to write so that `root` lies in exactly `wanted` (scope, because) pairs from commit `seq` on.

    Stays that end in one of the scopes `closed` say so.
    """
    target = set(wanted)
    open_now = {(member.scope, member.because): member for member in current if member.end is None}
    ended = [
        Member(root, member.scope, member.because, member.start, seq, CLOSED if member.scope in closed else None)
        for key, member in sorted(open_now.items())
        if key not in target
    ]
    return ended + [Member(root, scope, because, seq) for scope, because in sorted(target - open_now.keys())]


def changed_holdings(user: str, wanted: Iterable[str], current: Iterable[Holding], seq: int) -> list[Holding]:
    """The holdings to write so that `user` holds exactly the scopes `wanted` from commit `seq` on."""
    target = set(wanted)
    open_now = {held.scope: held for held in current if held.end is None}
    ended = [Holding(user, scope, held.start, seq) for scope, held in sorted(open_now.items()) if scope not in target]
    return ended + [Holding(user, scope, seq) for scope in sorted(target - open_now.keys())]
