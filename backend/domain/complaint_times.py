"""What is promised on a complaint: the timers its policy sets, the moments that count, and who is told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from backend.domain import complaint
from backend.domain.deadline import MINUTES, ROUND_THE_CLOCK, WORKING_DAYS, Course, Timer
from backend.domain.derived import Change, create_root
from backend.domain.work_calendar import DAY, WorkCalendar, add_months, at, local_day
from sync.records import Record

Data = Mapping[str, Any]

# Limit of the policy's setting `complaint` -> what starts its clock, and what ends it.
TIMERS = {
    "acknowledge": ("received", "acknowledged"),
    "arrive": ("received", "arrived"),
    "investigate": ("received", "investigated"),
    "opinion": ("received", "investigated"),
    "execute": ("confirmed", "executed"),
}
EVENTS = ("received", "acknowledged", "arrived", "investigated", "confirmed", "executed")


def timers(policy: Data) -> Iterator[tuple[str, Timer]]:
    """(key, timer) of every limit that the policy sets; one that it leaves out promises nothing."""
    limits = (policy.get("settings") or {}).get("complaint") or {}
    for name, (start, stop) in TIMERS.items():
        limit = limits.get(name)
        if limit is not None:
            yield name, _timer(name, start, stop, limit)


def _timer(name: str, start: str, stop: str, limit: Data) -> Timer:
    if "working_days" in limit:
        count, unit = limit["working_days"], WORKING_DAYS
    else:
        count, unit = limit["hours"] * 60, MINUTES
    return Timer(name, start, stop, count, unit, ROUND_THE_CLOCK, limit["source"])


def course(root: Record, known_until: int) -> Course:
    """The moments of a complaint; what was not done when it was closed is not waited for any longer."""
    data = root.data
    events = {name: int(data[f"{name}_at"]) for name in EVENTS if data.get(f"{name}_at") is not None}
    if data.get("closed_at") is not None:
        closed = int(data["closed_at"])
        events |= {stop: events.get(stop, closed) for _, stop in TIMERS.values()}
    return Course(events, (), known_until)


def told(ladder: Mapping[int, Sequence[str]], data: Data) -> dict[int, Sequence[str]]:
    """The ladder without those whom the complaint concerns; if nobody is left on a step, the others are told.

    A complaint that concerns everybody is told to everybody.
    """
    concerned = set(data.get("engineers") or ())
    left = {share: [one for one in people if one not in concerned] for share, people in ladder.items()}
    others = sorted({one for people in left.values() for one in people})
    return {share: people or others or ladder[share] for share, people in left.items()}


def concerned(data: Data, order: Data) -> list[str]:
    """Who does not ask the customer about it: its engineers and handler, and who worked on its order."""
    people = {data.get("handler"), order.get("assignee")}
    return sorted(str(one) for one in people.union(data.get("engineers") or (), order.get("crew") or ()) if one)


def audited(root: Record, people: Iterable[str], calendar: WorkCalendar, now: int) -> tuple[list[Change], int | None]:
    """At the end of each month who is told of a record that is not whole, and when the next month ends."""
    if not complaint.absent(root.data):
        return [], None
    first = local_day(now, calendar.zone).replace(day=1)
    begins, ends = at(first, 0, calendar.zone), at(add_months(first, 1), 0, calendar.zone)
    if begins <= int(root.data["received_at"]):
        return [], ends
    month = (first - DAY).isoformat()[:7]
    return [_audit_notice(root, month, begins, to) for to in people], ends


def _audit_notice(root: Record, month: str, moment: int, to: str) -> Change:
    about = f"notice {root.id} audit {month} {to}"
    values = {"to": to, "kind": "record_incomplete", "complaint": root.id, "at": moment}
    return create_root(about, "notice", values, moment)
