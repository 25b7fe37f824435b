"""Callbacks after service: once, in their window, by somebody else, with what follows (R-171 to R-178)."""

import pytest

from tests.backend.company import CUSTOMER, ORDER, Company
from tests.backend.jobs.clockwork import Clockwork, made_id

HOUR = 3_600_000


def finish(clockwork: Clockwork, after: int = 2 * HOUR) -> None:
    """The engineer's tablet tells some time later that the job was finished at half past nine, UTC."""
    clockwork.company.clock.now += after
    clockwork.tell(ORDER, "finish", "2026-11-22T09:30:00.000Z", "f" * 32)


def answer(company: Company, callback: str, who: str = "desk", record: str = "9" * 32, **values):
    """An attempt to reach the customer."""
    speaker = company.speaker(who)
    known = {"channel": "phone", "outcome": "satisfied", "score": 5, **values}
    return speaker.sync(speaker.operation("callback_attempt", record, callback, "append", {"values": known}))[
        "answers"
    ][0]


@pytest.fixture
def callback(clockwork: Clockwork) -> str:
    """The callback of a job finished at half past five on site, on 22 November."""
    finish(clockwork)
    clockwork.work()
    (found,) = clockwork.all("callback")
    return found["id"]


def test_r_171_a_finished_job_gets_one_callback_from_day_three_to_day_seven(clockwork: Clockwork, callback: str):
    clockwork.pass_time(days=1)
    (found,) = clockwork.all("callback")
    assert (found["opens_on"], found["closes_on"]) == ("2026-11-25", "2026-11-29")
    assert clockwork.local(found["visible_from"]) == "2026-11-25 00:00"
    assert clockwork.local(found["closes_at"]) == "2026-11-30 00:00"
    assert found["workers"] == [clockwork.company.ids["one"]]
    assert {one["id"] for one in found["questions"]} >= {"running", "attitude"}


def test_r_172_a_job_synced_ten_days_late_is_due_at_once_by_the_devices_finish_time(
    clockwork: Clockwork, company: Company
):
    finish(clockwork, 10 * 24 * HOUR)
    clockwork.work()
    (found,) = clockwork.all("callback")
    assert found["closes_on"] == "2026-11-29"
    assert found["visible_from"] < company.clock.now
    assert found["state"] == "due"


def test_r_178_who_did_the_job_does_not_call(company: Company, callback: str):
    assert answer(company, callback, "one")["verdict"] == "parked"
    assert answer(company, callback, record="8" * 32)["verdict"] == "applied"


def test_r_175_an_unreachable_customer_is_tried_three_times(clockwork: Clockwork, company: Company, callback: str):
    for turn in "123":
        answer(company, callback, record=turn * 32, outcome="unreachable", score=None)
    assert company.record(callback)["state"] == "unreached"


def test_r_175_r_177_an_answer_closes_the_callback_and_keeps_its_own_score(company: Company, callback: str):
    assert answer(company, callback, score=4)["verdict"] == "applied"
    assert (company.record(callback)["state"], company.record(callback)["score"]) == ("done", 4)
    assert answer(company, callback, record="8" * 32)["code"] == "wrong_state"


def test_r_176_a_score_of_two_opens_an_order_and_a_second_call_within_two_working_days(
    clockwork: Clockwork, company: Company, callback: str
):
    answer(company, callback, outcome="dissatisfied", score=2, note="又坏了")
    clockwork.work()
    clockwork.pass_time(hours=2)
    (order,) = [one for one in clockwork.all("work_order") if one.get("opened_from") == callback]
    assert (order["customer_wish"], order["state"], order["customer"]) == ("又坏了", "triaged", CUSTOMER)
    (second,) = [one for one in clockwork.all("callback") if one["rule"] == "CB-10"]
    assert second["closes_on"] == "2026-11-24"


def test_r_176_the_order_is_for_the_same_machine_under_the_terms_of_the_job(clockwork: Clockwork, company: Company):
    terms = {"asset": made_id("machine 1"), "policy": made_id("policy rental-standard"), "policy_version": 1}
    known = {
        "number": "WO-2", "type": "repair_urgent", "priority": "urgent", "customer": CUSTOMER, "grade": "A",
        "branch": clockwork.branch, "received_at": company.clock.now, "title": "无暖气", "assignee": company.ids["one"],
    }  # fmt: skip
    job = clockwork.make("work_order", "job", {**known, **terms})
    clockwork.tell(job, "finish", "2026-11-22T09:30:00.000Z", "f" * 32)
    clockwork.work()
    (callback,) = clockwork.all("callback")
    answer(company, callback["id"], outcome="dissatisfied", score=2)
    clockwork.work()
    (order,) = [one for one in clockwork.all("work_order") if one.get("opened_from") == callback["id"]]
    assert {name: order[name] for name in terms} == terms
    assert (order["title"], order["grade"]) == ("回访跟进 WO-2", "A")


def test_r_176_the_order_carries_what_the_customer_said_in_his_own_words(
    clockwork: Clockwork, company: Company, callback: str
):
    said = [{"question": "running", "text": "no"}, {"question": "suggestion", "text": "夜里又停机"}]
    answer(company, callback, outcome="defect_found", score=None, answers=said)
    clockwork.work()
    (order,) = [one for one in clockwork.all("work_order") if one.get("opened_from") == callback]
    assert order["customer_wish"] == "夜里又停机"


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": "attitude", "text": "好"},
        {"question": "running", "text": "perhaps"},
        {"question": "running", "score": 5},
        {"question": "suggestion", "score": 5},
        {"question": "weather", "text": "好"},
    ],
)
def test_r_174_an_answer_has_the_form_of_its_question(company: Company, callback: str, wrong: dict[str, object]):
    assert answer(company, callback, answers=[wrong])["code"] == "invalid_value"
    assert company.record(callback)["state"] == "due"


def test_r_173_r_182_periodic_callbacks_and_a_campaign_run_side_by_side(clockwork: Clockwork):
    plans = {"CB-03": ("2026-11-01", 1, None), "CB-06": ("2026-06-15", 6, None), "CB-08": ("2026-11-20", 12, 62)}
    for rule, (anchor, months, days) in plans.items():
        known = {"branch": clockwork.branch, "customer": CUSTOMER, "rule": rule, "anchor": anchor}
        clockwork.make("callback_plan", rule, {**known, "every_months": months, "window_days": days})
    clockwork.work()
    for _ in range(3):
        clockwork.pass_time(days=15)
    found = sorted((one["rule"], one["opens_on"], one["closes_on"]) for one in clockwork.all("callback"))
    assert found == [
        ("CB-03", "2026-11-01", "2026-11-30"),
        ("CB-03", "2026-12-01", "2026-12-31"),
        ("CB-03", "2027-01-01", "2027-01-31"),
        ("CB-06", "2026-06-15", "2026-12-14"),
        ("CB-06", "2026-12-15", "2027-06-14"),
        ("CB-08", "2026-11-20", "2027-01-20"),
    ]
