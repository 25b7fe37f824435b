"""When the events of a visit happened: what counts for the promises of an order, and who may say otherwise."""

from collections.abc import Iterable, Mapping
from typing import Any

from sync.errors import InvalidValue, Refused
from sync.event_time import Moment
from sync.records import Record
from sync.trade import Draft, Family

# Field of the order -> the visit event that gives it, and which of several.
MILESTONES = {
    "accepted_at": ("accept", min),
    "arrived_at": ("arrive", min),
    "started_at": ("start", min),
    "finished_at": ("finish", max),
}

AT_THE_DESK = frozenset({"hold", "resume"})


def check_event(draft: Draft, _: Family) -> None:
    """What happens on site is told by who is there; that an order waits, and goes on, the desk may say too."""
    if "engineer" not in draft.roles and draft.data["kind"] not in AT_THE_DESK:
        raise Refused("forbidden_field", {"field": "kind", "state": None})


def timed(draft: Draft) -> dict[str, object]:
    """The time that counts; of a doubtful one also what the device said, when it arrived, and why it is doubted."""
    moment = draft.moment
    if moment.doubt is None:
        return {"event_time": moment.claimed}
    known = {"device_time": moment.claimed, "received_time": moment.latest, "doubt": moment.doubt}
    return {"event_time": _less_favourable(draft.data.get("kind"), moment), **known}


def _less_favourable(kind: object, moment: Moment) -> int:
    """The end of a pause as early as it may have been, everything else as late: both are worse for the company."""
    if kind == "resume" and moment.earliest is not None:
        return moment.earliest
    return moment.latest


def check_ruling(draft: Draft, _: Family) -> None:
    """Only a doubtful time is ruled on, with a reason, and not into the future."""
    if "doubt" not in draft.data:
        raise Refused("immutable", {"field": "ruled_time"})
    time = draft.data.get("ruled_time")
    if not isinstance(time, int):
        raise InvalidValue("required", field="ruled_time")
    if time > draft.now:
        raise InvalidValue("in_the_future", field="ruled_time")
    if not str(draft.data.get("ruled_because") or "").strip():
        raise InvalidValue("missing_reason", field="ruled_because")


def ruled(draft: Draft) -> dict[str, object]:
    """The time that counts after a ruling."""
    return {"event_time": draft.data["ruled_time"]}


def milestones(family: Family) -> dict[str, object]:
    """The times of an order that follow from its visit events, as far as they change."""
    known: Mapping[str, Any] = family.root.data if family.root else {}
    events = [one for one in family.of("visit_event") if "event_time" in one.data]
    found = {name: pick(times) for name, (kind, pick) in MILESTONES.items() if (times := _times(events, kind))}
    return {name: time for name, time in found.items() if known.get(name) != time}


def _times(events: Iterable[Record], kind: str) -> list[int]:
    return [int(one.data["event_time"]) for one in events if one.data.get("kind") == kind]
