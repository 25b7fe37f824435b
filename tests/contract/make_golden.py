"""Writes the golden outbox of the schema in hand: `python -m tests.contract.make_golden`.

Once a release is out its file is never written again; the next schema gets a file of its own.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from backend.domain.trade import SCHEMA
from backend.services.founding import SYSTEM_USER
from tests.contract.golden_play import (
    ADMIN,
    BRANCH,
    COLLEAGUE,
    DISPATCHER,
    ENGINEER,
    SUPERVISOR,
    Play,
    changed,
    record,
)

TARGET = Path(__file__).parent / "golden" / f"schema-{SCHEMA}.json"
CUSTOMER, SITE, CONTACT, ASSET, PART, PRICES, POLICY, TEMPLATE, CALENDAR, ORDER = map(record, range(0x11, 0x1B))
CHECKLIST, PHOTO, QUOTATION, CONSENT_SIGNED, SIGNED, REPORT, CALLBACK, PLAN = map(record, range(0x41, 0x49))
VISIT, PART_USED, NOTE, FINDING, DEADLINE, NOTICE, QUESTIONS, CALLBACKS = map(record, range(0x51, 0x59))
SPARE, COMPLAINT, KEPT = map(record, range(0x59, 0x5C))
INK = [[10, 20, 0, 14, 26, 16, 30, 22, 33], [5, 5, 50, 9, 9, 70]]
MORNING = 1_795_334_400_000


def words(text: str) -> dict[str, str]:
    return {"zh-CN": text, "zh-TW": text, "en": text}


def reference(play: Play) -> None:
    """What administrators write."""
    second, third = record(0x30), record(0x31)
    play.add(ADMIN, "branch", second, second, code="second", name="演示分点")
    play.change(ADMIN, "branch", second, second, name=("演示分点", "演示二分点"))
    play.add(ADMIN, "user", third, third, username="u31", name="演示", roles=["engineer"], branch=BRANCH, active=True)
    play.change(ADMIN, "user", third, third, name=("演示", "演示工程师三"))
    play.add(ADMIN, "part", PART, PART, code="P-1", name="交流接触器", source="original", price=18500, currency="CNY")
    play.change(ADMIN, "part", PART, PART, price=(18500, 19000), currency=("CNY", "CNY"))
    hours = [{"opens": 480, "closes": 1080}]
    days = {"timezone": "Asia/Shanghai", "weekdays": [0, 1, 2, 3, 4], "hours": hours, "years": [2026]}
    play.add(ADMIN, "work_calendar", CALENDAR, CALENDAR, key="演示", name=words("工作日历"), **days)
    play.change(ADMIN, "work_calendar", CALENDAR, CALENDAR, name=(words("工作日历"), words("演示日历")))
    asked = {"key": "q", "version": 1, "name": words("回访"), "questions": questions()}
    play.add(ADMIN, "question_template", QUESTIONS, QUESTIONS, **asked)
    versioned(play)


def versioned(play: Play) -> None:
    """Reference data in versions: a later one is a new record, so a change is not taken."""
    line = {"code": "L-HOUR", "name": "工时", "kind": "labour", "unit": "小时", "price": 12000, "part": None}
    prices = {"key": "public", "version": 1, "name": "公开价目", "currency": "CNY", "lines": [line]}
    timer = {"name": "respond", "start": "received", "stop": "accepted", "limit": 60, "unit": "min", "calendar": "24x7"}
    timers = [{**timer, "priority": "urgent", "source": "proposed"}]
    policy = {"key": "演示", "version": 1, "name": words("演示方案"), "timers": timers, "active": True}
    template = {"key": "t", "version": 1, "name": words("检查表"), "items": items()}
    made = (
        ("price_list", PRICES, prices),
        ("service_policy", POLICY, policy),
        ("checklist_template", TEMPLATE, template),
    )
    for kind, one, values in made:
        play.add(ADMIN, kind, one, one, **values)
        play.do(ADMIN, kind, one, one, "set", changed(key=(values["key"], "else")), verdict="parked")


def questions() -> list[dict[str, Any]]:
    return [{"id": "satisfied", "kind": "score", "label": words("满意吗")}]


def items() -> list[dict[str, Any]]:
    plain = {"required": False, "critical": False, "kind": "check"}
    earth = {"kind": "number", "unit": "Ω", "maximum": "4", "decimals": 1}
    return [
        {**plain, "id": "earth", "phase": "inspect", "label": words("接地电阻"), **earth},
        {**plain, "id": "wiring", "phase": "repair", "label": words("接线")},
    ]


def customers(play: Play) -> None:
    """Who has what where, and what recurs there."""
    there = {"branch": BRANCH, "customer": CUSTOMER}
    play.add(DISPATCHER, "customer", CUSTOMER, CUSTOMER, branch=BRANCH, name="演示客户", kind="company")
    play.change(DISPATCHER, "customer", CUSTOMER, CUSTOMER, notes=(None, "先电话预约"))
    play.add(DISPATCHER, "site", SITE, SITE, **there, name="演示厂房", address="演示路1号", lat_e7=1, lon_e7=2)
    play.change(DISPATCHER, "site", SITE, SITE, address=("演示路1号", "演示路2号"), lat_e7=(1, 1), lon_e7=(2, 2))
    play.add(DISPATCHER, "contact", CONTACT, CONTACT, **there, site=SITE, name="演示联系人")
    play.change(DISPATCHER, "contact", CONTACT, CONTACT, phone=(None, "000-0003"))
    play.add(DISPATCHER, "asset", ASSET, ASSET, **there, number="SB-1", site=SITE, condition="good")
    play.change(DISPATCHER, "asset", ASSET, ASSET, condition=("good", "impaired"))
    rounds = {"template": TEMPLATE, "assets": [ASSET], "recurrence": "months", "every": 1, "anchor": "2026-11-01"}
    play.add(DISPATCHER, "patrol_plan", PLAN, PLAN, **there, site=SITE, name="月检", **rounds, active=True)
    play.change(DISPATCHER, "patrol_plan", PLAN, PLAN, active=(True, None))
    rhythm = {"rule": "CB-03", "anchor": "2026-11-01", "every_months": 1}
    play.add(DISPATCHER, "callback_plan", CALLBACKS, CALLBACKS, **there, **rhythm, active=True)
    play.change(DISPATCHER, "callback_plan", CALLBACKS, CALLBACKS, active=(True, None))


def order(play: Play) -> None:
    """An order, taken and begun."""
    about = {"customer": CUSTOMER, "site": SITE, "contact": CONTACT, "asset": ASSET, "branch": BRANCH}
    kind = {"type": "repair_general", "priority": "urgent", "entitlement": "list_price", "title": "空压机不启动"}
    people = {"assignee": ENGINEER, "crew": [COLLEAGUE], "policy": POLICY, "policy_version": 1}
    play.add(DISPATCHER, "work_order", ORDER, ORDER, number="WO-1", received_at=MORNING, **about, **kind, **people)
    window = {"appointment_start": (None, MORNING), "appointment_end": (None, MORNING + 7_200_000)}
    play.change(DISPATCHER, "work_order", ORDER, ORDER, assignee=(ENGINEER, ENGINEER), **window)
    play.seen = {"epoch": "e", "position": 1, "at": "2026-11-22T23:00:00.000Z"}  # his clock must be wrong
    play.together(
        ENGINEER,
        ("work_order", ORDER, ORDER, "transition", {"name": "accept", "from": "dispatched"}),
        ("visit_event", VISIT, ORDER, "append", {"values": {"kind": "accept", "place_missing": "off"}}),
    )
    play.seen = None
    for name, start in (("depart", "accepted"), ("arrive", "departed"), ("start", "arrived")):
        play.do(ENGINEER, "work_order", ORDER, ORDER, "transition", {"name": name, "from": start})
    ruling = {"ruled_time": (None, MORNING), "ruled_because": (None, "与门禁记录一致")}
    play.change(SUPERVISOR, "visit_event", VISIT, ORDER, **ruling)


def work(play: Play) -> None:
    """What an engineer records on site."""
    play.add(ENGINEER, "checklist", CHECKLIST, ORDER, template=TEMPLATE, name=words("检查表"), items=items())
    play.add(ENGINEER, "checklist", SPARE, ORDER, name=words("多余的表"), items=items())
    answer = {"result": "pass", "value": "3.2", "note": None, "reason": None}
    play.change(ENGINEER, "checklist", CHECKLIST, ORDER, answers__earth=(None, answer))
    measured = {"value": "3.2", "unit": "Ω", "maximum": "4", "instrument": "接地电阻测试仪"}
    play.add(ENGINEER, "reading", record(0x61), ORDER, checklist=CHECKLIST, item="earth", **measured)
    found = {"checklist": CHECKLIST, "item": "earth", "severity": "minor", "description": "接地极锈蚀"}
    play.add(ENGINEER, "finding", FINDING, ORDER, **found, action="fixed")
    play.change(ENGINEER, "finding", FINDING, ORDER, description=("接地极锈蚀", "接地极轻微锈蚀"))
    for one, slot in ((PHOTO, "before"), (record(0x62), "after")):
        sha256 = hashlib.sha256(slot.encode()).hexdigest()
        play.add(ENGINEER, "photo", one, ORDER, sha256=sha256, size=len(slot), media_type="image/jpeg", slot=slot)
    play.change(ENGINEER, "photo", PHOTO, ORDER, caption=(None, "控制柜"))
    play.add(ENGINEER, "note", NOTE, ORDER, text="客户要求提前预约")
    fitted = {"source": "original", "permission": "granted", "new_part_shown": True, "disposition": "scrap"}
    play.add(ENGINEER, "part_use", PART_USED, ORDER, part=PART, name="交流接触器", quantity=1, **fitted)
    play.change(ENGINEER, "part_use", PART_USED, ORDER, old_serial=(None, "A-17"))
    moved = {"part": PART, "from": f"van:{ENGINEER}", "to": f"asset:{ASSET}", "quantity": 1}
    play.do(ENGINEER, "stock_move", record(0x63), ORDER, "move", moved)
    play.change(ENGINEER, "work_order", ORDER, ORDER, diagnosis=(None, "触点烧蚀"), work_done=(None, "更换接触器"))


def money(play: Play) -> None:
    """A price, and the customer's word on it."""
    line = {"code": "P-1", "name": "交流接触器", "kind": "part", "price": 18500, "quantity": "1.00", "amount": 18500}
    lines = [{**line, "unit": None, "part": None}]
    play.add(ENGINEER, "quotation", QUOTATION, ORDER, number=1, currency="CNY", price_list=PRICES, lines=lines)
    play.change(ENGINEER, "quotation", QUOTATION, ORDER, reason=(None, "原件损坏"))
    for kind, one, by in (
        ("quotation", QUOTATION, ENGINEER),
        ("photo", PHOTO, ENGINEER),
        ("note", NOTE, ENGINEER),
        ("part_use", PART_USED, ENGINEER),
        ("checklist", SPARE, SUPERVISOR),
    ):
        play.hide_and_restore(by, kind, one, ORDER)
    play.do(ENGINEER, "quotation", QUOTATION, ORDER, "transition", {"name": "present", "from": "draft"})
    shown = {"quotation": QUOTATION, "hash": play.stored(QUOTATION)["data"]["hash"], "signature": CONSENT_SIGNED}
    play.together(
        ENGINEER,
        ("signature", CONSENT_SIGNED, ORDER, "sign", {"statement": statement("quotation"), "ink": INK}),
        ("consent", record(0x64), ORDER, "append", {"values": {**shown, "decision": "yes", "mode": "written"}}),
    )


