"""What engineers do: walk an order up the ladder, and everything beside the ladder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from backend.domain import quotation
from sync.records import Record
from tests.simulation.hand import Hand

Family = dict[str, Record]
NOT_PASSED = ("fail", "na", None)


def of(family: Family, kind: str) -> list[Record]:
    return [one for one in family.values() if one.type == kind and not one.gone]


def tap(name: str) -> Callable[[Hand, Family, Record], None]:
    return lambda hand, family, order: hand.tap(order, name)


def answer(hand: Hand, checklist: Record, item: str, result: str | None) -> None:
    said = {"result": result, "value": None, "note": hand.text(), "reason": hand.text() if result == "na" else None}
    given = {**said, "instrument": None}
    hand.change(checklist, **{f"answers/{item}": given if result else None})


def answered(*phases: str) -> Callable[[Hand, Family, Record], bool]:
    """Answer the first open item of these phases; False if there is none."""

    def work(hand: Hand, family: Family, order: Record) -> bool:
        for checklist in of(family, "checklist"):
            for item in checklist.data["items"]:
                given = checklist.data.get(f"answers/{item['id']}") or {}
                if item["phase"] in phases and given.get("result") != "pass":
                    answer(hand, checklist, item["id"], "pass")
                    return True
        return False

    return work


def or_else(first: Callable[..., bool], then: Callable[..., object]) -> Callable[[Hand, Family, Record], None]:
    def work(hand: Hand, family: Family, order: Record) -> None:
        if not first(hand, family, order):
            then(hand, family, order)

    return work


def diagnose(hand: Hand, family: Family, order: Record) -> None:
    if not order.data.get("diagnosis"):
        hand.change(order, diagnosis=hand.text())
    elif order.data.get("entitlement") != "free":
        quote(hand, family, order)
    else:
        answered("protect")(hand, family, order)


def quote(hand: Hand, family: Family, order: Record) -> None:
    """Draft, edit or present a quotation."""
    known = quotation.newest_first(of(family, "quotation"))
    price = hand.pick((1200, 25_000, 99))
    line = {"code": "L1", "name": hand.text(), "kind": "labour", "unit": "h", "price": price, "quantity": "1.50"}
    lines = [{**line, "amount": quotation.amount(price, "1.50"), "part": None}]
    if not known or known[0].data.get("state") == "presented":
        number = (known[0].data.get("number") or 0) + 1 if known else 1
        hand.append("quotation", order.id, "create", number=number, currency="CNY", lines=lines)
    elif hand.rarely(3):
        hand.change(known[0], lines=lines)
    else:
        hand.tap(known[0], "present")


def decide(hand: Hand, family: Family, order: Record) -> None:
    """The customer's word on the quotation, as far as its hash is known."""
    known = [one for one in quotation.newest_first(of(family, "quotation")) if one.data.get("hash")]
    if not known:
        return
    decision = {"quotation": known[0].id, "hash": known[0].data["hash"]}
    if hand.rarely(4):
        hand.append("consent", order.id, decision="no", reason_code="other", reason_text=hand.text(), **decision)
    else:
        oral = {"mode": "oral", "person": "演示客户", "reason_text": hand.text()}
        hand.append("consent", order.id, decision="yes", **oral, **decision)


def photo(hand: Hand, order: str, slot: str, **more: object) -> str:
    content = hand.text().encode() * 40
    sha256 = hashlib.sha256(content).hexdigest()
    hand.photos[sha256] = content
    about = {"sha256": sha256, "size": len(content), "media_type": "image/jpeg", "slot": slot}
    return hand.append("photo", order, **about, **more)


def sign_off(hand: Hand, family: Family, order: Record) -> None:
    """Signature and rating belong together: one group."""
    statement = {"document": "acceptance", "act": "accept", "order": order.id, "text": hand.text()}
    signature = hand.new_record()
    hand.write("signature", signature, order.id, "sign", {"statement": statement, "ink": [[1, 2, 3], [4, 5, 6]]})
    hand.append("rating", order.id, **rated(hand), signature=signature)


def rated(hand: Hand) -> dict[str, object]:
    """One to five, or none: an app of last year just left the score out."""
    score = hand.pick((1, 3, 5, None))
    if score is None:
        return {"declined": True} if hand.device.schema > 1 else {}
    return {"score": score}


def finish(hand: Hand, family: Family, order: Record) -> None:
    if answered("prepare", "protect", "repair", "test", "cleanup", "acceptance")(hand, family, order):
        return
    hand.append("report", order.id, result="done", summary=hand.text())
    hand.tap(order, "finish")


LADDER: Mapping[str, Callable[[Hand, Family, Record], object]] = {
    "dispatched": tap("accept"),
    "accepted": or_else(answered("prepare"), tap("depart")),
    "departed": tap("arrive"),
    "arrived": tap("start"),
    "diagnosing": diagnose,
    "quoted": decide,
    "consented": answered("protect"),
    "refused": quote,
    "repairing": answered("repair", "test"),
    "testing": answered("test"),
    "cleaning_up": or_else(answered("cleanup"), lambda hand, family, order: photo(hand, order.id, "after")),
    "acceptance": or_else(answered("acceptance"), sign_off),
    "settled": finish,
    "returned": finish,
    "on_hold": tap("resume"),
}


