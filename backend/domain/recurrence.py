"""Recurrence of a patrol plan: its due days, derived from the plan's anchor and never from the last visit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from backend.domain.work_calendar import DAY, NoDayList, WorkCalendar, add_months

DAILY, WEEKDAYS, MONTHS, CHOSEN, SEASON, HOLIDAY, EVENT = (
    "daily", "weekdays", "months", "chosen", "season", "holiday", "event",
)  # fmt: skip
KINDS = (DAILY, WEEKDAYS, MONTHS, CHOSEN, SEASON, HOLIDAY, EVENT)

STAY, BEFORE, AFTER = "stay", "before", "after"
SHIFTS = (STAY, BEFORE, AFTER)

LONGEST_HOLIDAY = 31  # days to look back for a visit that was moved onto the same day


class Impossible(ValueError):
    """A recurrence that makes no sense; `field` names what is wrong and `reason` why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When a plan is due.

    daily     every `every` days from the anchor on
    weekdays  on these `weekdays` (0 = Monday) of every `every`-th week, counted from the anchor's week
    months    every `every` months on the anchor's day, or the month's last day if it is shorter
    chosen    each year on these `dates` (month, day)
    season    each year `lead_days` before each of `dates`, the first days of a season
    holiday   `lead_days` before the first day of every run of holidays
    event     only when somebody starts it

    A due day that is no working day moves to the working day `before` or `after` it, or stays.
    """

    kind: str
    anchor: date
    every: int = 1
    weekdays: frozenset[int] = frozenset()
    dates: tuple[tuple[int, int], ...] = ()
    lead_days: int = 0
    shift: str = STAY
    until: date | None = None
    tolerance_before: int = 0
    tolerance_after: int = 0


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One due day. `nominal` is the day by the rule and never changes; `due` is where a holiday moved it."""

    nominal: date
    due: date
    opens: date
    closes: date


def occurrences(rule: Recurrence, first: date, last: date, calendar: WorkCalendar) -> Iterator[Occurrence]:
    """The occurrences whose nominal day lies in `first`..`last`, in order; days moved onto one day are one visit."""
    back = 0 if rule.shift == STAY else LONGEST_HOLIDAY
    last = last if rule.until is None else min(last, rule.until)
    taken: date | None = None
    for nominal in _DAYS[rule.kind](rule, max(first - back * DAY, rule.anchor), last, calendar):
        due = shifted(nominal, rule.shift, calendar)
        if due != taken and nominal >= first:
            yield Occurrence(nominal, due, due - rule.tolerance_before * DAY, due + rule.tolerance_after * DAY)
        taken = due


def shifted(day: date, shift: str, calendar: WorkCalendar) -> date:
    """The day itself if it is a working day or stays, else the nearest working day on the side `shift`."""
    step = {STAY: None, BEFORE: -DAY, AFTER: DAY}[shift]
    while step is not None and not calendar.works(day):
        day += step
    return day


def check(rule: Recurrence) -> None:
    """Raises Impossible for a plan that could never be due, or whose window is longer than its period."""
    if rule.every < 1:
        raise Impossible("every", "less than one")
    if rule.kind == WEEKDAYS and not rule.weekdays:
        raise Impossible("weekdays", "never due")
    if rule.kind in (CHOSEN, SEASON) and not rule.dates:
        raise Impossible("dates", "never due")
    for month, day in rule.dates:
        if not _exists(month, day):
            raise Impossible("dates", "no such day")
    if rule.until is not None and rule.until < rule.anchor:
        raise Impossible("until", "before the first day")
    window = rule.tolerance_before + rule.tolerance_after + 1
    if window > shortest_period(rule):
        raise Impossible("tolerance", "longer than the period")


def shortest_period(rule: Recurrence) -> int:
    """The fewest days between two nominal days; a plan that recurs by holidays or events has a week at least."""
    return _PERIODS[rule.kind](rule)


def absorbed(small: Occurrence, large: Occurrence) -> bool:
    """True if the larger service covers the smaller one: it is due while the smaller one's window is open."""
    return small.opens <= large.due <= small.closes


def _daily(rule: Recurrence, first: date, last: date, _: WorkCalendar) -> Iterator[date]:
    day = first + -(first - rule.anchor).days % rule.every * DAY
    while day <= last:
        yield day
        day += rule.every * DAY


def _weekdays(rule: Recurrence, first: date, last: date, _: WorkCalendar) -> Iterator[date]:
    monday = rule.anchor - rule.anchor.weekday() * DAY
    day = first
    while day <= last:
        if (day - monday).days // 7 % rule.every == 0 and day.weekday() in rule.weekdays:
            yield day
        day += DAY


def _months(rule: Recurrence, first: date, last: date, _: WorkCalendar) -> Iterator[date]:
    passed = (first.year - rule.anchor.year) * 12 + first.month - rule.anchor.month
    step = max(passed // rule.every, 0)
    while (day := add_months(rule.anchor, step * rule.every)) <= last:
        if day >= first:
            yield day
        step += 1


def _chosen(rule: Recurrence, first: date, last: date, _: WorkCalendar) -> Iterator[date]:
    """29 February falls on the 28th where the year has none."""
    for year in range(first.year, last.year + 2):
        for month, day in sorted(rule.dates):
            nominal = _in_year(year, month, day) - rule.lead_days * DAY
            if first <= nominal <= last:
                yield nominal


def _holiday(rule: Recurrence, first: date, last: date, calendar: WorkCalendar) -> Iterator[date]:
    """A year without day lists ends it: nobody knows whether there is a holiday."""
    lead = rule.lead_days * DAY
    for year in range((first + lead).year, (last + lead).year + 1):
        if year not in calendar.years:
            raise NoDayList(year)
        for day in sorted(one for one in calendar.holidays if one.year == year):
            if day - DAY not in calendar.holidays and first <= day - lead <= last:
                yield day - lead


def _never(_rule: Recurrence, _first: date, _last: date, _calendar: WorkCalendar) -> Iterator[date]:
    return iter(())


def _in_year(year: int, month: int, day: int) -> date:
    return add_months(date(2000, month, day), (year - 2000) * 12)


def _exists(month: int, day: int) -> bool:
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


def _week_gap(rule: Recurrence) -> int:
    days = sorted(rule.weekdays)
    ahead = [*days[1:], days[0] + 7 * rule.every]
    return min(later - day for day, later in zip(days, ahead, strict=True))


def _year_gap(rule: Recurrence) -> int:
    days = sorted(date(2001, month, min(day, 28) if month == 2 else day) for month, day in rule.dates)
    ahead = [*days[1:], add_months(days[0], 12)]
    return min((later - day).days for day, later in zip(days, ahead, strict=True))


_DAYS: Mapping[str, Callable[[Recurrence, date, date, WorkCalendar], Iterator[date]]] = {
    DAILY: _daily,
    WEEKDAYS: _weekdays,
    MONTHS: _months,
    CHOSEN: _chosen,
    SEASON: _chosen,
    HOLIDAY: _holiday,
    EVENT: _never,
}

_PERIODS: Mapping[str, Callable[[Recurrence], int]] = {
    DAILY: lambda rule: rule.every,
    WEEKDAYS: _week_gap,
    MONTHS: lambda rule: 28 * rule.every,
    CHOSEN: _year_gap,
    SEASON: _year_gap,
    HOLIDAY: lambda _: 7,
    EVENT: lambda _: 7,
}
