"""Complaints: taken on site, handled at the desk within their limits, closed and called about (R-184 to R-190)."""

from typing import Any

import pytest

from tests.backend.company import CUSTOMER, START, Company
from tests.backend.jobs.clockwork import Clockwork, made_id

COMPLAINT = "d" * 32
HANDLED: dict[str, dict[str, Any]] = {
    "acknowledge": {"handler": "desk"},
    "investigate": {"finding": "接线松动", "solution": "repair"},
    "confirm": {"confirmed_by": "演示联系人"},
    "execute": {},
    "close": {"root_cause": "未复紧", "prevention": "加入检查表", "told_at": START, "satisfaction": 4},
}


def complain(company: Company, who: str = "one", **values: Any) -> dict[str, Any]:
    """A complaint about the work of engineer one, registered by somebody; the answer."""
    speaker, branch = company.speaker(who), company.record(CUSTOMER)["branch"]
    known = {
        "number": "TS-1", "branch": branch, "customer": CUSTOMER, "site": made_id("site"), "channel": "on_site",
        "received_at": company.clock.now, "description": "地面被弄脏", "engineers": [company.ids["one"]],
    }  # fmt: skip
    made = speaker.operation("complaint", COMPLAINT, COMPLAINT, "create", {"values": {**known, **values}})
    return speaker.sync(made)["answers"][0]


def handle(company: Company, step: str, who: str = "desk") -> str:
    """Write down what a step asks for and take it; the verdict."""
    speaker, before = company.speaker(who), company.record(COMPLAINT)
    body = {
        name: {"was": before.get(name), "to": company.ids.get(value, value)} for name, value in HANDLED[step].items()
    }
    tap = {"name": step, "from": before["state"]}
    wanted = [("set", body), ("transition", tap)] if body else [("transition", tap)]
    made = [speaker.operation("complaint", COMPLAINT, COMPLAINT, do, what) for do, what in wanted]
    return speaker.sync(*made)["answers"][-1]["verdict"]


def order(clockwork: Clockwork, policy: str) -> str:
    """An order under a policy, done by engineer two."""
    known = {
        "number": policy, "type": "repair_general", "priority": "general", "customer": CUSTOMER, "title": "停机",
        "branch": clockwork.branch, "received_at": START, "assignee": clockwork.company.ids["two"],
        "policy": made_id(f"policy {policy}"), "policy_version": 1,
    }  # fmt: skip
    return clockwork.make("work_order", f"order {policy}", known)


def limits(clockwork: Clockwork) -> dict[str, tuple[str, str, str]]:
    """name -> state, due moment on the wall and source of every limit of the complaint."""
    found = [one for one in clockwork.all("deadline") if one["root"] == COMPLAINT]
    return {one["name"]: (one["state"], clockwork.local(one["due_at"]), one["source"]) for one in found}


def told(clockwork: Clockwork) -> set[tuple[str, str, int, str]]:
    """(timer, kind, share, to whom) of every notice about the complaint."""
    people = {one: name for name, one in clockwork.company.ids.items()}
    found = [one for one in clockwork.all("notice") if one.get("complaint") == COMPLAINT]
    return {(one["timer"], one["kind"], one["share"], people[one["to"]]) for one in found}


def test_r_184_an_engineer_hands_a_complaint_to_his_desk_and_sees_no_more_of_it(company: Company):
    assert complain(company)["verdict"] == "applied"
    assert company.record(COMPLAINT)["registered_by"] == company.ids["one"]
    seen = {name: COMPLAINT in company.speaker(name).sync()["entered"] for name in ("one", "two", "desk", "boss")}
    assert seen == {"one": False, "two": False, "desk": True, "boss": True}


def test_r_184_nobody_hands_one_to_another_branch(company: Company):
    assert complain(company, branch="e" * 32)["code"] == "no_access"