def statement(document: str) -> dict[str, Any]:
    signer = {"name": "演示客户", "role": "设备主管"}
    return {"v": 1, "document": document, "act": "accept", "work_order": ORDER, "signer": signer}


def decisions(play: Play) -> None:
    """Two engineers, one field; and two changes that were not theirs to make."""
    play.change(ENGINEER, "work_order", ORDER, ORDER, cause=(None, "supplier"))
    other = changed(cause=(None, "customer"))
    play.do(COLLEAGUE, "work_order", ORDER, ORDER, "set", other, verdict="conflicted")
    conflict = play.conflict_on(ORDER)
    saw = [conflict["data"]["live"]["op"], *(one["op"] for one in conflict["data"]["candidates"])]
    choice = {"conflict": conflict["id"], "choose": {"op": saw[0]}, "reason": "与现场照片一致", "saw": saw}
    play.do(SUPERVISOR, "conflict", conflict["id"], ORDER, "resolve", choice)
    for field, was, to, do, body in (
        ("priority", "urgent", "general", "unpark", {}),
        ("customer_wish", None, "周末施工", "dismiss", {"reason": "须由调度确认"}),
    ):
        refused = changed(**{field: (was, to)})
        parked = play.parked(play.do(ENGINEER, "work_order", ORDER, ORDER, "set", refused, verdict="parked"))
        play.do(SUPERVISOR, "parked", parked, parked, do, body)


