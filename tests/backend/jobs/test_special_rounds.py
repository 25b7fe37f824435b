"""Special patrols: one action of the desk makes rounds at many places, each once (R-161)."""

from typing import Any

import pytest

from tests.backend.company import Speaker
from tests.backend.jobs.clockwork import Clockwork, made_id


@pytest.fixture
def desk(clockwork: Clockwork) -> Speaker:
    """The dispatcher."""
    return clockwork.company.speaker("desk")


def ask(speaker: Speaker, *targets: dict[str, Any], reason: str = "台风后", **more: Any) -> Any:
    """What the server answers to the wish for special rounds."""
    wish = {"reason": reason, "urgent": True, "days": 2, "targets": list(targets), **more}
    return speaker.call("POST", "/api/v1/rounds", json=wish)


def special(clockwork: Clockwork) -> list[dict[str, Any]]:
    return [one for one in clockwork.all("work_order") if one["type"] == "special_patrol"]


def site(clockwork: Clockwork, *machines: int) -> dict[str, Any]:
    """The site with some of its machines."""
    return {
        "site": made_id("site"),
        "template": clockwork.template,
        "assets": [made_id(f"machine {one}") for one in machines],
    }


def test_r_161_one_action_starts_rounds_of_many_machines_at_plans_and_sites(clockwork: Clockwork, desk: Speaker):
    plan = clockwork.plan(recurrence="event")
    answer = ask(desk, {"plan": plan}, site(clockwork, 3))
    made = {one["id"]: one for one in special(clockwork)}
    assert [one["target"] for one in answer.json] == [plan, made_id("site")]
    assert [made[one["order"]]["assets"] for one in answer.json] == [
        [made_id("machine 1"), made_id("machine 2")], [made_id("machine 3")],
    ]  # fmt: skip
    assert all(one["due_on"] == clockwork.today and one["priority"] == "urgent" for one in made.values())


def test_r_161_each_machine_of_a_special_round_has_its_checklist_at_once(clockwork: Clockwork, desk: Speaker):
    [started] = ask(desk, {"plan": clockwork.plan(recurrence="event")}).json
    lists = [one for one in clockwork.all("checklist") if one["root"] == started["order"]]
    assert {one["asset"] for one in lists} == {made_id("machine 1"), made_id("machine 2")}


def test_r_161_asking_twice_on_one_day_makes_the_round_once(clockwork: Clockwork, desk: Speaker):
    plan = {"plan": clockwork.plan(recurrence="event")}
    first, again = ask(desk, plan), ask(desk, plan, assignee=clockwork.company.ids["two"])
    assert first.json == again.json
    assert len(special(clockwork)) == 1


def test_another_reason_on_the_same_day_is_another_round(clockwork: Clockwork, desk: Speaker):
    plan = {"plan": clockwork.plan(recurrence="event")}
    ask(desk, plan)
    ask(desk, plan, reason="发现异常后")
    assert len({one["number"] for one in special(clockwork)}) == 2


def test_the_engineer_chosen_goes_instead_of_the_one_of_the_plan(clockwork: Clockwork, desk: Speaker):
    ask(desk, {"plan": clockwork.plan(recurrence="event")}, assignee=clockwork.company.ids["two"])
    assert [one["assignee"] for one in special(clockwork)] == [clockwork.company.ids["two"]]


def test_retired_machines_are_left_out_and_where_none_is_left_nothing_is_made(clockwork: Clockwork, desk: Speaker):
    clockwork.change("asset", made_id("machine 3"), retired_on=clockwork.today)
    answer = ask(desk, site(clockwork, 3), {"plan": clockwork.plan(recurrence="event")})
    assert [one["order"] is None for one in answer.json] == [True, False]


def test_a_machine_that_stands_elsewhere_is_not_visited(clockwork: Clockwork, desk: Speaker):
    clockwork.change("asset", made_id("machine 2"), site=None)
    ask(desk, site(clockwork, 1, 2))
    assert [one["assets"] for one in special(clockwork)] == [[made_id("machine 1")]]


def test_a_supervisor_may_start_them_and_an_engineer_may_not(clockwork: Clockwork):
    plan = {"plan": clockwork.plan(recurrence="event")}
    assert ask(clockwork.company.speaker("one"), plan).status_code == 403
    assert ask(clockwork.company.speaker("boss"), plan).status_code == 200


def test_one_unknown_place_keeps_all_of_them_from_being_made(clockwork: Clockwork, desk: Speaker):
    plan = {"plan": clockwork.plan(recurrence="event")}
    assert ask(desk, plan, {"plan": "f" * 32}).status_code == 404
    assert special(clockwork) == []


def test_a_site_without_a_checklist_is_refused(clockwork: Clockwork, desk: Speaker):
    place = {"site": made_id("site"), "assets": [made_id("machine 1")]}
    assert ask(desk, place).json["error"]["code"] == "invalid_request"


def test_a_special_round_does_not_stand_in_for_the_planned_one(clockwork: Clockwork, desk: Speaker):
    plan = clockwork.plan()
    ask(desk, {"plan": plan})
    clockwork.work()
    assert clockwork.rounds()[0]["due_on"] == clockwork.today
