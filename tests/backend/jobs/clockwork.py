"""A company whose clock is moved by hand, with policies, calendars, templates, machines and a scheduler that leads."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from backend.catalogue.loader import Catalogue, load
from backend.jobs.jobs import JOBS
from backend.jobs.leader import Leader
from backend.jobs.runner import run
from backend.services.accounts import write
from backend.services.founding import SYSTEM
from backend.store.jobs import Run
from sync.clock import format_time
from tests.backend.company import CUSTOMER, START, Company

SHANGHAI = ZoneInfo("Asia/Shanghai")
Data = dict[str, Any]


@cache
def catalogue() -> Catalogue:
    """What ships ready-made, read once."""
    return load()


def made_id(name: str) -> str:
    """A record id that is the same in every test."""
    return str(UUID(hashlib.sha256(name.encode()).hexdigest()[:32], version=4))


class Clockwork:
    """The company's desk and its scheduler."""

    def __init__(self, company: Company, holder: str = "scheduler-1") -> None:
        self.company, self.parts = company, company.parts
        self.leader = Leader(company.parts.database, holder)
        self.branch = company.record(CUSTOMER)["branch"]

    def furnish(self) -> None:
        """Policies, the office calendar, patrol templates, questions, and a site with machines."""
        for one in catalogue().policies:
            self.make("service_policy", f"policy {one['key']}", one)
        for one in catalogue().calendars:
            self.make("work_calendar", one["key"], {**one, "years": list(range(2024, 2035))})
        for one in catalogue().questions:
            self.make("question_template", one["key"], one)
        for one in catalogue().checklists[-3:]:
            self.make("checklist_template", one["key"], one)
        place = {"branch": self.branch, "customer": CUSTOMER, "name": "一号车间", "timezone": "Asia/Shanghai"}
        self.make("site", "site", place)
        for number in (1, 2, 3):
            self.machine(number)

    def tell(self, order: str, kind: str, at: str, record: str) -> Data:
        """A moment of a visit, told now by the first engineer's tablet, which last spoke when the company opened."""
        engineer = self.company.speaker("one")
        page = engineer.sync()
        values = {"values": {"kind": kind, "place_missing": "denied"}}
        made = engineer.operation("visit_event", record, order, "append", values)
        seen = {"epoch": page["epoch"], "position": 1, "at": format_time(START)}
        now = {"now": format_time(self.company.clock.now)}
        return engineer.sync({**made, "at": at, "seen": seen}, clock=now)

    @property
    def template(self) -> str:
        """The checklist of the plans made here."""
        return made_id(catalogue().checklists[-1]["key"])

    def make(self, kind: str, name: str, values: Mapping[str, Any]) -> str:
        """A record made by the system."""
        record = made_id(name)
        write(self.parts, SYSTEM, kind, record, "create", {"values": dict(values)})
        return record

    def change(self, kind: str, record: str, **fields: Any) -> None:
        """Fields set by the system."""
        before = self.company.record(record)
        body = {name: {"was": before.get(name), "to": value} for name, value in fields.items()}
        write(self.parts, SYSTEM, kind, record, "set", body)

    def machine(self, number: int) -> str:
        """One machine at the site."""
        known = {"branch": self.branch, "number": f"SB-{number}", "customer": CUSTOMER, "site": made_id("site")}
        return self.make("asset", f"machine {number}", known)

    def plan(self, key: str = "plan", machines: tuple[int, ...] = (1, 2), **settings: Any) -> str:
        """A patrol plan; monthly from today on unless said otherwise."""
        known = {
            "branch": self.branch, "name": "月度巡检", "customer": CUSTOMER, "site": made_id("site"),
            "template": self.template, "assets": [made_id(f"machine {number}") for number in machines],
            "recurrence": "months", "anchor": self.today, "tolerance_after": 0, "assignee": self.company.ids["one"],
        }  # fmt: skip
        return self.make("patrol_plan", key, {**known, **settings})

    @property
    def today(self) -> str:
        """The local day of the company's clock."""
        return self.local(self.company.clock.now)[:10]

    @staticmethod
    def local(moment: int) -> str:
        """A moment on the site's wall clock."""
        return datetime.fromtimestamp(moment / 1000, UTC).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")

    def pass_time(self, **amount: float) -> None:
        """Let time pass, then let the scheduler work."""
        self.company.clock.now += int(timedelta(**amount).total_seconds() * 1000)
        self.work()

    def work(self) -> list[Run]:
        """Every job until nothing is left to do."""
        found: list[Run] = []
        while True:
            runs = [one for one in (run(self.parts, self.leader, job) for job in JOBS) if one is not None]
            found += runs
            if not any(one.created for one in runs):
                return found

    def all(self, kind: str) -> list[Data]:
        """Every record of a type, as its fields and id."""
        return sorted(self._all(kind), key=lambda one: one["id"])

    def _all(self, kind: str) -> Iterator[Data]:
        with self.parts.database.read() as sql:
            for (body,) in sql.all("SELECT body FROM records WHERE type = ? AND NOT gone", kind):
                wire = json.loads(bytes(body))
                yield {**wire["data"], "id": wire["id"], "root": wire["root"]}

    def watched(self, root: str) -> tuple[int | None, str | None]:
        """When a root is looked at again, and until which day it is worked out."""
        with self.parts.database.read() as sql:
            found = sql.one("SELECT wake_at, done_until FROM watches WHERE root = ?", root)
        assert found is not None
        return found

    def rounds(self) -> list[Data]:
        """The patrol orders, by planned day."""
        orders = [one for one in self.all("work_order") if one["type"] == "patrol"]
        return sorted(orders, key=lambda one: (one["nominal_on"], one["number"]))