def finish(play: Play) -> None:
    """The customer's last word, the report, and its review."""
    play.together(
        ENGINEER,
        ("signature", SIGNED, ORDER, "sign", {"statement": statement("acceptance"), "ink": INK}),
        ("rating", record(0x65), ORDER, "append", {"values": {"declined": True, "signature": SIGNED}}),
    )
    done = {"result": "pass", "value": None, "note": None, "reason": None}
    play.change(ENGINEER, "checklist", CHECKLIST, ORDER, answers__wiring=(None, done))
    play.add(ENGINEER, "report", REPORT, ORDER, result="done", summary="恢复运行")
    play.do(ENGINEER, "work_order", ORDER, ORDER, "transition", {"name": "finish", "from": "settled"})
    play.add(SUPERVISOR, "review", record(0x66), ORDER, report=REPORT, decision="approve", comments=[])


def clock(play: Play) -> None:
    """What the server's own scheduler writes, and who answers it."""
    timer = {"name": "respond", "start": "received", "stop": "accepted", "limit": 60, "limit_unit": "min"}
    due = {"calendar": "24x7", "source": "proposed", "start_at": MORNING, "due_at": MORNING + 3_600_000}
    play.add(SYSTEM_USER, "deadline", DEADLINE, ORDER, **timer, **due, state="running")
    play.change(SYSTEM_USER, "deadline", DEADLINE, ORDER, state=("running", "met"))
    found = {"finding": FINDING, "item": "earth", "found_at": MORNING, "severity": "minor"}
    play.add(SYSTEM_USER, "asset_finding", KEPT, ASSET, **found, description="接地极轻微锈蚀", action="advise")
    play.change(SYSTEM_USER, "asset_finding", KEPT, ASSET, inspected_at=(None, MORNING + 1))
    play.add(SYSTEM_USER, "notice", NOTICE, NOTICE, to=ENGINEER, kind="warning", order=ORDER, at=MORNING)
    play.change(ENGINEER, "notice", NOTICE, NOTICE, seen=(None, True))
    window = {"opens_on": "2026-11-25", "closes_on": "2026-11-29", "visible_from": MORNING, "closes_at": MORNING + 1}
    about = {"branch": BRANCH, "rule": "CB-01", "order": ORDER, "customer": CUSTOMER, "workers": [ENGINEER]}
    play.add(SYSTEM_USER, "callback", CALLBACK, CALLBACK, **about, questions=questions(), **window)
    reached = {"channel": "phone", "outcome": "satisfied", "answers": [{"question": "satisfied", "score": 5}]}
    play.add(DISPATCHER, "callback_attempt", record(0x67), CALLBACK, **reached)


