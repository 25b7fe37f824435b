"""Rule 8: what becomes of one field, or one merge group, when an operation meets the live value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from sync.policy import ANSWER, Field

_CAUTION = ("fail", "open", "na", "pass")  # most cautious first


class Outcome(Enum):
    """What to do with a unit: a field or a merge group."""

    NOTHING = "nothing"  # the value is there already
    APPLY = "apply"  # the author saw the live value
    REPLACE = "replace"  # the author saw an open candidate: it takes that candidate's place
    SHOW_NEW = "show_new"  # a clash: the new value shows, the live one becomes a candidate
    KEEP_LIVE = "keep_live"  # a clash: the live value stays, the new one becomes a candidate


@dataclass(frozen=True, slots=True)
class Unit:
    """A field or merge group with the values an operation saw and wants; a group's values are mappings."""

    name: str
    rule: Field
    fields: tuple[str, ...]
    was: object
    to: object


def decide(unit: Unit, live: object, candidates: Sequence[object], author: str, holder: str) -> Outcome:
    """The outcome for `unit`.

    `candidates` are the values of the open candidates, `author` and `holder` the sides of the operation's author
    and of the live value's writer.
    """
    if live == unit.to:
        return Outcome.NOTHING
    if live == unit.was:
        return Outcome.APPLY
    if any(candidate == unit.was for candidate in candidates):
        return Outcome.REPLACE
    if unit.rule.merge == ANSWER:
        return Outcome.SHOW_NEW if _caution(unit.to) < _caution(live) else Outcome.KEEP_LIVE
    if author == unit.rule.owner and holder != unit.rule.owner:
        return Outcome.SHOW_NEW
    return Outcome.KEEP_LIVE


def _caution(answer: object) -> int:
    result = answer.get("result") if isinstance(answer, Mapping) else None
    return _CAUTION.index(result) if result in _CAUTION else _CAUTION.index("open")
