"""The Chinese working calendar that decisions about deadlines are tabled against."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from backend.domain.work_calendar import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_SIX = ((9 * 60, 12 * 60), (13 * 60, 18 * 60))


def calendar(zone: ZoneInfo = SHANGHAI, hours=NINE_TO_SIX) -> WorkCalendar:
    """Monday to Friday, 9-12 and 13-18; National Day 1-7 October 2026 off, Saturday 10 October worked instead."""
    holidays = frozenset(date(2026, 10, day) for day in range(1, 8))
    return WorkCalendar(zone, frozenset(range(5)), hours, holidays, frozenset({date(2026, 10, 10)}), years(2024, 2027))


def years(first: int, last: int) -> frozenset[int]:
    """The years whose day lists are entered."""
    return frozenset(range(first, last + 1))


def ms(text: str, zone: ZoneInfo = SHANGHAI) -> int:
    """The moment of a wall-clock time such as `2026-10-08 09:00`."""
    return round(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


def wall(moment: int, zone: ZoneInfo = SHANGHAI) -> str:
    """The wall-clock time of a moment."""
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M")
