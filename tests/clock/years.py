"""Years of a company's patrols on a clock moved by hand, with restarts, two schedulers and moved visits."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from backend.domain.rounds import HORIZON
from tests.backend.company import Company
from tests.backend.jobs.clockwork import Clockwork, made_id
from tests.clock.expected import KINDS

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = date(2024, 1, 1)
COVERED = list(range(2024, 2035))
HOLIDAYS = [f"{year}-10-0{day}" for year in range(2024, 2035) for day in range(1, 8)]


@dataclass
class Findings:
    """What the years showed; gaps, doubles and drifts must stay empty."""

    rounds: int = 0
    days: int = 0
    restarts: int = 0
    moved: int = 0
    handovers: int = 0
    gaps: list[str] = field(default_factory=list)
    doubles: list[str] = field(default_factory=list)
    drifted: list[str] = field(default_factory=list)


class Years:
    """`machines` machines under plans of every kind; every day the schedulers work, sometimes after a restart."""

    def __init__(self, folder: Path, machines: int, seed: int = 1, **settings: str) -> None:
        self._folder, self._settings = folder, settings
        self._random = random.Random(seed)
        self._machines = machines
        self.found = Findings()
        self._now = self._midnight(FIRST) + 3_600_000
        self._open("scheduler-0")

    def _open(self, holder: str) -> None:
        company = Company(self._folder, **self._settings)
        company.clock.now = self._now
        self.clockwork = Clockwork(company, holder) if company.ids else self._founded(company, holder)

    def _founded(self, company: Company, holder: str) -> Clockwork:
        company.found()
        clockwork = Clockwork(company, holder)
        clockwork.furnish()
        clockwork.change("work_calendar", made_id("cn-office"), holidays=HOLIDAYS, workdays=[], years=COVERED)
        for number in range(4, self._machines + 1):
            clockwork.machine(number)
        self._plan(clockwork)
        return clockwork

    def _plan(self, clockwork: Clockwork) -> None:
        share = self._machines // len(KINDS)
        for index, kind in enumerate(KINDS):
            machines = tuple(range(index * share + 1, (index + 1) * share + 1))
            clockwork.plan(kind.name, machines, name=kind.name, tolerance_after=0, **kind.settings)

    def run(self, days: int, restarts: int) -> Findings:
        """Let the days pass."""
        stops = set(self._random.sample(range(1, days), restarts))
        for day in range(days):
            self._now = self._midnight(FIRST + timedelta(days=day)) + 3_600_000
            if day in stops:
                self._restart(day)
            self.clockwork.company.clock.now = self._now
            self.clockwork.work()
            if day % 20 == 7:
                self._move_a_visit()
        self.found.days = days
        self._judge(FIRST + timedelta(days=days - 1))
        return self.found

    def _restart(self, day: int) -> None:
        """The leader dies without a word every other time; another one waits for its lease."""
        if day % 2:
            self.clockwork.leader.resign()
        self.clockwork.company.close()
        self.found.restarts += 1
        self._open(f"scheduler-{day}")
        if not self.clockwork.leader.claim():
            self.found.handovers += 1
            with self.clockwork.parts.database.write() as sql:
                sql.run("UPDATE leases SET until = 0")  # its eight seconds pass

    def _move_a_visit(self) -> None:
        waiting = [one for one in self.clockwork.rounds() if one["state"] == "dispatched"]
        if waiting:
            order = self._random.choice(waiting)
            later = (date.fromisoformat(order["due_on"]) + timedelta(days=1)).isoformat()
            self.clockwork.change("work_order", order["id"], due_on=later, opens_on=later, closes_on=later)
            self.found.moved += 1

    def _judge(self, today: date) -> None:
        """No gap, no double, no drift: the rounds of every plan are exactly the days another library counts."""
        rounds = self.clockwork.rounds()
        self.found.rounds = len(rounds)
        for kind in KINDS:
            made = [one["nominal_on"] for one in rounds if one["title"] == kind.name]
            due = {one.isoformat() for one in kind.days(FIRST, today + HORIZON)}
            self.found.doubles += [f"{kind.name} {one}" for one in sorted(set(made)) if made.count(one) > 1]
            self.found.gaps += [f"{kind.name} {one}" for one in sorted(due - set(made))]
            self.found.drifted += [f"{kind.name} {one}" for one in sorted(set(made) - due)]
        self._judge_machines()

    def _judge_machines(self) -> None:
        lists = [(one["root"], one["asset"]) for one in self.clockwork.all("checklist")]
        if len(lists) != len(set(lists)):
            self.found.doubles.append("two checklists of one machine in one round")

    @staticmethod
    def _midnight(day: date) -> int:
        return round(datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).astimezone(UTC).timestamp() * 1000)
