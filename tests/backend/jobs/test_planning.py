"""What the desk and the administrator may not plan is refused with what is wrong and where; nothing is half saved."""

from typing import Any

import pytest

from tests.backend.company import CUSTOMER
from tests.backend.jobs.clockwork import Clockwork, catalogue, made_id

PLAN = "9" * 32


def asked(clockwork: Clockwork, username: str, kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """The verdict on somebody's wish to make a record."""
    speaker = clockwork.company.speaker(username)
    made = speaker.operation(kind, PLAN, PLAN, "create", {"values": values})
    [answer] = speaker.sync(made)["answers"]
    return answer


def plan(clockwork: Clockwork, **settings: Any) -> dict[str, Any]:
    """A monthly plan of one machine, but for these settings."""
    about = {"branch": clockwork.branch, "name": "月度巡检", "customer": CUSTOMER, "site": made_id("site")}
    what = {"template": clockwork.template, "assets": [made_id("machine 1")]}
    return {**about, **what, "recurrence": "months", "anchor": "2026-11-22", **settings}


@pytest.mark.parametrize(
    ("settings", "field", "reason"),
    [
        ({"recurrence": "weekdays"}, "weekdays", "never_due"),
        ({"recurrence": "season"}, "dates", "never_due"),
        ({"assets": []}, "assets", "never_due"),
        ({"recurrence": "chosen", "dates": [{"month": 2, "day": 30}]}, "dates", "no_such_day"),
        ({"anchor": "2026-02-30"}, "anchor", "no_such_day"),
        ({"until": "2026-11-31"}, "until", "no_such_day"),
        ({"until": "2026-11-21"}, "until", "before_the_first_day"),
        ({"recurrence": "daily", "tolerance_before": 1}, "tolerance", "longer_than_the_period"),
        ({"tolerance_after": 28}, "tolerance", "longer_than_the_period"),
    ],
)
def test_r_152_an_impossible_plan_is_refused_with_field_and_reason(clockwork: Clockwork, settings, field, reason):
    answer = asked(clockwork, "desk", "patrol_plan", plan(clockwork, **settings))
    assert (answer["verdict"], answer["code"]) == ("parked", "invalid_value")
    assert answer["detail"] == {"reason": reason, "field": field}
    assert clockwork.all("patrol_plan") == []


def test_r_152_the_widest_window_that_fits_its_period_is_taken(clockwork: Clockwork):
    settings = {"tolerance_before": 13, "tolerance_after": 14}
    assert asked(clockwork, "desk", "patrol_plan", plan(clockwork, **settings))["verdict"] == "applied"


def calendar(**changes: Any) -> dict[str, Any]:
    """The office calendar, but for these changes."""
    return {**catalogue().calendars[0], "key": "other", **changes}


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"holidays": ["2026-10-10"], "workdays": ["2026-10-10"]}, "workdays", "overlapping_days"),
        ({"hours": [{"opens": 540, "closes": 800}, {"opens": 780, "closes": 1080}]}, "hours", "overlapping_hours"),
        ({"hours": []}, "hours", "no_hours"),
        ({"holidays": ["2026-02-30"]}, "holidays", "no_such_day"),
        ({"timezone": "Asia/Nowhere"}, "timezone", "unknown_zone"),
    ],
)
def test_r_007_a_calendar_that_contradicts_itself_is_refused(clockwork: Clockwork, changes, field, reason):
    before = len(clockwork.all("work_calendar"))
    answer = asked(clockwork, "admin", "work_calendar", calendar(**changes))
    assert answer["detail"] == {"reason": reason, "field": field}
    assert len(clockwork.all("work_calendar")) == before


def test_r_007_only_an_administrator_edits_calendars(clockwork: Clockwork):
    assert asked(clockwork, "desk", "work_calendar", calendar())["verdict"] == "parked"
    assert asked(clockwork, "admin", "work_calendar", calendar())["verdict"] == "applied"


@pytest.mark.parametrize("zone", ["Asia", "Asia/Nowhere", "../../etc/passwd", "a/b"])
def test_r_007_a_site_lies_in_a_zone_that_there_is(clockwork: Clockwork, zone: str):
    known = {"branch": clockwork.branch, "customer": CUSTOMER, "name": "二号车间"}
    wrong = {"reason": "unknown_zone", "field": "timezone"}
    assert asked(clockwork, "desk", "site", {**known, "timezone": zone})["detail"] == wrong
    desk, site = clockwork.company.speaker("desk"), made_id("site")
    moved = desk.operation("site", site, site, "set", {"timezone": {"was": "Asia/Shanghai", "to": zone}})
    assert desk.sync(moved)["answers"][0]["detail"] == wrong


def test_a_site_may_say_no_zone(clockwork: Clockwork):
    known = {"branch": clockwork.branch, "customer": CUSTOMER, "name": "二号车间"}
    assert asked(clockwork, "desk", "site", known)["verdict"] == "applied"
