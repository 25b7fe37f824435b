"""The demo company as operations: the same company, ids and order for the same moment and catalogue."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.catalogue.loader import Catalogue
from backend.domain.work_calendar import COMPANY_ZONE, local_day
from sync.operations import OperationMaker

Values = Mapping[str, Any]
Operation = dict[str, Any]

MINUTE, HOUR = 60_000, 3_600_000
FIRST_DAY = 1_767_225_600_000  # 2026-01-01; ids of demo records begin there
MACHINES, ORDERS = 40, 25
UNASSIGNED = frozenset({8, 16, 24})
SHARED = frozenset({0, 5, 11})  # orders with a second engineer
URGENT, PLANNED = frozenset({0, 3, 6, 12, 18}), frozenset({9, 21})
RETIRED = 39  # the machine of the plan that has stopped
VAN_STOCK = 3
SCHEDULE = (
    "recurrence", "every", "weekdays", "dates", "lead_days", "shift",
    "tolerance_before", "tolerance_after", "family", "rank",
)  # fmt: skip


def demo_id(name: str) -> str:
    """A record id of version 7 that is the same in every demo company."""
    bits = FIRST_DAY << 80 | int(hashlib.sha256(f"demo {name}".encode()).hexdigest()[:20], 16)
    bits = bits & ~(0xF << 76) | 7 << 76
    return str(UUID(int=bits & ~(3 << 62) | 2 << 62))


@dataclass
class Company:
    """Writes the operations that make the demo company; `now` is the moment it is seen at."""

    company: Values
    catalogue: Catalogue
    maker: OperationMaker
    now: int
    operations: list[Operation] = field(default_factory=list)

    def build(self) -> list[Operation]:
        """Branch and people, catalogue, customers with machines, patrol plans, orders, and what lies in the vans."""
        self._people()
        self._catalogue()
        self._customers()
        self._machines()
        self._plans()
        for index in range(ORDERS):
            self._order(index)
        self._vans()
        return self.operations

    def _make(self, kind: str, name: str, values: Values, root: str | None = None) -> str:
        record = demo_id(f"{kind} {name}")
        body = {"values": {key: value for key, value in values.items() if value is not None}}
        self.operations.append(self.maker.make(kind, record, root or record, "create", body))
        return record

    @property
    def branch(self) -> str:
        """The one branch."""
        return demo_id(f"branch {self.company['branch']['code']}")

    @property
    def engineers(self) -> list[str]:
        """User ids of the engineers."""
        return [demo_id(f"user {one['username']}") for one in self.company["people"] if one["role"] == "engineer"]

    def _people(self) -> None:
        self._make("branch", self.company["branch"]["code"], self.company["branch"])
        for one in self.company["people"]:
            known = {key: one[key] for key in ("username", "name")}
            rest = {"roles": [one["role"]], "branch": self.branch, "active": True, "locale": "zh-CN"}
            self._make("user", one["username"], {**known, **rest})

    def _catalogue(self) -> None:
        parts = {one["code"]: self._make("part", one["code"], one) for one in self.catalogue.parts}
        for one in self.catalogue.price_lists:
            lines = [{**line, "part": parts.get(line["part"])} for line in one["lines"]]
            self._make("price_list", one["key"], {**one, "lines": lines})
        for one in self.catalogue.policies:
            self._make("service_policy", one["key"], one)
        for one in self.catalogue.checklists:
            self._make("checklist_template", one["key"], one)
        for one in self.catalogue.questions:
            self._make("question_template", one["key"], one)
        for one in self.catalogue.calendars:
            self._make("work_calendar", one["key"], one)

    def _customers(self) -> None:
        for number, one in enumerate(self.company["customers"], 1):
            phone = f"000-{number:04}"
            known = {"branch": self.branch, "name": one["name"], "kind": one["kind"], "phone": phone}
            rest = {"address": one["address"], "key_customer": one.get("key", False)}
            customer = self._make("customer", str(number), {**known, **rest})
            place = {key: one[key] for key in ("address", "lat_e7", "lon_e7")}
            there = {"branch": self.branch, "customer": customer, "name": one["site"], "region_band": one["band"]}
            site = self._make("site", str(number), {**there, **place, "timezone": "Asia/Shanghai"})
            person = {"name": one["contact"], "phone": phone, "role": "signatory"}
            self._make("contact", str(number), {"branch": self.branch, "customer": customer, "site": site, **person})

    def _machines(self) -> None:
        for index in range(MACHINES):
            kind = _pick(self.company["machines"], index)
            owner = index % len(self.company["customers"]) + 1
            known = {"branch": self.branch, "number": f"SB-{index + 1:03}", "serial": f"YS{index + 1:05}"}
            where = {"customer": demo_id(f"customer {owner}"), "site": demo_id(f"site {owner}")}
            rented = "rented" if index % 3 else "sold"
            retired = self._day(-1) if index == RETIRED else None
            rest = {"ownership": rented, "acquired_on": "2025-03-01", "condition": "good", "retired_on": retired}
            self._make("asset", str(index), {**known, **where, **rest, **kind})

    @property
    def plans(self) -> list[str]:
        """Ids of the patrol plans."""
        return [demo_id(f"patrol_plan {one['name']}") for one in self.company["plans"]]

    def _plans(self) -> None:
        for one in self.company["plans"]:
            known = {
                "branch": self.branch,
                "name": one["name"],
                "template": demo_id(f"checklist_template {one['template']}"),
            }
            about = {kind: demo_id(f"{kind} {one['customer']}") for kind in ("customer", "site", "contact")}
            machines = [demo_id(f"asset {index}") for index in one["machines"]]
            who = {"assets": machines, "assignee": demo_id(f"user {one['engineer']}")}
            schedule = {name: one.get(name) for name in SCHEDULE}
            when = {**schedule, "anchor": self._day(one["starts"]), "policy": demo_id("service_policy rental-standard")}
            self._make("patrol_plan", one["name"], {**known, **about, **who, **when})

    def _day(self, ahead: int) -> str:
        return (local_day(self.now, COMPANY_ZONE) + timedelta(days=ahead)).isoformat()

    def _order(self, index: int) -> None:
        # The second order stands on the machine of the first: an engineer must see that.
        machine = 0 if index == 1 else index
        rented = bool(machine % 3)
        policy = "rental-standard" if rented else "paid-repair"
        owner = machine % len(self.company["customers"]) + 1
        fault = _pick(self.company["faults"], index)
        known = {
            "number": f"GD-{index + 1:04}",
            "title": fault["title"],
            "customer_wish": fault["wish"],
            "fault": fault["fault"],
            "branch": self.branch,
            "policy": demo_id(f"service_policy {policy}"),
            "policy_version": 1,
            "entitlement": "free" if rented else "list_price",
        }
        about = {kind: demo_id(f"{kind} {owner}") for kind in ("customer", "site", "contact")}
        values = {**known, **about, "asset": demo_id(f"asset {machine}"), **self._when(index), **self._who(index)}
        order = self._make("work_order", str(index), values)
        self._checklist(order, index)

    def _when(self, index: int) -> Values:
        priority = "urgent" if index in URGENT else "planned" if index in PLANNED else "general"
        kind = {"urgent": "repair_urgent", "planned": "maintenance_planned"}.get(priority, "repair_general")
        received = self.now - (12 + 9 * index) * MINUTE
        start = self.now - self.now % HOUR + (2 + index % 6) * HOUR
        appointment = {"appointment_start": start, "appointment_end": start + 2 * HOUR}
        severity = {"urgent": "level_1", "planned": "level_3"}.get(priority, "level_2")
        return {"type": kind, "priority": priority, "severity": severity, "received_at": received, **appointment}

    def _who(self, index: int) -> Values:
        if index in UNASSIGNED:
            return {}
        # Most orders go to the first engineer; his shared ones take the second along.
        engineers = self.engineers
        assignee = engineers[0] if index % 2 == 0 or index < 2 else _pick(engineers[1:], index // 2)
        second = engineers[1] if assignee != engineers[1] else engineers[0]
        return {"assignee": assignee, "crew": [second] if index in SHARED else None}

    def _checklist(self, order: str, index: int) -> None:
        key = "planned-maintenance" if index in PLANNED else "repair"
        template = next(one for one in self.catalogue.checklists if one["key"] == key)
        pinned = {name: template[name] for name in ("name", "items")}
        origin = {"template": demo_id(f"checklist_template {key}"), "template_version": template["version"]}
        self._make("checklist", str(index), {**pinned, **origin}, order)

    def _vans(self) -> None:
        for engineer in self.engineers:
            for part in self.catalogue.parts[:6]:
                record = demo_id(f"stock_move {engineer} {part['code']}")
                places = {"from": f"warehouse:{self.branch}", "to": f"van:{engineer}"}
                body = {"part": demo_id(f"part {part['code']}"), **places, "quantity": VAN_STOCK}
                self.operations.append(self.maker.make("stock_move", record, self.branch, "move", body))


def accounts(company: Values) -> Iterator[dict[str, Any]]:
    """Who can sign in to the demo company, and how."""
    for one in company["people"]:
        yield {
            "username": one["username"],
            "password": one["password"],
            "roles": [one["role"]],
            "name": one["name"],
        }


def _pick(choices: list[Any], index: int) -> Any:
    return choices[index % len(choices)]
