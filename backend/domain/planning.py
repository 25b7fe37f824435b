"""Rules of patrol plans, and of the calendars and zones that they are counted in."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backend.domain.recurrence import STAY, Impossible, Recurrence, check
from backend.domain.work_calendar import WorkCalendar
from sync.errors import InvalidValue
from sync.trade import Draft, Family

Data = Mapping[str, Any]


def recurrence(plan: Data) -> Recurrence:
    """The recurrence that a plan's fields describe."""
    until = plan.get("until")
    return Recurrence(
        plan["recurrence"],
        date.fromisoformat(plan["anchor"]),
        plan.get("every") or 1,
        frozenset(plan.get("weekdays") or ()),
        tuple((one["month"], one["day"]) for one in plan.get("dates") or ()),
        plan.get("lead_days") or 0,
        plan.get("shift") or STAY,
        date.fromisoformat(until) if until else None,
        plan.get("tolerance_before") or 0,
        plan.get("tolerance_after") or 0,
    )


def work_calendar(data: Data, zone: ZoneInfo | None = None) -> WorkCalendar:
    """The calendar that a record's fields describe, read in `zone` if one is given."""
    return WorkCalendar(
        zone or ZoneInfo(data["timezone"]),
        frozenset(data["weekdays"]),
        tuple((one["opens"], one["closes"]) for one in data["hours"]),
        _days(data.get("holidays")),
        _days(data.get("workdays")),
        frozenset(data.get("years") or ()),
    )


def _days(texts: list[str] | None) -> frozenset[date]:
    return frozenset(date.fromisoformat(one) for one in texts or ())


def check_calendar(draft: Draft, _: Family) -> None:
    """Days that exist and are in one list only, hours in order, a zone that there is."""
    data: Data = draft.data
    _demand_zone(data["timezone"])
    for name in ("holidays", "workdays"):
        demand_days(data.get(name) or (), name)
    if set(data.get("holidays") or ()) & set(data.get("workdays") or ()):
        raise InvalidValue("overlapping_days", field="workdays")
    if not data["hours"]:
        raise InvalidValue("no_hours", field="hours")
    minutes = [minute for one in data["hours"] for minute in (one["opens"], one["closes"])]
    if minutes != sorted(set(minutes)):
        raise InvalidValue("overlapping_hours", field="hours")


def check_site(draft: Draft, _: Family) -> None:
    """A zone that there is."""
    data: Data = draft.data
    if data.get("timezone") is not None:
        _demand_zone(data["timezone"])


def _demand_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidValue("unknown_zone", field="timezone") from None


def check_plan(draft: Draft, _: Family) -> None:
    """A plan for at least one machine that is due at some time."""
    data: Data = draft.data
    if not data["assets"]:
        raise InvalidValue("never_due", field="assets")
    for name in ("anchor", "until"):
        demand_days([data[name]] if data.get(name) else (), name)
    try:
        check(recurrence(data))
    except Impossible as impossible:
        raise InvalidValue(impossible.reason.replace(" ", "_"), field=impossible.field) from None


def demand_days(texts: Iterable[str], name: str) -> None:
    """Days that there are: the pattern of a day lets 30 February through."""
    try:
        for text in texts:
            date.fromisoformat(text)
    except ValueError:
        raise InvalidValue("no_such_day", field=name) from None