def step(hand: Hand, family: Family, order: Record) -> None:
    """The one big button: whatever brings the order on."""
    work = LADDER.get(str(order.data.get("state")))
    if work:
        work(hand, family, order)


def write_finding(hand: Hand, family: Family, order: Record) -> None:
    hand.change(order, **{hand.pick(("fault", "diagnosis", "work_done", "fault")): hand.text()})


def write_two_findings(hand: Hand, family: Family, order: Record) -> None:
    hand.change(order, fault=hand.text(), diagnosis=hand.text())


def answer_any(hand: Hand, family: Family, order: Record) -> None:
    checklist = hand.pick(of(family, "checklist"))
    if checklist:
        item = hand.pick(checklist.data["items"])
        answer(hand, checklist, item["id"], hand.pick(("pass", "pass", "fail", "na", None)))


def note(hand: Hand, family: Family, order: Record) -> None:
    hand.append("note", order.id, text=hand.text())


def reading(hand: Hand, family: Family, order: Record) -> None:
    hand.append("reading", order.id, value=f"{hand.chance() % 500}.5", unit="bar", minimum="1.0", maximum="250.0")


def visit(hand: Hand, family: Family, order: Record) -> None:
    hand.append("visit_event", order.id, kind=hand.pick(("depart", "arrive", "hold")), place_missing="denied")


def any_photo(hand: Hand, family: Family, order: Record) -> None:
    photo(hand, order.id, hand.pick(("before", "fault", "nameplate", "evidence")))


def failed_item_with_photo(hand: Hand, family: Family, order: Record) -> None:
    """A failed answer and its picture are one group."""
    checklist = hand.pick(of(family, "checklist"))
    if checklist:
        item = hand.pick(checklist.data["items"])["id"]
        answer(hand, checklist, item, "fail")
        photo(hand, order.id, "checklist", checklist=checklist.id, item=item)


def caption(hand: Hand, family: Family, order: Record) -> None:
    picture = hand.pick(of(family, "photo"))
    if picture:
        hand.change(picture, caption=hand.text())


def hide(hand: Hand, family: Family, order: Record) -> None:
    """Hide a note or a photo, or bring a hidden one back."""
    thing = hand.pick([one for one in family.values() if one.type in ("note", "photo", "part_use")])
    if thing and thing.gone:
        hand.write(thing.type, thing.id, thing.root, "restore", {})
    elif thing:
        hand.write(thing.type, thing.id, thing.root, "hide", {"reason": hand.text()})


def use_part(hand: Hand, family: Family, order: Record) -> None:
    known = hand.pick(of(family, "part_use"))
    if known and hand.rarely(2):
        hand.change(known, disposition=hand.pick(("customer_keeps", "return_company", "scrap")), note=hand.text())
        return
    bond = {"source": "original", "permission": "granted", "new_part_shown": True, "disposition": "scrap"}
    hand.append("part_use", order.id, "create", name=hand.text(), quantity=1, **bond)


def move_part(hand: Hand, family: Family, order: Record) -> None:
    part = hand.pick(hand.rows("part"))
    asset = order.data.get("asset")
    if part and asset:
        body = {"part": part["id"], "from": f"van:{hand.device.user}", "to": f"asset:{asset}", "quantity": 1}
        hand.write("stock_move", hand.new_record(), order.id, "move", body)


def hold(hand: Hand, family: Family, order: Record) -> None:
    if order.data.get("state") != "on_hold":
        hand.change(order, hold_reason=hand.pick(("parts", "factory")))
        hand.tap(order, "hold")


def machine_condition(hand: Hand, family: Family, order: Record) -> None:
    asset = order.data.get("asset")
    row = hand.family(asset).get(asset) if asset else None
    if row:
        hand.change(row, condition=hand.pick(("good", "impaired", "down")))


ENGINEER: Mapping[Callable[[Hand, Family, Record], object], int] = {
    step: 40,
    write_finding: 14,
    write_two_findings: 3,
    answer_any: 12,
    note: 5,
    reading: 3,
    visit: 2,
    any_photo: 6,
    failed_item_with_photo: 3,
    caption: 3,
    hide: 3,
    use_part: 4,
    move_part: 2,
    hold: 2,
    machine_condition: 2,
    quote: 3,
}
ELSEWHERE: Mapping[Callable[[Hand, Family, Record], object], int] = {
    step: 40,
    note: 5,
    reading: 2,
    visit: 2,
    any_photo: 4,
    caption: 3,
    move_part: 1,
    hold: 1,
}
QUARREL = (
    *(step, step, step, write_finding, write_finding, write_finding, write_two_findings, answer_any, answer_any),
    *(quote, quote, quote, decide, caption, hide, hide, use_part, use_part, any_photo, note, machine_condition),
)
