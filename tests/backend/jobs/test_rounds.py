"""Plans become rounds, once each, whatever stops in between (R-152 to R-154, R-164)."""

import json

import pytest

from backend.jobs.leader import Leader, NotLeading
from backend.services.watch import look_at
from tests.backend.company import CUSTOMER, Company
from tests.backend.jobs.clockwork import Clockwork, catalogue, made_id

DAY_MS = 86_400_000


def test_r_153_a_plan_makes_the_rounds_of_thirty_days_with_a_checklist_for_each_machine(clockwork: Clockwork):
    clockwork.plan(recurrence="weekdays", weekdays=[0, 3])
    clockwork.work()
    rounds = clockwork.rounds()
    assert [one["nominal_on"] for one in rounds][:3] == ["2026-11-23", "2026-11-26", "2026-11-30"]
    assert len(rounds) == 9
    lists = clockwork.all("checklist")
    assert len(lists) == 18
    assert {one["asset"] for one in lists} == {made_id("machine 1"), made_id("machine 2")}
    assert all(one["state"] == "dispatched" for one in rounds)


def test_a_machine_of_another_kind_is_inspected_by_its_own_checklist(clockwork: Clockwork):
    tour = made_id("pt-31-lighting-monthly-tour")
    clockwork.plan(templates=[{"asset": made_id("machine 2"), "template": tour}])
    clockwork.work()
    used = {(one["asset"], one["template"], one["name"]["en"]) for one in clockwork.all("checklist")}
    assert used == {
        (made_id("machine 1"), clockwork.template, "Repair checklist"),
        (made_id("machine 2"), tour, "Lighting, monthly tour"),
    }


def test_r_153_looking_again_makes_nothing_new(clockwork: Clockwork):
    clockwork.plan()
    clockwork.work()
    before = clockwork.all("work_order")
    clockwork.pass_time(hours=1)
    assert clockwork.all("work_order") == before


def test_r_153_a_second_scheduler_makes_nothing_while_the_first_leads(clockwork: Clockwork, company: Company):
    clockwork.work()
    clockwork.plan()
    second = Clockwork(company, "scheduler-2")
    assert second.work() == []
    with pytest.raises(NotLeading):
        second.leader.guard()
    clockwork.work()
    assert len(clockwork.rounds()) == 2


def test_r_153_a_leader_that_slept_overwrites_nothing_of_the_next_ones_notes(clockwork: Clockwork, company: Company):
    plan = clockwork.plan()
    clockwork.work()
    with clockwork.parts.database.write() as sql:
        sql.run("UPDATE leases SET until = 0")
    second = Clockwork(company, "scheduler-2")
    second.pass_time(days=1)
    noted = second.watched(plan)
    company.clock.now += DAY_MS
    with pytest.raises(NotLeading):
        look_at(clockwork.parts, [plan], clockwork.leader)
    assert second.watched(plan) == noted


def test_a_leader_that_resigns_is_followed_at_once(clockwork: Clockwork, company: Company):
    clockwork.work()
    clockwork.leader.resign()
    assert Leader(company.parts.database, "scheduler-2").claim()


def test_r_154_after_ten_days_of_standstill_every_due_round_is_there_and_past_ones_are_missed(clockwork: Clockwork):
    clockwork.plan(recurrence="daily", tolerance_after=0)
    clockwork.work()
    clockwork.pass_time(days=45)
    days = [one["nominal_on"] for one in clockwork.rounds()]
    assert days == sorted(set(days))
    assert len(days) == 31 + 45
    missed = [one for one in clockwork.rounds() if one["state"] == "missed"]
    assert len(missed) == 45
    assert all(one["missed_because"] for one in missed)


def test_r_164_a_round_not_begun_in_its_window_is_missed_at_the_midnight_that_closes_it(clockwork: Clockwork):
    clockwork.plan(tolerance_after=2)
    clockwork.work()
    clockwork.pass_time(days=2, hours=7, minutes=59)
    assert clockwork.rounds()[0]["state"] == "dispatched"
    clockwork.pass_time(minutes=1)
    assert clockwork.rounds()[0]["state"] == "missed"


def test_a_round_that_was_begun_is_not_missed(clockwork: Clockwork, company: Company):
    clockwork.plan()
    clockwork.work()
    engineer, order = company.speaker("one"), clockwork.rounds()[0]["id"]
    engineer.sync(
        engineer.operation("work_order", order, order, "transition", {"name": "inspect", "from": "dispatched"})
    )
    clockwork.pass_time(days=10)
    assert clockwork.rounds()[0]["state"] == "diagnosing"


def test_a_moved_round_keeps_its_place_in_the_plan(clockwork: Clockwork):
    clockwork.plan()
    clockwork.work()
    order = clockwork.rounds()[0]["id"]
    clockwork.change("work_order", order, due_on="2026-11-28", opens_on="2026-11-28", closes_on="2026-11-30")
    clockwork.pass_time(days=40)
    assert [one["nominal_on"] for one in clockwork.rounds()] == ["2026-11-22", "2026-12-22", "2027-01-22"]


