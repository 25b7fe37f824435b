"""What dispatchers, supervisors and administrators do, on devices that are offline as often as anyone's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sync.records import Record
from tests.simulation import fieldwork
from tests.simulation.fieldwork import Family, of
from tests.simulation.hand import Hand

HOUR = 3_600_000
TEXTS = ("fault", "diagnosis", "work_done", "title", "customer_wish")


def engineers(hand: Hand) -> list[str]:
    return [row["id"] for row in hand.rows("user") if row["data"]["roles"] == ["engineer"]]


def reassign(hand: Hand, family: Family, order: Record) -> None:
    """Assignee and appointment are one merge group: all members are sent."""
    start = hand.today // HOUR * HOUR
    values = {"appointment_start": start, "appointment_end": start + HOUR, "assignee": hand.pick(engineers(hand))}
    hand.change(order, **values)


def change_crew(hand: Hand, family: Family, order: Record) -> None:
    hand.change(order, crew=hand.pick((None, [hand.pick(engineers(hand))], sorted(set(engineers(hand)[:2])))))


def reword(hand: Hand, family: Family, order: Record) -> None:
    hand.change(order, **{hand.pick(("title", "customer_wish", "fault", "diagnosis")): hand.text()})


def reprioritise(hand: Hand, family: Family, order: Record) -> None:
    hand.change(order, priority=hand.pick(("urgent", "general", "planned")))


def entitle(hand: Hand, family: Family, order: Record) -> None:
    hand.change(order, entitlement=hand.pick(("free", "free", "list_price")))


def cancel(hand: Hand, family: Family, order: Record) -> None:
    """Call an order off, or take that back."""
    if order.data.get("state") == "cancelled":
        hand.tap(order, "reopen")
    else:
        hand.change(order, cancel_reason=hand.text())
        hand.tap(order, "cancel")


def new_order(hand: Hand, family: Family, order: Record) -> None:
    """A new order with its checklist, copied from one on the screen: one group."""
    kept = ("customer", "site", "asset", "branch", "policy", "policy_version")
    copied = {name: order.data[name] for name in kept if order.data.get(name)}
    values = {"number": hand.text(), "type": "repair_general", "priority": "general", "received_at": hand.today}
    made = hand.new_record()
    engineer = hand.pick(engineers(hand))
    facts = {**copied, **values, "title": hand.text(), "assignee": engineer, "entitlement": "free"}
    hand.write("work_order", made, made, "create", {"values": facts})
    for checklist in of(family, "checklist")[:1]:
        pinned = {"name": checklist.data["name"], "items": checklist.data["items"]}
        hand.write("checklist", hand.new_record(), made, "create", {"values": pinned})


def edit_customer(hand: Hand, family: Family, order: Record) -> None:
    row = hand.pick(hand.rows("customer"))
    if row:
        record = hand.family(row["id"])[row["id"]]
        hand.change(record, **{hand.pick(("phone", "notes")): hand.text()})


def move_site(hand: Hand, family: Family, order: Record) -> None:
    row = hand.pick(hand.rows("site"))
    if row:
        record = hand.family(row["id"])[row["id"]]
        hand.change(record, address=hand.text(), lat_e7=hand.chance(), lon_e7=hand.chance())


def review(hand: Hand, family: Family, order: Record) -> None:
    """A decision on the newest report and the step that follows from it: one group."""
    reports = of(family, "report")
    if reports and order.data.get("state") == "in_review":
        newest = reports[-1]
        decision = hand.pick(("approve", "approve", "return"))
        hand.append("review", order.id, report=newest.id, decision=decision, comments=[])
        hand.tap(order, decision)


def resolve(hand: Hand, family: Family, order: Record) -> None:
    """Choose one of the values of an open conflict, or write a better one."""
    conflict = hand.pick([row for row in hand.rows("conflict") if row["data"]["state"] == "open"])
    if not conflict:
        return
    values = [conflict["data"]["live"], *conflict["data"]["candidates"]]
    chosen = hand.pick(values)
    plain = not isinstance(conflict["data"]["live"]["value"], dict) and conflict["data"]["record_type"] == "work_order"
    free_text = plain and conflict["data"]["field"] in TEXTS
    choose = {"value": hand.text()} if free_text and hand.rarely(3) else {"op": chosen["op"]}
    body = {"conflict": conflict["id"], "choose": choose, "reason": hand.text(), "saw": [one["op"] for one in values]}
    hand.write("conflict", conflict["id"], conflict["root"], "resolve", body)


def settle_parked(hand: Hand, family: Family, order: Record) -> None:
    """Apply a parked operation after all, as it is or edited, or dismiss it with a reason."""
    parked = hand.pick([row for row in hand.rows("parked") if row["data"]["state"] == "open"])
    if parked and hand.rarely(2):
        hand.write("parked", parked["id"], parked["id"], "dismiss", {"reason": hand.text()})
    elif parked:
        hand.write("parked", parked["id"], parked["id"], "unpark", edited(hand, parked["data"]["operation"]))


def edited(hand: Hand, operation: dict) -> dict:
    """Texts of a change in the decider's words, now and then; everything else as it is."""
    changes = operation.get("set")
    if not isinstance(changes, dict) or not set(changes) <= set(TEXTS) or hand.rarely(2):
        return {}
    body = {name: {"was": change["was"], "to": hand.text()} for name, change in changes.items()}
    return {"edited": body, "reason": hand.text()}


