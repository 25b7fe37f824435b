"""`make horizon`: thirty days for 10,000 plans on SQLite beside a running sync load; the last line is JSON."""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from os import getloadavg
from pathlib import Path
from statistics import median
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule

from backend import process
from backend.domain.derived import Change, create, operations
from backend.domain.rounds import HORIZON
from backend.jobs.jobs import JOBS
from backend.jobs.leader import Leader
from backend.jobs.runner import run
from backend.services.accounts import create_user
from backend.services.founding import SYSTEM, SYSTEM_USER
from backend.services.parts import Parts
from backend.services.tokens import make_token
from backend.store.engine import Database
from backend.store.sql import Sql
from backend.store.sql_store import SqlStore
from sync.exchange import submit
from sync.push import APPLIED
from tests.backend.company import CUSTOMER, PASSWORD, Company
from tests.backend.jobs.clockwork import Clockwork, made_id
from tests.clock.load import Load, syncing
from tests.support.server import Server

PLANS, MACHINES, ENGINEERS, EVERY_SECONDS = 10_000, 1_000, 20, 1.0
MOST_SECONDS, LONGEST_WRITE_MS = 60, 200
REPORT = Path("var/reports/horizon.json")

# Of 100 plans: fields, how another library counts their days, and how many are of this kind.
MIX = (
    ({"recurrence": "months", "every": 1}, (MONTHLY, {}), 55),
    ({"recurrence": "months", "every": 3}, (MONTHLY, {"interval": 3}), 20),
    ({"recurrence": "months", "every": 6}, (MONTHLY, {"interval": 6}), 10),
    ({"recurrence": "months", "every": 12}, (MONTHLY, {"interval": 12}), 5),
    ({"recurrence": "weekdays", "weekdays": [2]}, (WEEKLY, {"byweekday": 2}), 8),
    ({"recurrence": "weekdays", "weekdays": [0, 2, 4, 6]}, (WEEKLY, {"byweekday": (0, 2, 4, 6)}), 1),
    ({"recurrence": "daily"}, (DAILY, {}), 1),
)
KINDS = [(fields, rule) for fields, rule, share in MIX for _ in range(share)]


