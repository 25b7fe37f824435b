"""Deadlines are kept, explained and told about, each step once (R-056 to R-063)."""

from structlog.testing import capture_logs

from tests.backend.company import CUSTOMER, ORDER, START, Company
from tests.backend.jobs.clockwork import Clockwork, catalogue, made_id

HOUR = 3_600_000


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


def test_r_057_of_an_order_that_nobody_has_the_desk_is_warned_before_the_limit(clockwork: Clockwork):
    order = urgent(clockwork, assignee=None)
    for _ in range(8):
        clockwork.pass_time(minutes=30)
    found = [one for one in told(clockwork, order) if one[2] == "desk"]
    assert {one for one in found if one[0] == "warning"} == {("warning", 50, "desk"), ("warning", 80, "desk")}
    assert [one[1] for one in found if one[0] == "escalation"] == [100, 100]  # respond and arrive


def test_r_057_what_was_late_before_the_desk_heard_of_it_is_escalated_and_no_longer_warned_of(clockwork: Clockwork):
    order = urgent(clockwork, assignee=None, received_at=clockwork.company.clock.now - 5 * HOUR)
    clockwork.work()
    assert {one[0] for one in told(clockwork, order)} == {"escalation"}


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


def test_r_062_a_repair_known_to_be_too_late_opens_one_order_for_the_promised_loaner(clockwork: Clockwork):
    order = urgent(clockwork, policy=made_id("policy building-services"), assignee=None)
    clockwork.pass_time(hours=3)
    assert loaners(clockwork) == []
    clockwork.pass_time(hours=2)
    clockwork.pass_time(hours=20)
    (loaner,) = loaners(clockwork)
    assert (loaner["opened_from"], loaner["customer"], loaner["state"]) == (order, CUSTOMER, "triaged")
    assert clockwork.local(loaner["received_at"]) == "2026-11-22 20:00"


def loaners(clockwork: Clockwork):
    """The orders that bring a loaner."""
    return [one for one in clockwork.all("work_order") if one["type"] == "loaner"]


def test_r_059_a_task_nobody_arranged_is_told_to_the_desk_after_two_hours_and_to_the_leadership_by_four(
    clockwork: Clockwork,
):
    known = {"policy": made_id("policy agri-dealer"), "case": "agent", "priority": "general", "assignee": None}
    order = urgent(clockwork, **known)
    assert told_about(clockwork, order, hours=1) == set()
    assert told_about(clockwork, order, hours=1) == {("assign", "desk")}
    assert told_about(clockwork, order, hours=2) == {("assign", "desk"), ("assign", "boss")}


def told_about(clockwork: Clockwork, order: str, hours: int):
    """(timer, to whom) of the escalations of assigning an order, so many hours later."""
    clockwork.pass_time(hours=hours)
    people = {one: name for name, one in clockwork.company.ids.items()}
    found = [one for one in clockwork.all("notice") if one.get("order") == order and one["kind"] == "escalation"]
    return {(one["timer"], people[one["to"]]) for one in found if one["timer"] == "assign"}


def test_r_010_the_region_of_the_site_chooses_the_limit_and_the_desk_may_choose_another(clockwork: Clockwork):
    clockwork.change("site", made_id("site"), region_band="city")
    known = {"policy": made_id("policy hospital-it"), "remote_failed_at": START}
    near = urgent(clockwork, "near", **known)
    far = urgent(clockwork, "far", **known, region_band="other_provinces", region_reason="设备已外借")
    clockwork.work()
    assert {name: deadlines(clockwork, one)["arrive"]["limit"] for name, one in (("near", near), ("far", far))} == {
        "near": 2 * 60,
        "far": 48 * 60,
    }