def complaint(play: Play) -> None:
    """An engineer hands a complaint to his desk, which handles it."""
    about = {"branch": BRANCH, "customer": CUSTOMER, "order": ORDER, "engineers": [ENGINEER], "received_at": MORNING}
    said = {"number": "TS-1", "channel": "on_site", "description": "地面被弄脏"}
    play.add(ENGINEER, "complaint", COMPLAINT, COMPLAINT, **about, **said)
    play.change(DISPATCHER, "complaint", COMPLAINT, COMPLAINT, handler=(None, DISPATCHER))
    tap = {"name": "acknowledge", "from": "opened"}
    play.do(DISPATCHER, "complaint", COMPLAINT, COMPLAINT, "transition", tap)


def van(play: Play) -> None:
    """What the server keeps of a move for the engineer's van."""
    moved = {"engineer": ENGINEER, "move": record(0x63), "part": PART, "quantity": -1}
    play.add(SYSTEM_USER, "van_move", record(0x68), record(0x68), **moved)


def main() -> None:
    """Plays the day and writes what was said, one operation a line."""
    play = Play()
    for part in (reference, customers, order, work, money, decisions, finish, clock, complaint, van):
        part(play)
    world, operations = (",\n".join(map(_line, said)) for said in (play.world, play.spoken))
    content = f'  "schema": {SCHEMA},\n  "world": [\n{world}\n  ],\n  "operations": [\n{operations}\n  ]\n'
    TARGET.write_text("{\n" + content + "}\n", encoding="utf-8")


def _line(said: dict[str, Any]) -> str:
    return "    " + json.dumps(said, ensure_ascii=False)


if __name__ == "__main__":
    main()
