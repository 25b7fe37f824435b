"""Checklists: the verdict of a measured value, and what is still to be answered."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from sync.errors import InvalidValue
from sync.records import Record

DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
RATIO = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")

Item = Mapping[str, Any]


def verdict(value: str, minimum: str | None, maximum: str | None) -> str:
    """`pass` within the limits, both inclusive, else `fail`; a limit that is not set never fails."""
    number = Decimal(value)
    if minimum is not None and number < Decimal(minimum):
        return "fail"
    if maximum is not None and number > Decimal(maximum):
        return "fail"
    return "pass"


def ratio_verdict(value: str, maximum: str | None) -> str:
    """`value` is `out/total`; `fail` from `maximum` percent out on, or with any out if there is no limit (003#18)."""
    out, total = map(int, value.split("/"))
    if maximum is None:
        return "fail" if out else "pass"
    return "fail" if out * 100 >= Decimal(maximum) * total else "pass"


def judged(item: Item, value: str) -> str | None:
    """The verdict that a value leads to by itself; None where a person judges. Raises InvalidValue for a bad shape."""
    if item["kind"] == "number":
        if not DECIMAL.fullmatch(value):
            raise InvalidValue("not_decimal")
        return "fail" if _touches_limit(item, value) else verdict(value, item["minimum"], item["maximum"])
    if item["kind"] == "count_ratio":
        if not _is_ratio(value):
            raise InvalidValue("not_ratio")
        return ratio_verdict(value, item["maximum"])
    chosen = [one for one in item.get("options") or [] if one["code"] == value]
    return "fail" if item["kind"] == "choice" and any(one.get("defect") for one in chosen) else None


def _touches_limit(item: Item, value: str) -> bool:
    """True for a value exactly on a limit that is not allowed itself."""
    return any(
        item.get(f"{limit}_exclusive") and item[limit] is not None and Decimal(value) == Decimal(item[limit])
        for limit in ("minimum", "maximum")
    )


def check_answer(item: Item, given: Mapping[str, Any], field: str) -> None:
    """Refuse a result that contradicts the verdict of the measured value; the value itself is never refused."""
    value, result = given.get("value"), given.get("result")
    if value is None or result == "na" or (result is None and item["kind"] == "choice"):
        return
    try:
        expected = judged(item, value)
    except InvalidValue as invalid:
        raise InvalidValue(str(invalid.detail["reason"]), field=field) from None
    if expected is not None and result != expected:
        raise InvalidValue("wrong_verdict", field=field)


def _is_ratio(value: str) -> bool:
    found = RATIO.fullmatch(value)
    return found is not None and 0 < int(found[2]) >= int(found[1])


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
    """Items that lack a required result, an instrument, the note or photo of a failure, or the reason for an n/a.

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


def without_finding(checklists: Iterable[Record], findings: Iterable[Record]) -> list[str]:
    """Failed items of the machines that were not skipped, for which nobody said what becomes of it."""
    known = {(one.data.get("checklist"), one.data.get("item")) for one in findings}
    return [
        _name(checklist, item)
        for checklist in checklists
        if not checklist.data.get("skipped_because")
        for item in checklist.data.get("items") or []
        if answer(checklist, item).get("result") == "fail" and (checklist.id, item["id"]) not in known
    ]


def _complete(item: Item, given: Mapping[str, Any], pictured: bool) -> bool:
    result = given.get("result")
    if result == "na":
        return not item["critical"] or bool(given.get("reason"))
    if result and item.get("instrument") and not given.get("instrument"):
        return False
    if result == "fail":
        return bool(given.get("note")) and (pictured or item["photo_on_fail"] is False)
    return bool(result) or not item["required"]


def _name(checklist: Record, item: Item) -> str:
    return f"{checklist.id}/{item['id']}"
