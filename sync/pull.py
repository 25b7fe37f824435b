"""Pull: a function of cursor, user and database, in one consistent read; the server remembers nothing it sent."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from sync.scopes import held_now, lost_since, visible_since
from sync.store import Head, Holding, Member, PageRow, Reader


@dataclass(frozen=True, slots=True)
class Page:
    """One page: roots that left (root, why), roots sent whole, rows in their latest state, and how far it reaches."""

    left: list[tuple[str, str]]
    entered: list[str]
    rows: list[PageRow]
    through: int
    head: Head

    @property
    def more(self) -> bool:
        """True if commits beyond this page wait."""
        return self.through < self.head.seq


def pull(reader: Reader, user: str, position: int, limit: int, whole: int | None) -> Page:
    """What changed for this user after commit `position`; about `limit` rows, an entering root is never split.

    The device is being sent what was visible at commit `whole`, None for the newest, or has it already.
    """
    head = reader.head()
    if position == head.seq:
        return Page([], [], [], head.seq, head)
    holdings = reader.holdings(user)
    held = held_now(holdings)
    entering, last = reader.entering(held, position, limit)
    until = head.seq if last is None else last
    first = head.seq if whole is None else whole
    rows, reach = _changed(reader, held, position, limit, until, first)
    whole_rows, entered, through = _whole_roots(reader, entering, rows, reach, limit)
    rows = [row for row in rows if row.seq <= through]
    left = _left(reader, holdings, held, position, through)
    return Page(left, entered, whole_rows + rows, through, head)


def _changed(
    reader: Reader, held: dict[str, int], position: int, limit: int, until: int, first: int
) -> tuple[list[PageRow], int]:
    """Changed rows of roots held before, and the commit up to which they are complete.

    Before commit `first` there are none: what came of a first snapshot came in its latest state.
    """
    if position < first:
        return [], min(until, first)
    rows = reader.changed(held, position, until, limit)
    return rows, rows[-1].seq if len(rows) >= limit else until


def _whole_roots(
    reader: Reader, entering: Sequence[tuple[int, str]], rows: Sequence[PageRow], reach: int, limit: int
) -> tuple[list[PageRow], list[str], int]:
    """Entering roots, whole, in the order they entered, until the page is full; and how far the page reaches."""
    whole: list[PageRow] = []
    entered: list[str] = []
    seqs = [row.seq for row in rows]
    for chunk in _chunks([one for one in entering if one[0] <= reach], max(limit // 4, 1)):
        families = _families(reader, chunk)
        for position, roots in groupby(chunk, key=itemgetter(0)):
            if entered and len(whole) + bisect_right(seqs, position) >= limit:
                return whole, entered, position - 1
            for _, root in roots:
                entered.append(root)
                whole += families[root]
    return whole, entered, reach


def _families(reader: Reader, entering: Sequence[tuple[int, str]]) -> dict[str, list[PageRow]]:
    """Entering roots with all their rows, read many roots at a time."""
    families: dict[str, list[PageRow]] = {root: [] for _, root in entering}
    for row in reader.whole(families):
        families[row.root].append(row)
    return families


def _chunks(entering: Sequence[tuple[int, str]], size: int) -> Iterator[Sequence[tuple[int, str]]]:
    """Slices of about `size` roots that never part roots which entered at one position."""
    start = 0
    while start < len(entering):
        end = min(start + size, len(entering))
        while end < len(entering) and entering[end][0] == entering[end - 1][0]:
            end += 1
        yield entering[start:end]
        start = end


def _left(
    reader: Reader, holdings: list[Holding], held: dict[str, int], position: int, through: int
) -> list[tuple[str, str]]:
    """Roots visible at some moment since `position` that are not visible now, or enter on a page after `through`."""
    if position == 0:
        return []
    lost = lost_since(reader, holdings, position)
    stays: dict[str, list[Member]] = {root: [] for root in lost}
    for member in reader.members(lost) if lost else ():
        stays[member.root].append(member)
    since = {root: visible_since(stays[root], held) for root in lost}
    return sorted((root, why) for root, why in lost.items() if (entered := since[root]) is None or entered > through)
