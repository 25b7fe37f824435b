"""Priority, fault level, grade, region and case choose the timers of an order, alone or together (R-009)."""

from typing import Any

import pytest

from tests.backend.company import START
from tests.backend.jobs.clockwork import Clockwork, catalogue, made_id
from tests.backend.jobs.test_promises import urgent

IT_SYSTEM = made_id("policy it-system")


def limits(clockwork: Clockwork, order: str, timer: str = "reply") -> set[int]:
    """The limits within which a timer is promised on an order."""
    clockwork.work()
    found = [one for one in clockwork.all("deadline") if (one["root"], one["name"]) == (order, timer)]
    return {one["limit"] for one in found if one["state"] != "withdrawn"}


def policy(clockwork: Clockwork, *timers: dict[str, Any], **settings: Any) -> str:
    """A policy with nothing but these conditions and limits."""
    (known,) = [one for one in catalogue().policies if one["key"] == "default"]
    rest = {"name": "reply", "start": "received", "stop": "answered", "unit": "min", "calendar": "24x7"}
    made = [{**rest, **one, "source": "proposed"} for one in timers]
    return clockwork.make("service_policy", "own", {**known, "key": "own", "timers": made, "settings": settings})


@pytest.mark.parametrize(("grade", "limit"), [("A", 10), ("B", 10), ("C", 30)])
def test_r_009_a_grade_alone_chooses_the_limit(clockwork: Clockwork, grade: str, limit: int):
    order = urgent(clockwork, policy=IT_SYSTEM, grade=grade)
    assert limits(clockwork, order) == {limit}


def test_r_009_priority_level_and_grade_are_asked_for_together(clockwork: Clockwork):
    both = {"priority": "urgent", "severity": "level_1", "grade": "A"}
    own = policy(clockwork, {**both, "limit": 5}, {"severity": "level_1", "limit": 60}, {"grade": "B", "limit": 90})
    known = {"policy": own, "severity": "level_1"}
    assert limits(clockwork, urgent(clockwork, "all", **known, grade="A")) == {5, 60}
    assert limits(clockwork, urgent(clockwork, "level", **known)) == {60}
    assert limits(clockwork, urgent(clockwork, "grade", **known, grade="B")) == {60, 90}


def test_r_009_a_policy_may_say_which_grade_a_fault_level_is(clockwork: Clockwork):
    own = policy(clockwork, {"grade": "A", "limit": 5}, {"grade": "C", "limit": 30}, grades={"level_1": "A"})
    assert limits(clockwork, urgent(clockwork, "level", policy=own, severity="level_1")) == {5}
    given = urgent(clockwork, "given", policy=own, severity="level_1", grade="C")
    assert limits(clockwork, given) == {30}


def test_r_056_an_order_graded_anew_is_promised_only_what_its_new_grade_asks_for(clockwork: Clockwork):
    order = urgent(clockwork, policy=IT_SYSTEM, grade="C")
    clockwork.work()
    for grade, expected in (("A", {10}), ("C", {30})):
        grade_anew(clockwork, order, grade)
        assert limits(clockwork, order) == expected
    states = {
        one["limit"]: one["state"]
        for one in clockwork.all("deadline")
        if one["root"] == order and one["name"] == "reply"
    }
    assert states == {10: "withdrawn", 30: "running"}


def grade_anew(clockwork: Clockwork, order: str, grade: str) -> None:
    """The desk says so."""
    desk = clockwork.company.speaker("desk")
    was = clockwork.company.record(order)["grade"]
    (answer,) = desk.sync(desk.operation("work_order", order, order, "set", {"grade": {"was": was, "to": grade}}))[
        "answers"
    ]
    assert answer["verdict"] == "applied"


def test_r_056_a_promise_whose_start_was_moved_is_kept_once(clockwork: Clockwork):
    known = {"type": "maintenance_planned", "priority": "planned"}
    order = urgent(clockwork, **known, appointment_start=START + 3_600_000)
    clockwork.work()
    who = clockwork.company.record(order)["assignee"]
    clockwork.change("work_order", order, assignee=who, appointment_start=START + 7_200_000, appointment_end=None)
    clockwork.work()
    found = [one for one in clockwork.all("deadline") if one["root"] == order and one["name"] == "arrive"]
    assert sorted((one["start_at"] - START, one["state"]) for one in found) == [
        (3_600_000, "withdrawn"),
        (7_200_000, "running"),
    ]


def test_a_timer_leaves_out_what_its_policy_names(clockwork: Clockwork):
    hospital, rental = {"policy": made_id("policy hospital-it")}, {"policy": made_id("policy rental-quality")}
    common, hard = urgent(clockwork, "common", **hospital), urgent(clockwork, "hard", **hospital, case="complex")
    assert [limits(clockwork, one, "solve") for one in (common, hard)] == [{480}, set()]
    assert [limits(clockwork, one, "plan") for one in (common, hard)] == [set(), {3}]
    far = {"remote_failed_at": START, "region_band": "remote", "region_reason": "山区"}
    near, distant = urgent(clockwork, "near", **rental), urgent(clockwork, "distant", **rental, **far)
    assert [limits(clockwork, one, "assign") for one in (near, distant)] == [{60}, {240}]
