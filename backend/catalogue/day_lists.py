"""Day lists of work calendars, seeded from the holidays library; afterwards an administrator keeps them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import holidays


@dataclass(frozen=True)
class DayLists:
    """Holidays, make-up workdays (调休), and the years for which both are known."""

    holidays: tuple[date, ...]
    workdays: tuple[date, ...]
    years: tuple[int, ...]


def day_lists(country: str, years: Iterable[int]) -> DayLists:
    """What the library knows of a country.

    A year whose make-up workdays are not published yet is left out: its statutory days alone would be a guess.
    """
    known = holidays.country_holidays(country, years=years)
    makeups = sorted(known.weekend_workdays)
    published = sorted({day.year for day in makeups} & set(years))
    days = sorted(day for day in known if day.year in published)
    return DayLists(tuple(days), tuple(day for day in makeups if day.year in published), tuple(published))