class Timed(Database):
    """The database of the scheduler; `held` says for how many ms each of its transactions held the write lock."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.engine)
        self.held: list[float] = []

    @contextmanager
    def write(self) -> Iterator[Sql]:
        with super().write() as sql:
            began = time.perf_counter()
            yield sql
        self.held.append((time.perf_counter() - began) * 1000)


class Site:
    """A company with its engineers, each with an order, and the plans of its machines."""

    def __init__(self, folder: Path) -> None:
        self.company = Company(folder)
        self.company.clock.now = round(time.time() * 1000)
        self.company.found()
        self.clockwork = Clockwork(self.company)
        self.clockwork.furnish()
        self.today = date.fromisoformat(self.clockwork.today)
        self.tokens = dict(self._hired(number) for number in range(ENGINEERS))
        self._submit([self._machine(number) for number in range(MACHINES)])
        self._submit([self._plan(number) for number in range(PLANS)])

    def due(self) -> int:
        """How many rounds thirty days of all plans are, by another library."""
        first, last = (datetime.combine(day, datetime.min.time()) for day in (self.today, self.today + HORIZON))
        found = 0
        for number in range(PLANS):
            freq, rules = KINDS[number % 100][1]
            days = rrule(freq, dtstart=datetime.fromisoformat(_anchor(number)), until=last, **rules)
            found += len(days.between(first, last, inc=True))
        return found

    def _hired(self, number: int) -> tuple[str, str]:
        person = {"username": f"round-{number}", "name": f"演示巡检员{number}", "roles": ["engineer"]}
        branch, parts = self.clockwork.branch, self.company.parts
        user = create_user(parts, SYSTEM, **person, branch=branch, password=PASSWORD)
        order = {
            "number": f"WO-R{number}", "type": "repair_general", "priority": "general", "customer": CUSTOMER,
            "branch": branch, "received_at": parts.now(), "title": "演示", "assignee": user,
        }  # fmt: skip
        self.clockwork.make("work_order", f"order {number}", order)
        return user, make_token(parts, user, "tablet")

    def _machine(self, number: int) -> Change:
        record = made_id(f"lift {number}")
        known = {"branch": self.clockwork.branch, "number": f"JQ-{number}", "customer": CUSTOMER}
        return create(record, "asset", record, record, {**known, "site": made_id("site")}, self.company.clock.now)

    def _plan(self, number: int) -> Change:
        record, fields = made_id(f"plan {number}"), KINDS[number % 100][0]
        values: dict[str, Any] = {
            "branch": self.clockwork.branch, "name": f"演示巡检{number}", "customer": CUSTOMER, "site": made_id("site"),
            "template": self.clockwork.template, "assets": [made_id(f"lift {number % MACHINES}")],
            "anchor": _anchor(number), "tolerance_after": 0, "assignee": list(self.tokens)[number % ENGINEERS],
        }  # fmt: skip
        return create(record, "patrol_plan", record, record, {**values, **fields}, self.company.clock.now)

    def _submit(self, changes: list[Change]) -> None:
        parts = self.company.parts
        for start in range(0, len(changes), 500):
            wire = operations(changes[start : start + 500], SYSTEM_USER, parts.engine.trade.schema)
            assert {one.verdict for one in submit(parts.engine, SYSTEM, wire, parts.now())} == {APPLIED}


def main() -> int:
    """0 if it was quick enough, held the lock for short times only, and every round is there."""
    with tempfile.TemporaryDirectory(prefix="huizhi-horizon-") as folder:
        site = Site(Path(folder))
        print(f"{PLANS} plans, {site.due()} rounds due", flush=True)
        server = Server(Path(folder)).start()
        try:
            with syncing(server.url, site.tokens, EVERY_SECONDS) as load:
                timed = Timed(site.company.parts.database)
                cpu = time.process_time()
                seconds = generate(site.company.parts, timed)
                cpu = time.process_time() - cpu
        finally:
            server.stop()
        figures = measured(site, timed, seconds, cpu, load)
    line = json.dumps(figures)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(line + "\n")
    print(line)
    return int(not figures["holds"])


def generate(parts: Parts, timed: Timed) -> float:
    """Seconds until the scheduler has looked at every plan, and at every round it made of them."""
    store = SqlStore(timed, parts.high_water.note_now_and_then)
    beside = replace(parts, database=timed, engine=replace(parts.engine, store=store))
    process.settle()
    leader, began = Leader(timed, "horizon"), time.perf_counter()
    for job in JOBS:
        done = run(beside, leader, job)
        assert done is not None, "somebody else leads"
        assert done.outcome == "done", done.error
        print(f"{job.name}: {done.created} records after {time.perf_counter() - began:.1f} s", flush=True)
    return time.perf_counter() - began


def measured(site: Site, timed: Timed, seconds: float, cpu: float, load: Load) -> dict[str, Any]:
    """Every figure, and whether the promise holds."""
    rounds, due, longest = len(site.clockwork.rounds()), site.due(), max(timed.held)
    return {
        "plans": PLANS,
        "rounds": rounds,
        "rounds_due": due,
        "seconds": round(seconds, 1),
        "seconds_must": MOST_SECONDS,
        "cpu_seconds": round(cpu, 1),
        "load_average": round(getloadavg()[0], 1),
        "transactions": len(timed.held),
        "median_write_ms": round(median(timed.held)),
        "longest_write_ms": round(longest),
        "write_ms_must": LONGEST_WRITE_MS,
        "sync": {
            "tablets": ENGINEERS,
            "exchanges": len(load.times),
            "p50_ms": load.share(50),
            "p95_ms": load.share(95),
        },
        "holds": rounds == due and seconds < MOST_SECONDS and longest < LONGEST_WRITE_MS,
    }


def _anchor(number: int) -> str:
    """A first day in the year before last, so that all plans together are due every day."""
    begun = datetime.now(UTC).year - 2
    return date(begun, 1 + number // 100 % 12, 1 + number // 7 % 28).isoformat()


if __name__ == "__main__":
    sys.exit(main())
