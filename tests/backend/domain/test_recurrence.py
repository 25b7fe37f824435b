"""Recurrence of patrols: no gap, no drift, whatever the month, the year or the holidays (R-152, R-161, R-162)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.recurrence import Impossible, Occurrence, Recurrence, absorbed, check, occurrences
from backend.domain.work_calendar import NoDayList
from tests.backend.domain.calendars import calendar

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)


def days(rule, first=FIRST, last=LAST):
    """The due days between two days, as ISO text."""
    return [one.due.isoformat() for one in occurrences(rule, first, last, calendar())]


def rule(kind, anchor=date(2026, 1, 31), **settings):
    """A recurrence from 31 January 2026 on."""
    return Recurrence(kind, anchor, **settings)


def test_r_152_daily_is_every_day():
    assert days(rule("daily"), last=date(2026, 2, 3)) == ["2026-01-31", "2026-02-01", "2026-02-02", "2026-02-03"]


def test_r_152_four_times_a_week_is_on_the_chosen_weekdays():
    plan = rule("weekdays", weekdays=frozenset({0, 1, 3, 5}))
    assert days(plan, last=date(2026, 2, 7)) == ["2026-01-31", "2026-02-02", "2026-02-03", "2026-02-05", "2026-02-07"]


def test_r_152_every_second_week_counts_from_the_anchors_week():
    plan = rule("weekdays", anchor=date(2026, 1, 7), weekdays=frozenset({2}), every=2)
    assert days(plan, last=date(2026, 2, 10)) == ["2026-01-07", "2026-01-21", "2026-02-04"]


def test_r_152_the_31st_falls_on_the_last_day_of_a_short_month_and_comes_back():
    expected = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]
    assert days(rule("months"), last=date(2026, 5, 31)) == expected


@pytest.mark.parametrize(("every", "count"), [(1, 24), (3, 8), (6, 4), (12, 2)])
def test_r_152_monthly_quarterly_half_yearly_and_yearly_come_so_often_in_two_years(every, count):
    assert len(days(rule("months", anchor=date(2026, 1, 1), every=every))) == count


def test_r_152_a_leap_day_is_kept_in_leap_years():
    plan = rule("months", anchor=date(2024, 2, 29), every=12)
    assert days(plan, date(2024, 1, 1), date(2028, 12, 31))[::4] == ["2024-02-29", "2028-02-29"]
    assert days(plan, date(2025, 1, 1), date(2025, 12, 31)) == ["2025-02-28"]


def test_r_152_chosen_days_recur_each_year():
    plan = rule("chosen", dates=((10, 15), (5, 15)))
    assert days(plan) == ["2026-05-15", "2026-10-15", "2027-05-15", "2027-10-15"]


def test_r_162_a_patrol_before_the_thunder_season_is_due_its_lead_days_before():
    assert days(rule("season", dates=((4, 15),), lead_days=14)) == ["2026-04-01", "2027-04-01"]


def test_a_run_of_holidays_gets_one_patrol():
    assert days(rule("holiday", lead_days=1), last=date(2027, 12, 30)) == ["2026-09-30"]


def test_a_patrol_before_holidays_is_not_silently_left_out_where_nobody_entered_them():
    with pytest.raises(NoDayList, match="2028"):
        days(rule("holiday", lead_days=1))


def test_an_event_plan_is_due_only_when_somebody_starts_it():
    assert days(rule("event")) == []


@pytest.mark.parametrize(
    ("shift", "expected"), [("stay", "2026-10-01"), ("before", "2026-09-30"), ("after", "2026-10-08")]
)
def test_a_due_day_in_the_holidays_moves_as_the_plan_says(shift, expected):
    plan = rule("months", anchor=date(2026, 1, 1), shift=shift)
    assert expected in days(plan, date(2026, 9, 25), date(2026, 10, 25))


def test_daily_visits_moved_out_of_the_holidays_are_one_visit():
    plan = rule("daily", shift="after")
    assert days(plan, date(2026, 9, 30), date(2026, 10, 9)) == ["2026-09-30", "2026-10-08", "2026-10-09"]
    assert days(plan, date(2026, 10, 3), date(2026, 10, 8)) == []  # however the horizon cuts the week


@given(st.integers(0, 700), st.integers(1, 60), st.sampled_from([1, 2, 3, 6]), st.sampled_from(["stay", "after"]))
def test_cutting_the_horizon_anywhere_neither_loses_nor_doubles_a_day(start, length, every, shift):
    plan = rule("months", every=every, shift=shift)
    cut = FIRST + timedelta(days=start)
    end = min(cut + timedelta(days=length), LAST)
    parts = days(plan, FIRST, cut) + days(plan, cut + timedelta(days=1), end)
    assert parts == days(plan, FIRST, end)


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (rule("weekdays"), "weekdays"),
        (rule("chosen"), "dates"),
        (rule("chosen", dates=((2, 30),)), "dates"),
        (rule("daily", every=0), "every"),
        (rule("months", until=date(2026, 1, 1)), "until"),
        (rule("weekdays", weekdays=frozenset({0, 2}), tolerance_after=2), "tolerance"),
        (rule("months", tolerance_before=20, tolerance_after=20), "tolerance"),
        (rule("chosen", dates=((5, 1), (5, 5)), tolerance_after=4), "tolerance"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_what_is_wrong(plan, field):
    with pytest.raises(Impossible) as refused:
        check(plan)
    assert refused.value.field == field


def test_a_plan_with_a_window_inside_its_period_is_taken():
    check(replace(rule("months", every=3), tolerance_before=7, tolerance_after=7))


def test_the_larger_service_absorbs_the_smaller_one_due_in_its_window():
    quarter = Occurrence(date(2026, 6, 1), date(2026, 6, 1), date(2026, 5, 25), date(2026, 6, 8))
    year = Occurrence(date(2026, 6, 5), date(2026, 6, 5), date(2026, 5, 5), date(2026, 7, 5))
    late = replace(year, due=date(2026, 6, 9))
    assert absorbed(quarter, year)
    assert not absorbed(quarter, late)
