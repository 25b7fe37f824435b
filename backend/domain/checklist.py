"""Checklists: the verdict of a measured value, and what is still to be answered."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from sync.errors import InvalidValue
from sync.records import Record

DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")

Item = Mapping[str, Any]


def verdict(value: str, minimum: str | None, maximum: str | None) -> str:
    """`pass` within the limits, both inclusive, else `fail`; a limit that is not set never fails."""
    number = Decimal(value)
    if minimum is not None and number < Decimal(minimum):
        return "fail"
    if maximum is not None and number > Decimal(maximum):
        return "fail"
    return "pass"


def check_answer(item: Item, given: Mapping[str, Any], field: str) -> None:
    """Refuse a result that contradicts the verdict of the measured value; the value itself is never refused."""
    value, result = given.get("value"), given.get("result")
    if item["kind"] != "number" or value is None or result == "na":
        return
    if not DECIMAL.fullmatch(value):
        raise InvalidValue("not_decimal", field=field)
    if result != verdict(value, item["minimum"], item["maximum"]):
        raise InvalidValue("wrong_verdict", field=field)


def answer(checklist: Record, item: Item) -> Mapping[str, Any]:
    """The answer to an item; empty while there is none."""
    return checklist.data.get(f"answers/{item['id']}") or {}


def items(checklists: Iterable[Record], phase: str) -> Iterator[tuple[Record, Item]]:
    """Every item of a phase, with its checklist."""
    for checklist in checklists:
        for item in checklist.data.get("items") or []:
            if item["phase"] == phase:
                yield checklist, item


def unanswered(checklists: Iterable[Record], phase: str) -> list[str]:
    """Required items of a phase that have no result."""
    return [
        _name(checklist, item)
        for checklist, item in items(checklists, phase)
        if item["required"] and not answer(checklist, item).get("result")
    ]


def failed(checklists: Iterable[Record], phase: str) -> list[str]:
    """Required items of a phase that did not pass."""
    return [
        _name(checklist, item)
        for checklist, item in items(checklists, phase)
        if item["required"] and answer(checklist, item).get("result") == "fail"
    ]


def not_started(checklists: Iterable[Record], phase: str) -> list[str]:
    """The items of a phase while none of them has a result."""
    found = list(items(checklists, phase))
    if any(answer(checklist, item).get("result") for checklist, item in found):
        return []
    return [_name(checklist, item) for checklist, item in found]


def incomplete(checklists: Iterable[Record], photos: Iterable[Record]) -> list[str]:
    """Items that lack a required result, the note or photo of a failure, or the reason for a critical n/a.

    A machine that was skipped with a reason owes nothing.
    """
    pictured = {(photo.data.get("checklist"), photo.data.get("item")) for photo in photos}
    return [
        _name(checklist, item)
        for checklist in checklists
        if not checklist.data.get("skipped_because")
        for item in checklist.data.get("items") or []
        if not _complete(item, answer(checklist, item), (checklist.id, item["id"]) in pictured)
    ]


def _complete(item: Item, given: Mapping[str, Any], pictured: bool) -> bool:
    result = given.get("result")
    if result == "fail":
        return bool(given.get("note")) and (pictured or item["photo_on_fail"] is False)
    if result == "na":
        return not item["critical"] or bool(given.get("reason"))
    return bool(result) or not item["required"]


def _name(checklist: Record, item: Item) -> str:
    return f"{checklist.id}/{item['id']}"
