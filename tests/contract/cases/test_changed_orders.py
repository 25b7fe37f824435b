"""Orders that were cancelled, closed, approved or priced anew while somebody worked on them out of reach."""

from __future__ import annotations

from tests.simulation.company import BEGIN
from tests.simulation.identity import record_id
from tests.support.day import Day, Person, order

ORDER, FRESH, REVIEWED = order("under_repair"), order("fresh"), order("in_review")
BELT = record_id(BEGIN, "part", "belt")


def cancel(day: Day, root: str) -> None:
    desk = day.person("dispatcher1")
    desk.set(root, cancel_reason="客户取消")
    desk.tap(root, "cancel")
    desk.sync()


def test_r_221_the_order_was_cancelled_while_the_repair_was_finished(day: Day):
    one, desk = day.people("engineer1", "dispatcher1")
    cancel(day, ORDER)
    note, photo = one.note(ORDER, "皮带已更换"), one.photo(ORDER, "after", b"the new belt")
    work, answer = one.set(ORDER, work_done="更换皮带"), one.answer("under_repair", "repair", "pass")
    one.sync()
    one.upload()
    told = {one.told(made) for made in (note, photo, work, answer)}
    assert told == {"parked: order_cancelled"}
    desk.sync()
    waiting = desk.rows("parked", code="order_cancelled")
    assert (day.record(ORDER)["state"], len(waiting)) == ("cancelled", 4)
    for parked in waiting:
        desk.unpark(parked)
    desk.sync()
    one.sync()
    assert (day.record(ORDER)["work_done"], one.outcome(work)) == ("更换皮带", "applied")
    assert day.record(photo["record"])["stored"] is True


def test_the_cancelled_order_is_reopened_for_the_work_that_was_done(day: Day):
    one, desk = day.people("engineer1", "dispatcher1")
    cancel(day, ORDER)
    answer, work = one.answer("under_repair", "repair", "pass"), one.set(ORDER, work_done="更换皮带")
    one.sync()
    desk.sync()
    desk.tap(ORDER, "reopen")
    for parked in desk.rows("parked", code="order_cancelled"):
        desk.unpark(parked)
    desk.sync()
    one.sync()
    assert [one.outcome(made) for made in (answer, work)] == ["applied", "applied"]
    assert (one.shows(ORDER)["work_done"], one.shows(ORDER)["state"]) == ("更换皮带", "repairing")


def approve(boss: Person) -> None:
    """A supervisor approves the report under review."""
    (report,) = boss.rows("report")
    with boss.together():
        boss.add("review", REVIEWED, report=report["id"], decision="approve", comments=[])
        boss.tap(REVIEWED, "approve")
    boss.sync()


def test_r_216_the_approved_order_leaves_the_tablet(day: Day):
    two, boss = day.people("engineer2", "supervisor1")
    opened = {REVIEWED, *(two.shows(REVIEWED)[name] for name in ("customer", "site", "asset"))}
    approve(boss)
    two.exchange()
    assert {item["root"]: item["why"] for item in two.left} == dict.fromkeys(opened, "closed")
    assert not any(map(two.sees, opened))
    fresh = Person(day, "engineer2", tablet="a new one")
    fresh.sync()
    assert (fresh.sees(REVIEWED), boss.sees(REVIEWED)) == (False, True)


def test_what_was_done_on_an_approved_order_stays_until_it_has_arrived(day: Day):
    two, boss = day.people("engineer2", "supervisor1")
    photo = two.photo(REVIEWED, "after", b"the belt, a day later")
    approve(boss)
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
    approve(boss)
    two.exchange()
    assert {item["why"] for item in two.left} == {"reassigned"}
    assert two.told(note) == "parked: handed_over"


def test_a_note_on_a_closed_order(day: Day):
    two, boss = day.people("engineer2", "supervisor1")
    approve(boss)
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
    approve(boss)
    two.sync()
    assert (two.told(edit), day.record(REVIEWED)["state"]) == ("parked: report_approved", "archived")
    assert "work_done" not in day.record(REVIEWED)
    boss.sync()
    boss.unpark(boss.rows("parked", code="report_approved")[0])
    boss.sync()
    assert day.record(REVIEWED)["work_done"] == "更换轴承"


def quote(one: Person, root: str) -> dict[str, object]:
    """A quotation of one belt at the price on the tablet."""
    price = one.shows(BELT)["price"]
    line = {"code": "P1", "name": "演示皮带", "kind": "part", "unit": "pc", "price": price, "quantity": "1.00"}
    lines = [{**line, "amount": price, "part": BELT}]
    return one.add("quotation", root, "create", number=1, currency="CNY", lines=lines)


def test_r_218_the_price_list_changed_while_he_was_quoting(day: Day):
    one, admin = day.people("engineer1", "admin1")
    quotation = quote(one, ORDER)
    admin.set(BELT, price=1500, currency="CNY")
    admin.sync()
    one.sync()
    assert (one.told(quotation), one.shows(BELT)["price"]) == ("applied", 1500)
    assert day.record(quotation["record"])["total"] == 1200, "the customer was told the price of that moment"
