"""Who sees what: roots stay in scopes, users hold scopes, both with a history in commit numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def lost_by_closing(members: Iterable[Member], holdings: Iterable[Holding]) -> bool:
    """True if the last of these stays that met a holding ended because the work was over."""
    held = list(holdings)
    met = (one for one in members if any(one.scope == mine.scope and _met(one, mine, 0) for mine in held))
    last = max(met, key=lambda one: (one.end is None, one.end or 0, one.why is None), default=None)
    return last is not None and last.why == CLOSED


def _spans(stay: Member | Holding, position: int) -> bool:
    return stay.start <= position and (stay.end is None or stay.end > position)


def lost_since(reader: Reader, holdings: list[Holding], after: int) -> dict[str, str]:
    """root -> why, for every root that stopped being visible to the user through some scope after `after`.

    Such a root may be visible still or again through another stay; the caller decides.
    """
    spans: dict[str, list[Holding]] = {}
    for held in holdings:
        spans.setdefault(held.scope, []).append(held)
    lost: dict[str, str] = {}
    for member in reader.ended(spans.keys(), after):
        if any(_met(member, held, after) for held in spans[member.scope]):
            known = lost.setdefault(member.root, member.why or REASSIGNED)
            lost[member.root] = known if member.why else REASSIGNED
    dropped = [held for held in holdings if held.end is not None and held.end > after]
    if dropped:
        for member in reader.inside({held.scope for held in dropped}):
            if any(held.scope == member.scope and _met(member, held, after) for held in dropped):
                lost.setdefault(member.root, SCOPE_LOST)
    return lost


def _met(member: Member, held: Holding, after: int) -> bool:
    """True if stay and holding overlapped at some commit >= `after`."""
    ends = [end for end in (member.end, held.end) if end is not None]
    end = min(ends) if ends else None
    return end is None or (end > after and max(member.start, held.start) < end)


def changed_stays(
    root: str, wanted: Iterable[tuple[str, str]], current: Iterable[Member], seq: int, why: str | None = None
) -> list[Member]:
    """The stays to write so that `root` lies in exactly `wanted` (scope, because) pairs from commit `seq` on.

    `why` is kept with the stays that end.
    """
    target = set(wanted)
    open_now = {(member.scope, member.because): member for member in current if member.end is None}
    ended = [
        Member(root, member.scope, member.because, member.start, seq, why)
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