@pytest.mark.parametrize(
    "values",
    [
        {"handler": CUSTOMER}, {"finding": "无"}, {"solution": "repair"}, {"root_cause": "无"}, {"prevention": "无"},
        {"told_at": START, "satisfaction": 5}, {"attempted": "三次"}, {"arrived_at": START}, {"callback": "e" * 32},
    ],
)  # fmt: skip
def test_r_186_what_the_desk_writes_is_not_handed_in_with_it(company: Company, values: dict[str, Any]):
    answer = complain(company, **values)
    assert (answer["verdict"], answer["code"]) == ("parked", "forbidden_field")
    assert answer["detail"]["field"] in values
    assert complain(company, "desk", **values)["verdict"] == "applied"


def test_r_186_only_the_desk_handles_it(company: Company):
    complain(company)
    assert handle(company, "acknowledge", "one") == "parked"
    assert handle(company, "acknowledge", "boss") == "applied"
    assert company.record(COMPLAINT)["acknowledged_at"] == company.clock.now


def test_r_187_r_188_it_is_closed_step_by_step_and_then_stays_as_it_is(company: Company):
    complain(company)
    assert [handle(company, step) for step in HANDLED] == ["applied"] * 5
    assert company.record(COMPLAINT)["closed_at"] == company.clock.now
    speaker = company.speaker("desk")
    late = speaker.operation("complaint", COMPLAINT, COMPLAINT, "set", {"root_cause": {"was": "未复紧", "to": "无"}})
    assert speaker.sync(late)["answers"][0]["verdict"] == "parked"


def test_r_185_its_limits_are_those_of_the_policy_of_its_order(clockwork: Clockwork, company: Company):
    complain(company, order=order(clockwork, "rental-quality"))
    clockwork.work()
    assert limits(clockwork) == {
        "acknowledge": ("running", "2026-11-23 16:00", "T-023"),
        "investigate": ("running", "2026-11-24 16:00", "T-024"),
    }
    for step in ("acknowledge", "investigate", "confirm"):
        handle(company, step)
    clockwork.pass_time(hours=1)
    assert limits(clockwork)["execute"] == ("running", "2026-11-25 18:00", "T-025")
    assert limits(clockwork)["investigate"][0] == "met"


def test_r_185_another_policy_asks_for_an_opinion_in_two_working_days(clockwork: Clockwork, company: Company):
    complain(company, order=order(clockwork, "metering"))
    clockwork.work()
    assert limits(clockwork) == {"opinion": ("running", "2026-11-24 18:00", "T-132")}


def test_r_185_a_specialist_is_on_site_within_a_day_until_the_desk_says_when_he_was(
    clockwork: Clockwork, company: Company
):
    complain(company, order=order(clockwork, "lighting-supply"))
    clockwork.work()
    assert limits(clockwork)["arrive"] == ("running", "2026-11-23 16:00", "T-107")
    clockwork.change("complaint", COMPLAINT, arrived_at=START + 3_600_000)
    clockwork.work()
    assert limits(clockwork)["arrive"][0] == "met"


def test_r_185_without_an_order_the_fallback_promises_nothing(clockwork: Clockwork, company: Company):
    complain(company)
    clockwork.pass_time(days=9)
    assert limits(clockwork) == {}


def test_r_190_the_handler_is_warned_and_the_ladder_leaves_out_who_is_concerned(clockwork: Clockwork, company: Company):
    about = [company.ids["one"], company.ids["desk"]]
    complain(company, order=order(clockwork, "rental-quality"), engineers=about)
    clockwork.change("complaint", COMPLAINT, handler=company.ids["boss"])
    clockwork.work()
    for _ in range(6):
        clockwork.pass_time(hours=10)
    taken_on = {one[1:] for one in told(clockwork) if one[0] == "acknowledge"}
    warned = {("warning", share, "boss") for share in (50, 80, 100)}
    assert taken_on == warned | {("escalation", share, "boss") for share in (100, 150, 200)}


