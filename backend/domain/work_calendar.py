"""Work calendars: which days and hours count as working time, in the zone of a site."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

COMPANY_ZONE = ZoneInfo("Asia/Shanghai")  # where nobody said another one
DAY = timedelta(days=1)
MINUTE = 60_000
FOREVER = 253_402_214_400_000

Span = tuple[int, int]  # from, until; milliseconds since 1970 in UTC


class NoDayList(Exception):
    """Nobody has entered the holidays and make-up workdays of this year: working days cannot be counted."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no day list for {year}")
        self.year = year


@dataclass(frozen=True)
class WorkCalendar:
    """Weekdays (0 = Monday), working hours as (from, until) minutes of the day, and the two day lists.

    What lies between two pairs of hours is a break. `years` are the years whose day lists are entered.
    """

    zone: ZoneInfo
    weekdays: frozenset[int]
    hours: tuple[tuple[int, int], ...]
    holidays: frozenset[date]
    workdays: frozenset[date]
    years: frozenset[int]

    def works(self, day: date) -> bool:
        """True for a working day; raises NoDayList for a year without day lists."""
        if day.year not in self.years:
            raise NoDayList(day.year)
        return day in self.workdays or (day.weekday() in self.weekdays and day not in self.holidays)

    def spans(self, start: int) -> Iterator[Span]:
        """The working time from `start` on, span by span, for ever."""
        day = local_day(start, self.zone)
        while True:
            if self.works(day):
                for opens, closes in self.hours:
                    span = max(at(day, opens, self.zone), start), at(day, closes, self.zone)
                    if span[0] < span[1]:
                        yield span
            day += DAY

    def working_hours(self, day: date) -> Span:
        """From the first to the last working minute of a day."""
        return at(day, self.hours[0][0], self.zone), at(day, self.hours[-1][1], self.zone)


def local_day(moment: int, zone: ZoneInfo) -> date:
    """The calendar day of a moment in a zone."""
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(zone).date()


def at(day: date, minute: int, zone: ZoneInfo) -> int:
    """The moment of a wall-clock minute; 1440 is the midnight that ends the day.

    A minute that a change to summer time leaves out is read with the offset before the change (PEP 495, fold 0).
    """
    days, minutes = divmod(minute, 1440)
    local = datetime.combine(day + days * DAY, time(minutes // 60, minutes % 60), zone)
    return round(local.timestamp() * 1000)


def ends(day: date, zone: ZoneInfo) -> int:
    """The midnight that ends a local day."""
    return at(day, 1440, zone)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def without(spans: Iterator[Span], pauses: tuple[Span, ...]) -> Iterator[Span]:
    """`spans` less the pauses; pauses are ordered and do not overlap."""
    for start, until in spans:
        for paused, resumed in pauses:
            if resumed <= start or paused >= until:
                continue
            if start < paused:
                yield start, paused
            start = min(resumed, until)
        if start < until:
            yield start, until


def walk(spans: Iterator[Span], amount: int) -> int | None:
    """The moment when `amount` ms of the spans have passed; None if they end before."""
    for start, until in spans:
        if amount <= until - start:
            return start + amount
        amount -= until - start
    return None