def test_r_004_an_order_goes_on_under_the_version_it_began_with(clockwork: Clockwork):
    before = next(one for one in catalogue().policies if one["key"] == "rental-standard")
    order = urgent(clockwork)
    sooner = [{**one, "limit": 10} for one in before["timers"]]
    clockwork.make("service_policy", "policy rental-standard 2", {**before, "version": 2, "timers": sooner})
    newer = urgent(clockwork, "newer", policy=made_id("policy rental-standard 2"), policy_version=2)
    clockwork.pass_time(minutes=1)
    assert deadlines(clockwork, order)["arrive"]["limit"] == 240
    assert deadlines(clockwork, newer)["arrive"]["limit"] == 10


def patient(clockwork: Clockwork) -> str:
    """A policy like the fallback, whose arrival may be paused."""
    (policy,) = [one for one in catalogue().policies if one["key"] == "default"]
    timers = [{**one, "pausable": True} if one["name"] == "arrive" else one for one in policy["timers"]]
    return clockwork.make("service_policy", "patient", {**policy, "key": "patient", "timers": timers})


def test_r_064_a_hold_moves_only_the_clock_that_its_policy_lets_pause(clockwork: Clockwork, company: Company):
    order = urgent(clockwork, policy=patient(clockwork))
    company.clock.now += 3 * 3_600_000
    clockwork.tell(order, "hold", "2026-11-22T09:00:00.000Z", "d" * 32)
    clockwork.tell(order, "resume", "2026-11-22T10:00:00.000Z", "e" * 32)
    clockwork.work()
    found = deadlines(clockwork, order)
    assert (found["arrive"]["pausable"], len(found["arrive"]["pauses"])) == (True, 1)
    hours = {name: (found[name]["due_at"] - found[name]["start_at"]) / 3_600_000 for name in ("arrive", "respond")}
    assert hours == {"arrive": 25, "respond": 4}


def planned_visit(clockwork: Clockwork, start: int) -> str:
    """Planned maintenance with an appointment, two hours after which somebody must be there."""
    return urgent(clockwork, type="maintenance_planned", priority="planned", appointment_start=start)


def half_used(clockwork: Clockwork, order: str) -> list[int]:
    """When the assignee was warned that half of the time to arrive was used up."""
    found = [one for one in clockwork.all("notice") if (one.get("order"), one.get("timer")) == (order, "arrive")]
    return sorted(one["at"] for one in found if (one["kind"], one["share"]) == ("warning", 50))


def test_r_057_an_appointment_that_was_moved_is_warned_of_anew(clockwork: Clockwork):
    order = planned_visit(clockwork, START + HOUR)
    clockwork.pass_time(hours=2)
    known = clockwork.company.record(order)
    clockwork.change(
        "work_order", order, assignee=known["assignee"], appointment_start=START + 5 * HOUR, appointment_end=None
    )
    clockwork.pass_time(hours=4)
    assert half_used(clockwork, order) == [START + 2 * HOUR, START + 6 * HOUR]


def test_r_057_a_pause_synced_after_the_warning_gives_no_second_one_and_nothing_is_refused(clockwork: Clockwork):
    order = urgent(clockwork, policy=patient(clockwork), priority="general")
    with capture_logs() as logs:
        clockwork.pass_time(hours=13)
        clockwork.tell(order, "hold", "2026-11-22T18:00:00.000Z", "d" * 32)
        clockwork.tell(order, "resume", "2026-11-22T19:00:00.000Z", "e" * 32)
        clockwork.pass_time(hours=4)
    assert half_used(clockwork, order) == [START + 12 * HOUR]
    assert [one for one in logs if one["event"] == "watch_refused"] == []


def test_an_appointment_that_was_missed_is_told_once_and_not_again_and_again(clockwork: Clockwork):
    known = {"type": "repair_general", "priority": "general", "policy": made_id("policy paid-repair")}
    order = urgent(clockwork, appointment_start=START, appointment_end=START + HOUR, **known)
    clockwork.pass_time(hours=2)
    clockwork.company.speaker("one").sync()
    clockwork.pass_time(hours=2)
    late = [one for one in clockwork.all("notice") if (one.get("order"), one["timer"]) == (order, "arrive")]
    assert len({(one["kind"], one["share"], one["to"]) for one in late}) == len(late) > 0