def hold_from_desk(hand: Hand, family: Family, order: Record) -> None:
    fieldwork.hold(hand, family, order)


def change_price(hand: Hand, family: Family, order: Record) -> None:
    part = hand.pick(hand.rows("part"))
    if part:
        hand.change(hand.family(part["id"])[part["id"]], price=hand.chance() % 10_000, currency="CNY")


def new_part(hand: Hand, family: Family, order: Record) -> None:
    part = hand.new_record()
    values = {"code": hand.text(), "name": hand.text(), "price": 100, "currency": "CNY"}
    hand.write("part", part, part, "create", {"values": values})


def transfer(hand: Hand, family: Family, order: Record) -> None:
    """Move a desk user to another branch: everything of the old one leaves his device."""
    desks = [row for row in hand.rows("user") if {"dispatcher", "supervisor"} & set(row["data"]["roles"])]
    branch = hand.pick(hand.rows("branch"))
    user = hand.pick(desks)
    if user and branch:
        hand.change(hand.family(user["id"])[user["id"]], branch=branch["id"])


def change_roles(hand: Hand, family: Family, order: Record) -> None:
    supervisors = [row for row in hand.rows("user") if row["data"]["username"].startswith("supervisor")]
    user = hand.pick(supervisors)
    if user:
        roles = hand.pick((["supervisor"], ["dispatcher", "supervisor"], ["engineer", "supervisor"]))
        hand.change(hand.family(user["id"])[user["id"]], roles=roles)


DISPATCHER: Mapping[Callable[[Hand, Family, Record], object], int] = {
    reassign: 24,
    change_crew: 10,
    reword: 14,
    reprioritise: 8,
    entitle: 6,
    cancel: 2,
    new_order: 4,
    edit_customer: 4,
    move_site: 4,
    resolve: 4,
    settle_parked: 6,
    hold_from_desk: 1,
    fieldwork.note: 3,
}
SUPERVISOR: Mapping[Callable[[Hand, Family, Record], object], int] = {
    resolve: 20,
    settle_parked: 20,
    review: 20,
    reword: 8,
    reassign: 4,
    fieldwork.caption: 3,
    fieldwork.hide: 2,
    fieldwork.any_photo: 3,
    fieldwork.note: 4,
    edit_customer: 2,
    cancel: 1,
}
ADMIN: Mapping[Callable[[Hand, Family, Record], object], int] = {
    change_price: 10,
    new_part: 3,
    transfer: 6,
    change_roles: 3,
}
TUG = (reassign, reassign, reassign, change_crew, change_crew, new_order)
QUARREL = (
    *(reassign, reassign, move_site, reword, reword, reword, entitle, edit_customer, review),
    *(resolve, resolve, resolve, settle_parked, settle_parked, settle_parked),
)
