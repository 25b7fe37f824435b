"""Conditions as data, and what of one is still unmet for an order and its records.

The app evaluates the same data; shared test vectors hold both evaluators to one meaning.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from backend.domain import checklist, quotation, report
from sync.trade import Family

Condition = Mapping[str, Any]
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: the kind of condition and what it looks at."""

    kind: str
    target: str


def holds(condition: Condition, data: Data, family: Family) -> bool:
    """True if nothing of the condition is unmet."""
    return not gaps(condition, data, family)


def gaps(condition: Condition, data: Data, family: Family) -> list[Gap]:
    """What is unmet of `condition`, looked at over the fields `data` and the order's records."""
    ((kind, argument),) = condition.items()
    return _KINDS[kind](argument, data, family)


def types(condition: Condition) -> frozenset[str]:
    """The record types a condition looks at, the order itself left out."""
    ((kind, argument),) = condition.items()
    if kind in ("all", "any"):
        return frozenset().union(*map(types, argument))
    if kind == "not":
        return types(argument)
    if kind in ("has", "every"):
        return frozenset({argument["type"]})
    return _LOOKED_AT.get(kind, frozenset())


def _set(field: str, data: Data, _: Family) -> list[Gap]:
    return [] if data.get(field) is not None else [Gap("set", field)]


def _in(argument: list[Any], data: Data, _: Family) -> list[Gap]:
    field, values = argument
    return [] if data.get(field) in values else [Gap("in", field)]


def _equals(argument: list[Any], data: Data, _: Family) -> list[Gap]:
    field, value = argument
    return [] if data.get(field) == value else [Gap("equals", field)]


def _all(conditions: list[Condition], data: Data, family: Family) -> list[Gap]:
    return [gap for condition in conditions for gap in gaps(condition, data, family)]


def _any(conditions: list[Condition], data: Data, family: Family) -> list[Gap]:
    """Nothing if one alternative holds, else what the first, the usual one, lacks."""
    unmet = [gaps(condition, data, family) for condition in conditions]
    return unmet[0] if all(unmet) else []


def _not(condition: Condition, data: Data, family: Family) -> list[Gap]:
    return [] if gaps(condition, data, family) else [Gap("not", next(iter(condition)))]


def _has(argument: Data, _: Data, family: Family) -> list[Gap]:
    where = argument.get("where", {"all": []})
    found = any(holds(where, record.data, family) for record in family.of(argument["type"]))
    return [] if found else [Gap("has", argument["type"])]


def _every(argument: Data, _: Data, family: Family) -> list[Gap]:
    records = family.of(argument["type"])
    return [Gap("every", one.id) for one in records if not holds(argument["holds"], one.data, family)]


def _checklist(argument: Data, _: Data, family: Family) -> list[Gap]:
    ((question, phase),) = argument.items()
    lists = list(family.of("checklist"))
    if question == "complete":
        missing = checklist.incomplete(lists, family.of("photo"))
    elif question == "found":
        missing = checklist.without_finding(lists, family.of("finding"))
    else:
        missing = [name for test in _QUESTIONS[question] for name in test(lists, phase)]
    return [Gap("checklist", name) for name in missing]


def _quotation(wanted: list[str], _: Data, family: Family) -> list[Gap]:
    now = quotation.status(family.of("quotation"), family.of("consent"), family.of("signature"))
    return [] if now in wanted else [Gap("quotation", now)]


def _report(wanted: list[str], _: Data, family: Family) -> list[Gap]:
    now = report.status(family.of("report"), family.of("review"))
    return [] if now in wanted else [Gap("report", now)]


_QUESTIONS = {
    "answered": (checklist.unanswered,),
    "passed": (checklist.unanswered, checklist.failed),
    "started": (checklist.not_started,),
}

_LOOKED_AT = {
    "checklist": frozenset({"checklist", "photo", "finding"}),
    "quotation": frozenset({"quotation", "consent", "signature"}),
    "report": frozenset({"report", "review"}),
}

_KINDS: Mapping[str, Callable[[Any, Data, Family], list[Gap]]] = {
    "set": _set,
    "in": _in,
    "equals": _equals,
    "all": _all,
    "any": _any,
    "not": _not,
    "has": _has,
    "every": _every,
    "checklist": _checklist,
    "quotation": _quotation,
    "report": _report,
}
