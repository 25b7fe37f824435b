"""Deadlines: a timer of the service policy applied to the events of one order, with its whole explanation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backend.domain.work_calendar import (
    DAY,
    FOREVER,
    MINUTE,
    NoDayList,
    Span,
    WorkCalendar,
    add_months,
    ends,
    local_day,
    walk,
    without,
)

ROUND_THE_CLOCK = "24x7"
WARNINGS = (50, 80, 100)  # share of the limit in percent, told to the assignee
LADDER = (100, 150, 200)  # told to one superior more at each step
SHARES = tuple(sorted({*WARNINGS, *LADDER}))

MINUTES, WORKING_DAYS, DAYS, MONTHS = "min", "wd", "d", "mo"
UNITS = (MINUTES, WORKING_DAYS, DAYS, MONTHS)

RUNNING, PAUSED, MET, MISSED, BREACHED, UNKNOWN, NO_CALENDAR, WITHDRAWN = (
    "running", "paused", "met", "missed", "breached", "unknown", "no_calendar", "withdrawn",
)  # fmt: skip


# What ends a timer unless its policy names another event (domain: default clock events).
STOPS = {
    "reply": "answered",
    "respond": "accepted",
    "assign": "assigned",
    "arrive": "arrived",
    "start": "repairing",
    "plan": "planned",
    "solve": "solved",
    "replace": "replaced",
    "loaner": "loaned",
    "factory": "solved",
    "report": "reported",
}


@dataclass(frozen=True, slots=True)
class Timer:
    """A promise: the stop event within `limit` units of the start event.

    Minutes run round the clock or in working hours, as `calendar` says; working days, days and months count whole
    local days, the day of the start not included.
    """

    name: str
    start: str
    stop: str
    limit: int
    unit: str
    calendar: str
    source: str
    pausable: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """What happened on an order: event name -> moment, pauses (an open one ends in FOREVER).

    `known_until` is the moment up to which the field's events are known: the receipt of the last exchange of the
    device that has to report the stop event.
    """

    events: Mapping[str, int]
    pauses: Sequence[Span]
    known_until: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """A timer's result; `points` are (share in percent, moment). `missing_year` names a year without day list."""

    timer: Timer
    start_at: int
    due_at: int | None
    points: tuple[tuple[int, int], ...]
    pauses: tuple[Span, ...]
    state: str
    stopped_at: int | None
    missing_year: int | None = None


def deadline(timer: Timer, course: Course, calendar: WorkCalendar, now: int) -> Deadline | None:
    """The deadline of one timer, None before its clock starts. `calendar` carries the site's zone in any case."""
    start = course.events.get(timer.start)
    if start is None:
        return None
    stopped = course.events.get(timer.stop)
    pauses = _counted(timer, course.pauses, start)
    try:
        points = tuple((share, _moment(timer, start, pauses, calendar, share)) for share in SHARES)
    except NoDayList as missing:
        return Deadline(timer, start, None, (), pauses, NO_CALENDAR, stopped, missing.year)
    due = dict(points)[100]
    state = _state(due, stopped, pauses, course.known_until, now)
    return Deadline(timer, start, due, points, pauses, state, stopped)


def _counted(timer: Timer, pauses: Sequence[Span], start: int) -> tuple[Span, ...]:
    if not timer.pausable:
        return ()
    return tuple((max(paused, start), resumed) for paused, resumed in sorted(pauses) if resumed > start)


def _state(due: int, stopped: int | None, pauses: tuple[Span, ...], known_until: int, now: int) -> str:
    if stopped is not None:
        return MET if stopped <= due else MISSED
    if any(paused <= now < resumed for paused, resumed in pauses):
        return PAUSED
    if now <= due:
        return RUNNING
    return BREACHED if known_until > due else UNKNOWN


def _moment(timer: Timer, start: int, pauses: tuple[Span, ...], calendar: WorkCalendar, share: int) -> int:
    """When `share` percent of the limit is used up; FOREVER while an open pause holds the clock."""
    if timer.unit == MINUTES:
        spans = calendar.spans(start) if timer.calendar != ROUND_THE_CLOCK else iter([(start, FOREVER)])
        used = timer.limit * MINUTE * share // 100
        return start if used == 0 else _walk(spans, pauses, used)
    due = _day_end(timer, start, pauses, calendar)
    return min(start + (due - start) * share // 100, FOREVER)


def _walk(spans: Iterator[Span], pauses: tuple[Span, ...], used: int) -> int:
    if pauses and pauses[-1][1] >= FOREVER:
        spans = _until(spans, pauses[-1][0])
    moment = walk(without(spans, pauses), used)
    return FOREVER if moment is None else moment


def _until(spans: Iterator[Span], end: int) -> Iterator[Span]:
    for start, until in spans:
        if start >= end:
            return
        yield start, min(until, end)


def _day_end(timer: Timer, start: int, pauses: tuple[Span, ...], calendar: WorkCalendar) -> int:
    day = local_day(start, calendar.zone)
    if timer.unit == WORKING_DAYS:
        return _working_day_end(day, timer.limit, pauses, calendar)
    last = add_months(day, timer.limit) if timer.unit == MONTHS else day + timer.limit * DAY
    held = sum(resumed - paused for paused, resumed in pauses)
    return min(ends(last, calendar.zone) + held, FOREVER)


def _working_day_end(day: date, count: int, pauses: tuple[Span, ...], calendar: WorkCalendar) -> int:
    """The end of work on the last of `count` working days; a day whose hours were all paused does not count."""
    if pauses and pauses[-1][1] >= FOREVER:
        return FOREVER
    while count:
        day += DAY
        if calendar.works(day) and not _all_paused(calendar.working_hours(day), pauses):
            count -= 1
    return calendar.working_hours(day)[1]


def _all_paused(hours: Span, pauses: tuple[Span, ...]) -> bool:
    return any(paused <= hours[0] and hours[1] <= resumed for paused, resumed in pauses)
