"""Orders whose report is approved: they leave the tablets, and what comes later keeps the name of its case."""

from __future__ import annotations

from tests.simulation.company import USERS
from tests.support.day import Day, Person, order

FRESH, REVIEWED = order("fresh"), order("in_review")


def test_r_216_the_approved_order_leaves_the_tablet(day: Day):
    two, boss = day.people("engineer2", "supervisor1")
    opened = {REVIEWED, *(two.shows(REVIEWED)[name] for name in ("customer", "site", "asset"))}
    boss.approve(REVIEWED)
    two.exchange()
    assert {item["root"]: item["why"] for item in two.left} == dict.fromkeys(opened, "closed")
    assert not any(map(two.sees, opened))
    fresh = Person(day, "engineer2", tablet="a new one")
    fresh.sync()
    assert (fresh.sees(REVIEWED), boss.sees(REVIEWED)) == (False, True)


def test_what_was_done_on_an_approved_order_stays_until_it_has_arrived(day: Day):
    two, boss = day.people("engineer2", "supervisor1")
    photo = two.photo(REVIEWED, "after", b"the belt, a day later")
    boss.approve(REVIEWED)
    two.sync()
    assert (two.told(photo), two.sees(REVIEWED)) == ("parked: order_closed", True)
    two.upload()
    assert not two.sees(REVIEWED)
    boss.sync()
    boss.unpark(boss.rows("parked", code="order_closed")[0])
    boss.sync()
    two.sync()
    assert (day.record(photo["record"])["stored"], two.outcome(photo), two.sees(REVIEWED)) == (True, "applied", False)


def test_whoever_lost_the_order_before_it_was_closed_is_not_told_that_it_was(day: Day):
    two, desk, boss = day.people("engineer2", "dispatcher1", "supervisor1")
    note = two.note(REVIEWED, "客户来电询问")
    desk.assign(REVIEWED, "engineer1")
    desk.sync()
    boss.approve(REVIEWED)
    two.exchange()
    assert {item["why"] for item in two.left} == {"reassigned"}
    assert two.told(note) == "parked: handed_over"


def test_a_note_on_a_closed_order(day: Day):
    two, boss = day.people("engineer2", "supervisor1")
    boss.approve(REVIEWED)
    note, word = two.note(REVIEWED, "客户来电询问"), boss.note(REVIEWED, "已归档")
    two.sync()
    boss.sync()
    assert (two.told(note), boss.told(word)) == ("parked: order_closed", "applied")
    boss.dismiss(boss.rows("parked", code="order_closed")[0], "请联系客服")
    boss.sync()
    two.sync()
    assert two.outcome(note) == "dismissed"


def test_the_edit_after_the_approval(day: Day):
    two, boss = day.people("engineer2", "supervisor1")
    edit = two.set(REVIEWED, work_done="更换轴承")
    boss.approve(REVIEWED)
    two.sync()
    assert (two.told(edit), day.record(REVIEWED)["state"]) == ("parked: report_approved", "archived")
    assert "work_done" not in day.record(REVIEWED)
    boss.sync()
    boss.unpark(boss.rows("parked", code="report_approved")[0])
    boss.sync()
    assert day.record(REVIEWED)["work_done"] == "更换轴承"


def test_the_hours_of_a_machine_whose_order_was_approved_meanwhile(day: Day):
    two, boss = day.people("engineer2", "supervisor1")
    machine = two.shows(REVIEWED)["asset"]
    hours = two.set(machine, running_hours=1234)
    boss.approve(REVIEWED)
    two.sync()
    assert two.told(hours) == "parked: report_approved"
    boss.sync()
    boss.unpark(boss.rows("parked", code="report_approved")[0])
    boss.sync()
    assert day.record(machine)["running_hours"] == 1234


def test_a_machine_that_another_order_needs_stays(day: Day):
    two, desk, boss = day.people("engineer2", "dispatcher1", "supervisor1")
    place = {name: two.shows(REVIEWED)[name] for name in ("customer", "site", "asset")}
    desk.assign(FRESH, "engineer2")
    desk.set(FRESH, **place)
    desk.sync()
    two.sync()
    boss.approve(REVIEWED)
    two.exchange()
    assert ([item["root"] for item in two.left], two.sees(place["asset"])) == ([REVIEWED], True)
    hours = two.set(place["asset"], running_hours=77)
    two.sync()
    assert two.told(hours) == "applied"


def test_the_order_that_went_and_came_back_before_it_was_approved(day: Day):
    two, desk, boss = day.people("engineer2", "dispatcher1", "supervisor1")
    note = two.note(REVIEWED, "客户来电询问")
    for engineer in ("engineer1", "engineer2"):
        desk.assign(REVIEWED, engineer)
        desk.sync()
    boss.sync()
    boss.approve(REVIEWED)
    two.exchange()
    assert ({item["why"] for item in two.left}, two.told(note)) == ({"closed"}, "parked: order_closed")


def test_the_order_that_was_given_away_with_its_approval(day: Day):
    two, one, boss = day.people("engineer2", "engineer1", "supervisor1")
    note = two.note(REVIEWED, "客户来电询问")
    (report,) = boss.rows("report")
    with boss.together():
        boss.set(REVIEWED, assignee=USERS["engineer1"], appointment_start=None, appointment_end=None)
        boss.add("review", REVIEWED, report=report["id"], decision="approve", comments=[])
        boss.tap(REVIEWED, "approve")
    boss.sync()
    two.exchange()
    one.sync()
    assert ({item["why"] for item in two.left}, two.told(note)) == ({"reassigned"}, "parked: handed_over")
    assert (day.record(REVIEWED)["state"], one.sees(REVIEWED)) == ("archived", False)


def test_who_worked_at_the_desk_once_hears_as_an_engineer_that_his_order_was_closed(day: Day):
    two, boss, admin = day.people("engineer2", "supervisor1", "admin1")
    for roles in (["dispatcher", "engineer"], ["engineer"]):
        admin.set(USERS["engineer2"], roles=roles)
        admin.sync()
        two.sync()
    note = two.note(REVIEWED, "客户来电询问")
    boss.approve(REVIEWED)
    two.exchange()
    assert ({item["why"] for item in two.left}, two.told(note)) == ({"closed"}, "parked: order_closed")


def test_late_work_on_an_order_that_was_approved_longer_ago_than_history_goes_back(day: Day):
    two, boss = day.people("engineer2", "supervisor1")
    photo, note = two.photo(REVIEWED, "after", b"the belt"), two.note(REVIEWED, "客户来电询问")
    boss.approve(REVIEWED)
    day.passes(200)
    boss.note(REVIEWED, "已归档")
    boss.sync()
    day.forget_what_ended(90)
    for _ in ("starts anew", "is heard"):
        two.sync()
    two.upload()
    assert [two.told(photo), two.told(note)] == ["parked: order_closed"] * 2