def test_r_190_a_complaint_that_concerns_everybody_is_kept_from_nobody(clockwork: Clockwork, company: Company):
    about = [company.ids["desk"], company.ids["boss"]]
    complain(company, order=order(clockwork, "rental-quality"), engineers=about)
    for _ in range(6):
        clockwork.pass_time(hours=10)
    found = {one[1:] for one in told(clockwork) if one[0] == "acknowledge"}
    ladder = {("escalation", 100, "desk"), ("escalation", 150, "boss"), ("escalation", 200, "boss")}
    assert found == ladder | {("warning", 80, "desk")}  # nobody has taken it on; ten hours pass half of the time
    clockwork.pass_time(days=30)
    assert audits(clockwork) == [("2026-12-01", "boss")]


def test_r_185_what_is_no_order_promises_nothing_and_stops_no_look(clockwork: Clockwork, company: Company):
    complain(company, order=CUSTOMER)
    assert [one.error for one in clockwork.work() if one.outcome == "failed"] == []
    assert limits(clockwork) == {}


def test_r_173_a_closed_complaint_gets_one_callback_by_somebody_who_is_not_concerned(
    clockwork: Clockwork, company: Company
):
    complain(company, order=order(clockwork, "rental-quality"))
    for step in HANDLED:
        handle(company, step)
    for _ in range(3):
        clockwork.pass_time(hours=12)
    (found,) = clockwork.all("callback")
    assert (found["rule"], found["complaint"], found["opens_on"], found["closes_on"]) == (
        "CB-09", COMPLAINT, "2026-11-25", "2026-11-29",
    )  # fmt: skip
    assert set(found["workers"]) == {company.ids[name] for name in ("one", "two", "desk")}
    assert len(found["questions"]) >= 3


def audits(clockwork: Clockwork) -> list[tuple[str, str]]:
    """(day, to whom) of every notice of a record that is not whole."""
    people = {one: name for name, one in clockwork.company.ids.items()}
    found = [one for one in clockwork.all("notice") if one["kind"] == "record_incomplete"]
    return sorted((clockwork.local(one["at"])[:10], people[one["to"]]) for one in found)


def test_r_189_each_month_the_supervisor_is_told_of_a_record_that_is_not_whole(clockwork: Clockwork, company: Company):
    complain(company, complainant="演示联系人")
    for step in HANDLED:
        handle(company, step)
    for _ in range(40):
        clockwork.pass_time(days=1)
    assert audits(clockwork) == [("2026-12-01", "boss"), ("2027-01-01", "boss")]
    desk = company.speaker("desk")
    whole = desk.operation("complaint", COMPLAINT, COMPLAINT, "set", {"demand": {"was": None, "to": "清理现场"}})
    assert desk.sync(whole)["answers"][0]["verdict"] == "applied"
    clockwork.pass_time(days=40)
    assert len(audits(clockwork)) == 2


@pytest.fixture
def called(clockwork: Clockwork, company: Company) -> str:
    """A callback after a job of engineer one, in which the customer complains."""
    company.clock.now += 7_200_000
    clockwork.tell("a" * 32, "finish", "2026-11-22T09:30:00.000Z", "f" * 32)
    clockwork.work()
    (callback,) = clockwork.all("callback")
    said = {"channel": "phone", "outcome": "complaint_opened", "person": "演示联系人", "note": "迟到两次"}
    desk = company.speaker("desk")
    desk.sync(desk.operation("callback_attempt", "9" * 32, callback["id"], "append", {"values": said}))
    return callback["id"]


def test_r_184_a_callback_in_which_the_customer_complains_opens_one_complaint(clockwork: Clockwork, called: str):
    for _ in range(3):
        clockwork.pass_time(hours=1)
    (found,) = clockwork.all("complaint")
    assert (found["callback"], found["state"], found["channel"]) == (called, "opened", "callback")
    assert (found["description"], found["complainant"]) == ("迟到两次", "演示联系人")
    assert found["engineers"] == [clockwork.company.ids["one"]]
