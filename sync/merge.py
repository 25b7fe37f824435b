"""Rule 8: what becomes of one field, or one merge group, when an operation meets the live value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from sync.policy import ANSWER, Field
from sync.values import value

_CAUTION = ("fail", "open", "na", "pass")  # most cautious first


class Outcome(Enum):
    """What to do with a unit: a field or a merge group."""

    NOTHING = "nothing"  # the value is there already
    APPLY = "apply"  # the author saw the live value
    REPLACE = "replace"  # the author saw an open candidate: it takes that candidate's place
    CLASH = "clash"  # he saw neither: both values are kept


@value
class Unit:
    """A field or merge group with the values an operation saw and wants; a group's values are mappings."""

    name: str
    rule: Field
    fields: tuple[str, ...]
    was: object
    to: object


def decide(unit: Unit, live: object, candidates: Sequence[object]) -> Outcome:
    """The outcome for `unit`; `candidates` are the values of the open candidates."""
    if live == unit.to:
        return Outcome.NOTHING
    if live == unit.was:
        return Outcome.APPLY
    return Outcome.REPLACE if unit.was in candidates else Outcome.CLASH


def prevails(unit: Unit, live: object, author: str, holder: str) -> bool:
    """True if the new value shows although its author had not seen the live one, which becomes a candidate.

    `author` and `holder` are the sides of the operation's author and of the live value's writer.
    """
    if unit.rule.merge == ANSWER:
        return _caution(unit.to) < _caution(live)
    return author == unit.rule.owner and holder != unit.rule.owner


def _caution(answer: object) -> int:
    result = answer.get("result") if isinstance(answer, Mapping) else None
    return _CAUTION.index(result) if result in _CAUTION else _CAUTION.index("open")
