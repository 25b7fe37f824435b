"""What happened on an order and when: the events and pauses that its deadlines count."""

from collections.abc import Iterator, Mapping
from typing import Any

from backend.domain import checklist
from backend.domain.deadline import Course
from backend.domain.work_calendar import FOREVER, Span
from backend.domain.work_order import PATROLS
from sync.clock import parse_time
from sync.records import Record
from sync.trade import Family

Data = Mapping[str, Any]

# The field of an order that holds the moment of an event.
FIELDS = {
    "received": "received_at",
    "appointment_start": "appointment_start",
    "appointment_end": "appointment_end",
    "remote_failed": "remote_failed_at",
}

# The event of a visit that is an event of the clock.
VISIT = {
    "accept": ("accepted", "answered"),
    "depart": ("departed",),
    "arrive": ("arrived",),
    "start": ("repairing",),
    "finish": ("finished",),
}


def course(family: Family, known_until: int) -> Course:
    """The events of an order, each at the first moment it happened, and its pauses."""
    events: dict[str, int] = {}
    for name, moment in sorted(_events(family), key=lambda one: one[1]):
        events.setdefault(name, moment)
    return Course(events, pauses(family), known_until)


def happened(record: Record) -> int:
    """When a record's fact happened: its judged event time, else the device's own word."""
    known = record.data.get("event_time")
    return int(known) if known is not None else max((_marked(mark.at) for mark in record.marks.values()), default=0)


def pauses(family: Family) -> tuple[Span, ...]:
    """From each hold to the next resume; one that goes on ends in FOREVER."""
    moments = sorted((happened(one), one.data["kind"]) for one in family.of("visit_event"))
    found: list[Span] = []
    since: int | None = None
    for moment, kind in moments:
        if kind == "hold" and since is None:
            since = moment
        elif kind == "resume" and since is not None:
            found.append((since, moment))
            since = None
    return (*found, (since, FOREVER)) if since is not None else tuple(found)


def _events(family: Family) -> Iterator[tuple[str, int]]:
    root = family.root
    assert root is not None
    for name, field in FIELDS.items():
        if root.data.get(field) is not None:
            yield name, int(root.data[field])
    if root.data.get("assignee") and "assignee" in root.marks:
        yield "assigned", _marked(root.marks["assignee"].at)
    for event in family.of("visit_event"):
        for name in VISIT.get(event.data["kind"], ()):
            yield name, happened(event)
    for quotation in family.of("quotation"):
        if quotation.data.get("state") == "presented":
            yield "planned", _marked(quotation.marks["state"].at)
    for part in family.of("part_use"):
        yield "replaced", _marked(part.marks["name"].at)
    if root.data.get("type") in PATROLS:  # a round is finished when the customer's engineer has signed it
        signed = [one for one in family.of("signature") if one.data.get("document") == "acceptance"]
        yield from (("finished", happened(one)) for one in signed)
    for report in family.of("report"):
        yield "reported", happened(report)
    yield from _solved(family)


def _solved(family: Family) -> Iterator[tuple[str, int]]:
    """When the last test item passed; an order without test items is solved when its work is reported done."""
    lists = list(family.of("checklist"))
    tests = [(one, item) for one, item in checklist.items(lists, "test") if item["required"]]
    if tests:
        if not checklist.unanswered(lists, "test") and not checklist.failed(lists, "test"):
            yield "solved", max(_marked(one.marks[f"answers/{item['id']}"].at) for one, item in tests)
    else:
        yield from (("solved", happened(one)) for one in family.of("report") if one.data.get("result") == "done")


def _marked(text: str) -> int:
    return parse_time(text) if text else 0
