"""Callbacks: visible exactly day 3 to day 7 in the site's days, and never by who did the job (R-171, R-172, R-178)."""

from datetime import date

import pytest

from backend.domain import callback_window as callbacks
from tests.backend.domain.calendars import BERLIN, SHANGHAI, calendar, ms, wall

HOUR = 3_600_000


@pytest.mark.parametrize("zone", [SHANGHAI, BERLIN])
@pytest.mark.parametrize("hour", range(0, 168))
def test_a_repair_finished_at_any_hour_is_called_back_on_local_days_three_to_seven(hour, zone):
    finished = ms("2026-10-23 00:00", zone) + hour * HOUR  # Berlin's clocks go back on the 25th
    opens, closes = callbacks.after_finish(finished, callbacks.AFTER_REPAIR, zone).span(zone)
    day = date.fromisoformat(wall(finished, zone)[:10])
    assert wall(opens, zone) == f"{date.fromordinal(day.toordinal() + 3)} 00:00"
    assert wall(closes, zone) == f"{date.fromordinal(day.toordinal() + 8)} 00:00"


def test_a_dissatisfied_customer_is_followed_up_within_two_working_days():
    assert callbacks.follow_up(ms("2026-09-30 17:00"), calendar()).closes == date(2026, 10, 9)


def test_periods_follow_the_anchor_without_drift():
    assert callbacks.period(date(2026, 1, 31), 6, 1) == callbacks.Window(date(2026, 1, 31), date(2026, 7, 30))
    assert callbacks.period(date(2026, 1, 31), 1, 2).opens == date(2026, 2, 28)


def test_r_178_who_did_the_job_does_not_call():
    assert not callbacks.may_call("e1", ["e1", "e2"])
    assert callbacks.may_call("d1", ["e1", "e2"])


@pytest.mark.parametrize(
    ("score", "outcome", "expected"),
    [(2, "suggestion", True), (3, "suggestion", False), (5, "defect_found", True), (None, "dissatisfied", True)],
)
def test_a_low_score_a_defect_or_dissatisfaction_opens_a_follow_up(score, outcome, expected):
    assert callbacks.opens_follow_up(score, outcome) is expected
