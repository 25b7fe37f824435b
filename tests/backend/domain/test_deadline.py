"""Decision tables for deadlines, exact to the minute (R-006, R-007, R-060, R-061, R-064)."""

import pytest

from backend.domain.deadline import Course, Timer, deadline
from backend.domain.work_calendar import FOREVER
from tests.backend.domain.calendars import BERLIN, SHANGHAI, calendar, ms, wall

NEVER = ms("2030-01-01 00:00")


def timer(limit, unit="min", when="24x7", pausable=False):
    """A timer from `received` to `arrive`."""
    return Timer("arrive", "received", "arrived", limit, unit, when, "T-000", pausable)


def due(one, received, pauses=(), zone=SHANGHAI):
    """The wall-clock time at which a timer started at `received` is due."""
    spans = tuple((ms(start, zone), ms(end, zone) if end else FOREVER) for start, end in pauses)
    found = deadline(one, Course({"received": ms(received, zone)}, spans, NEVER), calendar(zone), NEVER)
    return wall(found.due_at, zone) if found.due_at < FOREVER else "held"


@pytest.mark.parametrize(
    ("limit", "received", "expected"),
    [
        (240, "2026-11-20 23:59", "2026-11-21 03:59"),
        (1440, "2026-10-01 10:00", "2026-10-02 10:00"),
        (0, "2026-11-20 10:00", "2026-11-20 10:00"),
        (1440, "2026-02-28 12:00", "2026-03-01 12:00"),
        (1440, "2028-02-28 12:00", "2028-02-29 12:00"),
    ],
)
def test_r_007_round_the_clock_no_night_and_no_holiday_stops_the_clock(limit, received, expected):
    assert due(timer(limit), received) == expected


@pytest.mark.parametrize(
    ("hours", "received", "expected"),
    [
        (4, "2026-11-20 10:00", "2026-11-20 15:00"),  # the lunch break does not count
        (4, "2026-11-20 16:00", "2026-11-23 11:00"),  # Friday afternoon to Monday
        (1, "2026-11-20 23:59", "2026-11-23 10:00"),
        (8, "2026-11-20 09:00", "2026-11-20 18:00"),  # due when work ends, not next morning
        (1, "2026-09-30 17:30", "2026-10-08 09:30"),  # over National Day
        (9, "2026-10-09 17:00", "2026-10-10 18:00"),  # the make-up Saturday is worked
        (1, "2026-10-11 08:00", "2026-10-12 10:00"),  # the Sunday after it is not
        (3, "2026-11-20 12:30", "2026-11-20 16:00"),  # received in the break
    ],
)
def test_r_007_working_hours_skip_breaks_nights_and_holidays_and_count_make_up_days(hours, received, expected):
    assert due(timer(hours * 60, when="office"), received) == expected


@pytest.mark.parametrize(
    ("limit", "unit", "received", "expected"),
    [
        (3, "wd", "2026-11-20 10:00", "2026-11-25 18:00"),
        (3, "wd", "2026-09-30 10:00", "2026-10-10 18:00"),  # 8, 9 and the make-up Saturday 10 October
        (1, "wd", "2026-11-21 10:00", "2026-11-23 18:00"),
        (2, "d", "2026-11-20 23:59", "2026-11-23 00:00"),
        (1, "mo", "2026-01-31 10:00", "2026-03-01 00:00"),
        (1, "mo", "2028-01-31 10:00", "2028-03-01 00:00"),
        (12, "mo", "2028-02-29 10:00", "2029-03-01 00:00"),
    ],
)
def test_r_007_days_and_months_end_with_the_local_day_and_working_days_with_its_work(limit, unit, received, expected):
    assert due(timer(limit, unit), received) == expected


def test_a_day_with_a_change_to_summer_time_keeps_its_hours():
    assert due(timer(240, when="office"), "2026-03-28 10:00", zone=BERLIN) == "2026-03-30 14:00"
    assert due(timer(24 * 60), "2026-03-28 10:00", zone=BERLIN) == "2026-03-29 11:00"


@pytest.mark.parametrize(
    ("one", "pauses", "expected"),
    [
        (timer(240, pausable=True), [("2026-11-20 11:00", "2026-11-20 13:00")], "2026-11-20 16:00"),
        (timer(240), [("2026-11-20 11:00", "2026-11-20 13:00")], "2026-11-20 14:00"),
        (timer(240, pausable=True), [("2026-11-20 08:00", "2026-11-20 11:00")], "2026-11-20 15:00"),
        (timer(240, pausable=True), [("2026-11-20 14:00", "2026-11-20 18:00")], "2026-11-20 14:00"),
        (timer(240, pausable=True), [("2026-11-20 11:00", None)], "held"),
        (timer(60, pausable=True), [("2026-11-20 12:00", None)], "2026-11-20 11:00"),
        (timer(2, "wd", pausable=True), [("2026-11-23 08:00", "2026-11-23 19:00")], "2026-11-25 18:00"),
        (timer(240, when="office", pausable=True), [("2026-11-20 11:00", "2026-11-20 14:00")], "2026-11-20 17:00"),
    ],
)
def test_r_064_a_pause_counts_only_where_the_policy_allows_it(one, pauses, expected):
    assert due(one, "2026-11-20 10:00", pauses) == expected


def states(arrived, known_until, now):
    """The state of a four-hour timer received at 10:00."""
    events = {"received": ms("2026-11-20 10:00")} | ({"arrived": ms(arrived)} if arrived else {})
    return deadline(timer(240), Course(events, (), ms(known_until)), calendar(), ms(now)).state


@pytest.mark.parametrize(
    ("arrived", "known_until", "now", "expected"),
    [
        (None, "2026-11-20 10:30", "2026-11-20 13:59", "running"),
        (None, "2026-11-20 10:30", "2026-11-20 14:01", "unknown"),  # the tablet is in the basement
        (None, "2026-11-20 14:30", "2026-11-20 15:00", "breached"),
        ("2026-11-20 13:59", "2026-11-22 10:00", "2026-11-22 10:00", "met"),  # made in time, synced late
        ("2026-11-20 14:01", "2026-11-22 10:00", "2026-11-22 10:00", "missed"),
        ("2026-11-20 14:00", "2026-11-20 14:00", "2026-11-20 14:00", "met"),
    ],
)
def test_r_060_r_061_what_is_not_known_is_no_breach_and_a_visit_in_time_is_none_however_late_it_arrives(
    arrived, known_until, now, expected
):
    assert states(arrived, known_until, now) == expected


def test_a_year_without_day_list_is_said_and_never_guessed():
    course = Course({"received": ms("2027-12-31 10:00")}, (), NEVER)
    found = deadline(timer(3, "wd"), course, calendar(), NEVER)
    assert (found.state, found.due_at, found.missing_year) == ("no_calendar", None, 2028)


def test_r_057_warnings_and_the_ladder_stand_at_their_share_of_the_limit():
    found = deadline(timer(240), Course({"received": ms("2026-11-20 10:00")}, (), NEVER), calendar(), NEVER)
    assert [(share, wall(moment)[11:]) for share, moment in found.points] == [
        (50, "12:00"),
        (80, "13:12"),
        (100, "14:00"),
        (150, "16:00"),
        (200, "18:00"),
    ]


def test_no_deadline_before_its_clock_starts():
    assert deadline(timer(240), Course({}, (), NEVER), calendar(), NEVER) is None
