"""Deadlines are kept, explained and told about, each step once (R-056 to R-063)."""

from tests.backend.company import ORDER, START, Company
from tests.backend.jobs.clockwork import Clockwork, made_id


def deadlines(clockwork: Clockwork, order: str = ORDER):
    """name -> deadline of an order."""
    return {one["name"]: one for one in clockwork.all("deadline") if one["root"] == order}


def urgent(clockwork: Clockwork, name: str = "urgent", **settings):
    """An urgent order under the rental policy, received now."""
    known = {
        "number": name, "type": "repair_urgent", "priority": "urgent", "customer": "c" * 32, "branch": clockwork.branch,
        "received_at": clockwork.company.clock.now, "title": "停机", "assignee": clockwork.company.ids["one"],
        "policy": made_id("policy rental-standard"), "policy_version": 1, "site": made_id("site"),
    }  # fmt: skip
    return clockwork.make("work_order", name, {**known, **settings})


def told(clockwork: Clockwork, order: str):
    """(kind, share, to whom) of every notice about an order, in the order of their moments."""
    people = {one: name for name, one in clockwork.company.ids.items()}
    found = [one for one in clockwork.all("notice") if one.get("order") == order]
    return [
        (one["kind"], one["share"], people[one["to"]])
        for one in sorted(found, key=lambda one: (one["at"], one["kind"]))
    ]


def test_r_056_deadlines_are_stored_with_rule_source_start_and_points(clockwork: Clockwork):
    order = urgent(clockwork)
    clockwork.work()
    arrive = deadlines(clockwork, order)["arrive"]
    assert (arrive["limit"], arrive["limit_unit"], arrive["calendar"], arrive["source"]) == (
        240,
        "min",
        "24x7",
        "T-002",
    )
    assert arrive["due_at"] - arrive["start_at"] == 4 * 3_600_000
    assert [one["share"] for one in arrive["points"]] == [50, 80, 100, 150, 200]
    assert arrive["state"] == "running"


def test_r_057_r_058_the_assignee_is_warned_and_each_superior_is_told_once(clockwork: Clockwork, company: Company):
    order = urgent(clockwork)
    for _ in range(20):
        company.speaker("one").sync()
        clockwork.pass_time(minutes=30)
    arrive = [one for one in told(clockwork, order) if one[1] != 100 or one[0] == "escalation"]
    assert {one for one in arrive if one[0] == "warning"} == {("warning", 50, "one"), ("warning", 80, "one")}
    escalations = [one for one in told(clockwork, order) if one[0] == "escalation"]
    assert sorted(set(escalations)) == [
        ("escalation", 100, "desk"),
        ("escalation", 150, "boss"),
        ("escalation", 200, "boss"),
    ]
    assert len(escalations) == 2 * 3  # respond and arrive
    assert deadlines(clockwork, order)["arrive"]["state"] == "breached"


def test_r_061_while_the_tablet_has_not_synced_nothing_is_breached_and_the_desk_is_told_so(clockwork: Clockwork):
    order = urgent(clockwork)
    clockwork.company.speaker("one").sync()
    clockwork.pass_time(hours=9)
    assert {one["state"] for one in deadlines(clockwork, order).values()} == {"unknown"}
    assert {one[0] for one in told(clockwork, order) if one[2] != "one"} == {"waiting_for_sync"}


def test_r_060_a_visit_made_in_time_but_synced_late_is_no_breach(clockwork: Clockwork, company: Company):
    order = urgent(clockwork)
    clockwork.pass_time(hours=9)
    clockwork.tell(order, "accept", "2026-11-22T08:30:00.000Z", "b" * 32)
    clockwork.tell(order, "arrive", "2026-11-22T11:00:00.000Z", "d" * 32)
    clockwork.work()
    assert {name: one["state"] for name, one in deadlines(clockwork, order).items()} == {
        "respond": "met",
        "arrive": "met",
    }


def test_r_006_under_a_policy_of_another_case_only_its_own_timers_run(clockwork: Clockwork):
    policy = {"policy": made_id("policy lighting-supply"), "case": "emergency"}
    order = urgent(clockwork, "emergency", **policy, remote_failed_at=START)
    clockwork.work()
    assert deadlines(clockwork, order)["arrive"]["source"] == "T-110"


def test_r_063_at_once_is_repeated_until_somebody_accepts(clockwork: Clockwork, company: Company):
    order = urgent(clockwork, "now", policy=made_id("policy lighting-om"), case="emergency")
    for _ in range(3):
        company.speaker("one").sync()
        clockwork.pass_time(minutes=5)
    first = [one for one in clockwork.all("notice") if one["timer"] == "respond"]
    clockwork.tell(order, "accept", "2026-11-22T08:15:00.000Z", "b" * 32)
    for _ in range(3):
        clockwork.pass_time(minutes=5)
    assert len(first) >= 3
    assert [one for one in clockwork.all("notice") if one["timer"] == "respond"] == first


def test_a_cancelled_order_is_left_in_peace(clockwork: Clockwork):
    order = urgent(clockwork)
    clockwork.work()
    before = told(clockwork, order)
    desk = clockwork.company.speaker("desk")
    reason = desk.operation("work_order", order, order, "set", {"cancel_reason": {"was": None, "to": "客户取消"}})
    desk.sync(
        reason, desk.operation("work_order", order, order, "transition", {"name": "cancel", "from": "dispatched"})
    )
    clockwork.pass_time(days=2)
    assert told(clockwork, order) == before
