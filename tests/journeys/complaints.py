"""An order whose policy sets limits to complaints, and a complaint about it that somebody has taken on."""

import time
from typing import Any

from backend.services.seed_company import demo_id
from tests.journeys.program import Program

NUMBER = "GD-9001"
SAID = "维修后地面留有油污，没有清理"
POLICY = demo_id("service_policy rental-quality")
PLACE = {
    "branch": demo_id("branch demo"),
    **{name: demo_id(f"{name} 1") for name in ("customer", "site", "contact")},
}


def order(desk: Program, engineer: str) -> str:
    """A dispatcher sends this engineer to a job; the order's id."""
    promised = {"policy": POLICY, "policy_version": 1, "received_at": _now()}
    job = {"number": NUMBER, "type": "repair_general", "priority": "general", "title": "空压机排水阀漏油"}
    return _made(desk, "work_order", {**PLACE, **promised, **job, "assignee": demo_id(f"user {engineer}")})


def complaint(desk: Program, about: str, engineer: str) -> str:
    """The customer called about it, and the caller takes it on; the complaint's id."""
    said = {
        "number": "TS-9001",
        "channel": "phone",
        "description": SAID,
        "demand": "请派人清理现场",
        "key_complaint": True,
    }
    job = {"order": about, "engineers": [demo_id(f"user {engineer}")], "received_at": _now()}
    made = _made(desk, "complaint", {**PLACE, **said, **job})
    own = {"handler": {"was": None, "to": desk.account.user}}
    desk.make("complaint", made, "set", own, root=made)
    desk.make("complaint", made, "transition", {"name": "acknowledge", "from": "opened"}, root=made)
    desk.push()
    return made


def _made(desk: Program, kind: str, values: dict[str, Any]) -> str:
    made = desk.new_id()
    desk.make(kind, made, "create", {"values": values}, root=made)
    desk.push()
    return made


def _now() -> int:
    return int(time.time() * 1000)
