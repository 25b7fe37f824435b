"""The small company every schedule plays in: built once through the real write path, then copied."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sync.arrivals import blob_arrived
from sync.bootstrap import bootstrap
from sync.clock import format_time
from sync.engine import Engine, Session
from sync.exchange import submit
from sync.operations import OperationMaker
from tests.simulation.identity import operation_id, record_id

PICTURE = b"a picture that was taken before the schedule begins"
PICTURE_HASH = hashlib.sha256(PICTURE).hexdigest()
BEGIN = 1_790_000_000_000
SYSTEM = "00000000-0000-7000-8000-000000000000"
NORTH, SOUTH = record_id(BEGIN, "north"), record_id(BEGIN, "south")
PEOPLE: Mapping[str, tuple[str, str]] = {
    "engineer1": ("engineer", NORTH),
    "engineer2": ("engineer", NORTH),
    "engineer3": ("engineer", NORTH),
    "dispatcher1": ("dispatcher", NORTH),
    "supervisor1": ("supervisor", NORTH),
    "supervisor2": ("supervisor", SOUTH),
    "admin1": ("admin", NORTH),
}
USERS = {name: record_id(BEGIN, name) for name in PEOPLE}
PHASES = ("prepare", "protect", "repair", "test", "cleanup", "acceptance")
ORDERS = ("under_repair", "shared", "fresh", "in_review", "southern")
ORDER_IDS = tuple(record_id(BEGIN, "work_order", label) for label in ORDERS)
CREWS = {"shared": ("engineer3",), "under_repair": ("engineer2",)}
PLACES = {"under_repair": "mill", "shared": "mill"}  # two open orders on one machine
ASSIGNEES = {"fresh": "engineer1", "shared": "engineer2", "under_repair": "engineer1", "in_review": "engineer2"}


def name(text: str) -> dict[str, str]:
    return {"zh-CN": text, "zh-TW": text, "en": text}


def item(phase: str) -> dict[str, object]:
    about = {"id": phase, "phase": phase, "kind": "check", "label": name("演示检查项"), "required": True}
    return {**about, "critical": phase == "test", "photo_on_fail": False}


class Builder:
    """Writes the first records as their proper authors; a refused operation is a mistake in this file."""

    def __init__(self, engine: Engine, schema: int) -> None:
        self.engine, self.schema, self.count = engine, schema, 0
        self.places: set[str] = set()

    def new_id(self) -> str:
        self.count += 1
        return operation_id("company", self.count)

    def send(self, user: str, kind: str, record: str, root: str, do: str, body: object) -> None:
        maker = OperationMaker(user, format_time(BEGIN), self.schema, self.new_id)
        answer = submit(self.engine, Session(user, "desk"), [maker.make(kind, record, root, do, body)], BEGIN)[0]
        assert answer.verdict == "applied", (kind, do, body, answer)

    def make(self, kind: str, label: str, /, **values: object) -> str:
        """A root made by the system user."""
        record = record_id(BEGIN, kind, label)
        self.send(SYSTEM, kind, record, record, "create", {"values": values})
        return record

    def add(self, user: str, kind: str, label: str, root: str, do: str = "append", /, **values: object) -> str:
        record = record_id(BEGIN, kind, label)
        self.send(user, kind, record, root, do, {"values": values})
        return record

    def answer(self, user: str, checklist: str, root: str, phase: str) -> None:
        given = {"result": "pass", "value": None, "note": None, "reason": None}
        change = {f"answers/{phase}": {"was": None, "to": given}}
        self.send(user, "checklist", checklist, root, "set", change)

    def tap(self, user: str, order: str, *names: str) -> None:
        for step in names:
            self.send(user, "work_order", order, order, "transition", {"name": step, "from": "any"})


def build(engine: Engine, schema: int) -> None:
    """The whole company: people, customers and orders in several states."""
    bootstrap(engine, SYSTEM, {"username": "system", "name": "系统", "roles": ["system"], "active": True}, BEGIN)
    builder = Builder(engine, schema)
    for branch, code in ((NORTH, "N"), (SOUTH, "S")):
        builder.send(
            SYSTEM, "branch", branch, branch, "create", {"values": {"code": code, "name": f"演示分公司{code}"}}
        )
    for person, (role, branch) in PEOPLE.items():
        facts = {"username": person, "name": f"演示{person}", "roles": [role], "branch": branch, "active": True}
        builder.send(SYSTEM, "user", USERS[person], USERS[person], "create", {"values": facts})
    builder.make("part", "belt", code="P1", name="演示皮带", price=1200, currency="CNY")
    for label in ORDERS:
        order(builder, label)
    under_repair(builder)
    in_review(builder)


def order(builder: Builder, label: str) -> None:
    branch = SOUTH if label == "southern" else NORTH
    customer, site, machine = workplace(builder, PLACES.get(label, label), branch)
    people: dict[str, object] = {"crew": [USERS[one] for one in CREWS.get(label, ())]}
    if label in ASSIGNEES:
        people["assignee"] = USERS[ASSIGNEES[label]]
    place = {"customer": customer, "site": site, "asset": machine, "branch": branch}
    about = {"number": label, "type": "repair_general", "priority": "general", "title": "演示故障"}
    free = "list_price" if label == "fresh" else "free"
    root = builder.make("work_order", label, received_at=BEGIN, entitlement=free, **place, **about, **people)
    items = [item(phase) for phase in PHASES]
    builder.add(SYSTEM, "checklist", label, root, "create", name=name("演示检查表"), items=items)


def workplace(builder: Builder, label: str, branch: str) -> tuple[str, str, str]:
    """Customer, site and machine, made once for all orders there."""
    ids = (record_id(BEGIN, "customer", label), record_id(BEGIN, "site", label), record_id(BEGIN, "asset", label))
    if label not in builder.places:
        builder.places.add(label)
        builder.make("customer", label, name="演示客户", branch=branch, kind="company")
        builder.make("site", label, name="演示现场", branch=branch, customer=ids[0], address="演示路1号")
        builder.make("asset", label, number="A1", branch=branch, customer=ids[0], site=ids[1])
    return ids


def under_repair(builder: Builder) -> None:
    root, checklist, user = ids("under_repair", "engineer1")
    builder.tap(user, root, "accept")
    builder.answer(user, checklist, root, "prepare")
    builder.tap(user, root, "depart", "arrive", "start")
    builder.send(user, "work_order", root, root, "set", {"diagnosis": {"was": None, "to": "皮带断裂"}})
    builder.answer(user, checklist, root, "protect")


def in_review(builder: Builder) -> None:
    root, checklist, user = ids("in_review", "engineer2")
    builder.tap(user, root, "accept")
    builder.answer(user, checklist, root, "prepare")
    builder.tap(user, root, "depart", "arrive", "start")
    builder.send(user, "work_order", root, root, "set", {"diagnosis": {"was": None, "to": "轴承磨损"}})
    for phase in PHASES[1:]:
        builder.answer(user, checklist, root, phase)
    absent = {"document": "acceptance", "act": "accept", "order": root}
    signature = record_id(BEGIN, "signature", "in_review")
    about = {"size": len(PICTURE), "media_type": "image/jpeg", "sha256": PICTURE_HASH, "slot": "after"}
    builder.send(user, "signature", signature, root, "sign", {"statement": absent, "ink": [[1, 1, 1]]})
    builder.add(user, "rating", "in_review", root, score=5)
    builder.add(user, "photo", "in_review", root, **about)
    blob_arrived(builder.engine, Session(user, "desk"), PICTURE_HASH, BEGIN)
    builder.add(user, "report", "in_review", root, result="done", summary="演示报告")
    builder.tap(user, root, "finish")


def ids(label: str, person: str) -> tuple[str, str, str]:
    return record_id(BEGIN, "work_order", label), record_id(BEGIN, "checklist", label), USERS[person]
