"""The four ways in which work comes too late, each from the tablet to the person who decides and back to its author."""

from __future__ import annotations

from tests.simulation.disk import Operation
from tests.support.day import Data, Day, Person, order

ORDER, REVIEWED = order("under_repair"), order("in_review")


def complete(one: Person) -> list[Operation]:
    """Everything from the repair to the report, out of reach."""
    made = [one.answer("under_repair", phase, "pass") for phase in ("repair", "test", "cleanup")]
    made += [one.photo(ORDER, "after", b"the new belt"), one.answer("under_repair", "acceptance", "pass")]
    with one.together():
        signature = one.sign(ORDER)
        rating = one.add("rating", ORDER, score=5, signature=signature["record"])
    with one.together():
        report, finish = one.add("report", ORDER, result="done", summary="已更换皮带"), one.tap(ORDER, "finish")
    return [*made, signature, rating, report, finish]


def send(one: Person) -> None:
    one.sync()
    one.upload()
    one.sync()


def let_through(boss: Person, code: str) -> None:
    """Everything parked for this reason, in the order it was made."""
    boss.sync()
    waiting = sorted(boss.rows("parked", code=code, state="open"), key=lambda row: row["data"]["operation"]["n"])
    for parked in waiting:
        boss.unpark(parked)
    boss.sync()


def test_completed_while_cancelled(day: Day):
    one, desk = day.people("engineer1", "dispatcher1")
    desk.set(ORDER, cancel_reason="客户取消")
    desk.tap(ORDER, "cancel")
    desk.sync()
    made = complete(one)
    send(one)
    assert {one.told(each) for each in made} == {"parked: order_cancelled", "parked: group_mate"}
    assert day.record(ORDER)["state"] == "cancelled"
    desk.tap(ORDER, "reopen")
    let_through(desk, "order_cancelled")
    send(one)
    assert {one.outcome(each) for each in made} == {"applied"}
    assert (day.record(ORDER)["state"], day.of(ORDER, "report")[0]["data"]["summary"]) == ("in_review", "已更换皮带")


def test_completed_while_cancelled_and_it_stays_cancelled(day: Day):
    one, desk = day.people("engineer1", "dispatcher1")
    desk.set(ORDER, cancel_reason="客户取消")
    desk.tap(ORDER, "cancel")
    desk.sync()
    made = complete(one)
    send(one)
    let_through(desk, "order_cancelled")
    send(one)
    finish = made[-1]
    assert (day.record(ORDER)["state"], one.outcome(finish)) == ("cancelled", "open")
    assert {one.outcome(each) for each in made[:-2]} == {"applied"}, "what was done stays as evidence"


def test_r_221_completed_by_the_former_assignee(day: Day):
    one, two, desk, boss = day.people("engineer1", "engineer2", "dispatcher1", "supervisor1")
    desk.assign(ORDER, "engineer2")
    desk.sync()
    made = complete(one)
    send(one)
    facts, (report, finish) = made[:-2], made[-2:]
    assert {one.told(each) for each in facts} == {"applied"}
    assert [one.told(each) for each in (report, finish)] == ["parked: handed_over", "parked: group_mate"]
    let_through(boss, "handed_over")
    send(one)
    two.sync()
    assert (day.record(ORDER)["state"], one.outcome(finish)) == ("in_review", "applied")
    assert two.shows(ORDER, report["record"])["summary"] == "已更换皮带"


def belt(two: Person) -> Operation:
    about = {"source": "original", "permission": "granted", "new_part_shown": True, "disposition": "return_company"}
    return two.add("part_use", REVIEWED, "create", name="演示皮带", quantity=20, **about)


def edited(boss: Person, parked: Data, **to: object) -> None:
    """Apply a parked operation in the supervisor's words."""
    operation = parked["data"]["operation"]
    body = operation[operation["do"]]
    if operation["do"] == "set":
        body = {name: {"was": body[name]["was"], "to": value} for name, value in to.items()}
    else:
        body = {"values": {**body["values"], **to}}
    boss.write("parked", parked["id"], parked["id"], "unpark", {"edited": body, "reason": "已电话核实"})


def test_r_221_created_on_a_closed_order(day: Day):
    two, boss = day.people("engineer2", "supervisor1")
    boss.approve(REVIEWED)
    part = belt(two)
    more = two.set(REVIEWED, part["record"], note="备用一条")
    two.sync()
    assert [two.told(each) for each in (part, more)] == ["parked: order_closed", "parked: depends_on"]
    boss.sync()
    edited(boss, boss.rows("parked", code="order_closed")[0], quantity=2)
    boss.sync()
    two.sync()
    kept = day.record(part["record"])
    assert (kept["quantity"], kept["note"], day.record(REVIEWED)["state"]) == (2, "备用一条", "archived")
    assert [two.outcome(each) for each in (part, more)] == ["applied", "applied"]


def test_r_221_edited_after_approval(day: Day):
    two, boss = day.people("engineer2", "supervisor1")
    edit, other = two.set(REVIEWED, work_done="更换轴承"), two.set(REVIEWED, diagnosis="轴承磨损")
    boss.approve(REVIEWED)
    two.sync()
    assert {two.told(each) for each in (edit, other)} == {"parked: report_approved"}
    boss.sync()
    by_field = {next(iter(row["data"]["operation"]["set"])): row for row in boss.rows("parked", code="report_approved")}
    edited(boss, by_field["work_done"], work_done="更换轴承，已试运行")
    boss.dismiss(by_field["diagnosis"], "报告已存档")
    boss.sync()
    two.sync()
    assert (day.record(REVIEWED)["work_done"], [two.outcome(each) for each in (edit, other)]) == (
        "更换轴承，已试运行",
        ["applied", "dismissed"],
    )
