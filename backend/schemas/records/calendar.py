"""Work calendars: reference data with two day lists that an administrator edits."""

from backend.schemas.access import ADMINISTRATION
from backend.schemas.fields import Day, Integer, Text
from backend.schemas.records.shapes import NAMES
from backend.schemas.structures import List, Set, Struct
from backend.schemas.synced import Rules, Synced
from sync.policy import FIXED

HOURS = Struct({"opens": Integer(0, 1440, required=True), "closes": Integer(0, 1440, required=True)})


class WorkCalendar(Synced):
    """Working hours in minutes of the day, weekdays with 0 = Monday, holidays and make-up workdays (调休).

    `years` are the years whose two lists are complete; others refuse to count working days.
    """

    rules = Rules("work_calendar", "create set", create=ADMINISTRATION, write=ADMINISTRATION, is_root=True)
    key = Text(60, merge=FIXED, required=True)
    name = Struct(NAMES, required=True)
    timezone = Text(60, required=True)
    weekdays = Set(Integer(0, 6), 7, required=True)
    hours = List(HOURS, 6, required=True)
    holidays = Set(Day(), 2000, group="days")
    workdays = Set(Day(), 400, group="days")
    years = Set(Integer(2000, 2200), 100, group="days")
