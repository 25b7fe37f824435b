"""The due days of every kind of plan, worked out by another library: the judge of the scheduler."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule


@dataclass(frozen=True)
class Kind:
    """One recurrence: the fields of its plan, and the days on which it is due between two days."""

    name: str
    settings: Mapping[str, object]
    days: Callable[[date, date], list[date]]


def _days(freq: int, anchor: str, **rules: object) -> Callable[[date, date], list[date]]:
    def between(first: date, last: date) -> list[date]:
        start = datetime.fromisoformat(anchor)
        until = datetime.combine(last, datetime.min.time())
        return [one.date() for one in rrule(freq, dtstart=start, until=until, **rules) if one.date() >= first]

    return between


def _before(lead: int, month: int, day: int) -> Callable[[date, date], list[date]]:
    def between(first: date, last: date) -> list[date]:
        found = [date(year, month, day) - timedelta(days=lead) for year in range(first.year, last.year + 2)]
        return [one for one in found if first <= one <= last]

    return between


# The last of the 29th, 30th and 31st that a month has is what rrule calls bysetpos -1.
CLAMPED = {"bymonthday": (28, 29, 30, 31), "bysetpos": -1}

KINDS = (
    Kind("daily", {"recurrence": "daily", "anchor": "2024-01-01"}, _days(DAILY, "2024-01-01")),
    Kind(
        "four a week",
        {"recurrence": "weekdays", "weekdays": [0, 2, 4, 6], "anchor": "2024-01-01"},
        _days(WEEKLY, "2024-01-01", byweekday=(0, 2, 4, 6)),
    ),
    Kind(
        "weekly",
        {"recurrence": "weekdays", "weekdays": [3], "anchor": "2024-01-01"},
        _days(WEEKLY, "2024-01-01", byweekday=3),
    ),
    Kind(
        "monthly on the 31st",
        {"recurrence": "months", "anchor": "2024-01-31"},
        _days(MONTHLY, "2024-01-31", **CLAMPED),
    ),
    Kind(
        "quarterly",
        {"recurrence": "months", "every": 3, "anchor": "2024-01-15"},
        _days(MONTHLY, "2024-01-15", interval=3),
    ),
    Kind(
        "half-yearly",
        {"recurrence": "months", "every": 6, "anchor": "2024-08-31"},
        _days(MONTHLY, "2024-08-31", interval=6, **CLAMPED),
    ),
    Kind(
        "yearly on leap day",
        {"recurrence": "months", "every": 12, "anchor": "2024-02-29"},
        _days(YEARLY, "2024-02-29", bymonth=2, bymonthday=(28, 29), bysetpos=-1),
    ),
    Kind(
        "May and October",
        {"recurrence": "chosen", "dates": [{"month": 5, "day": 10}, {"month": 10, "day": 10}], "anchor": "2024-01-01"},
        _days(YEARLY, "2024-01-01", bymonth=(5, 10), bymonthday=10),
    ),
    Kind(
        "before the thunder season",
        {"recurrence": "season", "dates": [{"month": 4, "day": 15}], "lead_days": 14, "anchor": "2024-01-01"},
        _before(14, 4, 15),
    ),
    Kind(
        "before National Day",
        {"recurrence": "holiday", "lead_days": 1, "anchor": "2024-01-01"},
        _before(1, 10, 1),
    ),
    Kind("after an event", {"recurrence": "event", "anchor": "2024-01-01"}, lambda _first, _last: []),
)
