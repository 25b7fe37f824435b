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