def test_the_larger_service_absorbs_the_smaller_one_of_its_family(clockwork: Clockwork):
    clockwork.plan("quarter", name="季度", family="照明", rank=1, tolerance_before=0, tolerance_after=5)
    clockwork.plan("year", name="年度", family="照明", rank=2, recurrence="months", every=12, anchor="2026-11-25")
    clockwork.work()
    assert [(one["title"], one["nominal_on"]) for one in clockwork.rounds()] == [
        ("年度", "2026-11-25"),
        ("季度", "2026-12-22"),
    ]


def test_a_retired_machine_is_left_out_and_a_plan_without_machines_stops_and_says_so(clockwork: Clockwork):
    plan = clockwork.plan(recurrence="weekdays", weekdays=[0])
    clockwork.change("asset", made_id("machine 1"), retired_on=clockwork.today)
    clockwork.work()
    assert {one["asset"] for one in clockwork.all("checklist")} == {made_id("machine 2")}
    clockwork.change("asset", made_id("machine 2"), retired_on=clockwork.today)
    before = len(clockwork.rounds())
    clockwork.pass_time(days=2)
    assert len(clockwork.rounds()) == before
    (stopped,) = [one for one in clockwork.all("patrol_plan") if one["id"] == plan]
    assert stopped["stopped_because"] == "retired"
    assert [one["plan"] for one in clockwork.all("notice") if one["kind"] == "plan_stopped"] == [plan]


def test_a_machine_is_due_by_its_running_hours_once_for_each_interval(clockwork: Clockwork):
    clockwork.plan(machines=(3,), anchor="2027-06-01", usage_hours=500, usage_base=0)
    machine = made_id("machine 3")
    for hours in (499, 510, 620, 1040):
        clockwork.change("asset", machine, running_hours=hours)
        clockwork.pass_time(days=1)
    assert len(clockwork.rounds()) == 2


def test_one_plan_that_cannot_be_worked_out_does_not_stop_the_others_and_is_tried_again(clockwork: Clockwork):
    broken = clockwork.plan("broken", assignee=None)
    with clockwork.parts.database.write() as sql:
        sql.run("UPDATE records SET body = ? WHERE id = ?", b'{"data":{"assets":[],"branch":"x"}}', broken)
    clockwork.plan("whole")
    failed = [one for one in clockwork.work() if one.outcome == "failed"]
    assert failed
    assert broken in str(failed[0].error)
    assert len(clockwork.rounds()) == 2


def test_a_year_without_day_list_stops_a_plan_that_needs_one(clockwork: Clockwork):
    clockwork.change("work_calendar", made_id("cn-office"), holidays=[], workdays=[], years=[2026])
    clockwork.plan(recurrence="daily", shift="after")
    clockwork.pass_time(days=15)
    assert clockwork.rounds()[-1]["nominal_on"] <= "2026-12-31"
    assert "no_calendar" in {one["kind"] for one in clockwork.all("notice")}


@pytest.mark.parametrize("unknown", ["9" * 32, CUSTOMER])
@pytest.mark.parametrize("of_one_machine", [False, True])
def test_a_plan_without_its_checklist_stops_and_says_so_until_it_is_there(
    clockwork: Clockwork, unknown: str, of_one_machine: bool
):
    own = [{"asset": made_id("machine 2"), "template": unknown}]
    plan = clockwork.plan(**({"templates": own} if of_one_machine else {"template": unknown}))
    clockwork.pass_time(days=1)
    assert clockwork.company.record(plan)["stopped_because"] == "no_template"
    assert [one["plan"] for one in clockwork.all("notice") if one["kind"] == "plan_stopped"] == [plan]
    clockwork.change("patrol_plan", plan, template=clockwork.template, templates=None)
    clockwork.work()
    assert clockwork.company.record(plan).get("stopped_because") is None
    assert clockwork.rounds()


def test_a_plan_goes_on_within_a_day_once_its_checklist_comes(clockwork: Clockwork):
    missing, template = made_id("later"), catalogue().checklists[-1]
    plan = clockwork.plan(template=missing, recurrence="daily")
    clockwork.work()
    clockwork.make("checklist_template", "later", {**template, "key": "later"})
    clockwork.pass_time(days=1)
    assert clockwork.company.record(plan).get("stopped_because") is None
    assert {one["template"] for one in clockwork.all("checklist")} == {missing}


def test_a_place_whose_zone_cannot_be_read_keeps_nobody_from_his_rounds(clockwork: Clockwork):
    clockwork.make("site", "far", {"branch": clockwork.branch, "customer": CUSTOMER, "name": "远处"})
    body = {"data": {"branch": clockwork.branch, "customer": CUSTOMER, "name": "远处", "timezone": "Asia"}}
    broken = clockwork.plan("broken", site=made_id("far"))
    with clockwork.parts.database.write() as sql:
        sql.run("UPDATE records SET body = ? WHERE id = ?", json.dumps(body).encode(), made_id("far"))
    whole = clockwork.plan("whole")
    assert broken in str([one.error for one in clockwork.work() if one.outcome == "failed"])
    assert {one["plan"] for one in clockwork.rounds()} == {whole}
