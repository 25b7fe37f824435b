"""Two real scheduler processes on one database, one of which is killed or frozen in the middle of its work."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from tests.backend.company import Company
from tests.backend.jobs.clockwork import Clockwork
from tests.support.polling import until
from tests.support.server import HUIZHI

PLANS, DAYS = 60, 20
DAY = timedelta(days=1)


class Scheduler:
    """One `huizhi scheduler` process."""

    def __init__(self, company: Company, log: Path) -> None:
        config = company.parts.config
        settings = {"DATA_DIR": str(config.data_dir), "DATABASE_URL": config.database_url}
        self._log = log
        with log.open("wb") as out:
            environment = {**os.environ, **settings}
            self._process = subprocess.Popen([HUIZHI, "scheduler"], env=environment, stdout=out, stderr=out)
        until(lambda: bool(self._said("scheduler_started")), "the scheduler starts")
        self.holder: str = self._said("scheduler_started")[0]["holder"]

    def send(self, kind: signal.Signals) -> None:
        """Kill or freeze the process, returning when it stands still; or thaw it."""
        self._process.send_signal(kind)
        if kind != signal.SIGCONT:
            os.waitpid(self._process.pid, os.WUNTRACED)

    def end(self) -> None:
        """No trace of the process is left."""
        self._process.kill()
        self._process.wait()

    def _said(self, event: str) -> list[dict[str, str]]:
        lines = [line for line in self._log.read_text().splitlines() if line.startswith("{")]
        return [one for one in map(json.loads, lines) if one["event"] == event]


class Pair:
    """A company with plans whose rounds are due, a scheduler that leads and one that waits."""

    def __init__(self, company: Company, folder: Path) -> None:
        self.clockwork = Clockwork(company)
        self._database = company.parts.database
        company.clock.now = round(time.time() * 1000)
        self.clockwork.furnish()
        self.first_day = date.fromisoformat(self.clockwork.today) + 2 * DAY
        self.leader = Scheduler(company, folder / "leader.log")
        until(lambda: self._holder() == self.leader.holder, "the first scheduler leads")
        self.waiting = Scheduler(company, folder / "waiting.log")

    def strike(self, kind: signal.Signals) -> None:
        """Give the leader work, and kill or freeze it when it has done a part of it and cannot be amid a transaction.

        On PostgreSQL one that was frozen gets the lock it waits for, and has to be relieved of it.
        """
        last = self.first_day + (DAYS - 1) * DAY
        for number in range(PLANS):
            known = {"anchor": self.first_day.isoformat(), "until": last.isoformat()}
            self.clockwork.plan(f"plan {number}", (number % 3 + 1,), recurrence="daily", **known)
        until(lambda: self._made() > 0, "the leader works")
        with self.clockwork.parts.engine.store.write():
            made = self._made()
            self.leader.send(kind)
        assert 0 < made < PLANS * DAYS

    def takes_over(self) -> float:
        """Seconds until the other one leads and has made everything."""
        led = until(lambda: self._holder() == self.waiting.holder, "the other scheduler leads")
        seconds = led + until(lambda: self._made() == PLANS * DAYS, "the work is done", 120)
        print(f"led by another after {led:.1f} s, all done after {seconds:.1f} s")
        return seconds

    def leads_again(self) -> float:
        """Seconds until the thawed one, which first ends what it was at, leads because the other one was killed."""
        self.leader.send(signal.SIGCONT)
        self.waiting.send(signal.SIGKILL)
        return until(lambda: self._holder() == self.leader.holder, "the thawed scheduler leads again")

    def judge(self) -> tuple[list[str], list[str]]:
        """(double, missing): rounds by plan and day, and checklists that a round has too many or too few."""
        rounds = self.clockwork.rounds()
        found = [f"{one['plan']} {one['nominal_on']}" for one in rounds]
        days = [(self.first_day + number * DAY).isoformat() for number in range(DAYS)]
        due = {f"{plan['id']} {day}" for plan in self.clockwork.all("patrol_plan") for day in days}
        lists = [one["root"] for one in self.clockwork.all("checklist")]
        double = [one for one in {*found} if found.count(one) > 1] + [one for one in {*lists} if lists.count(one) > 1]
        return double, sorted(due - {*found}) + sorted({one["id"] for one in rounds} - {*lists})

    def _holder(self) -> str | None:
        with self._database.read() as sql:
            found = sql.one("SELECT holder FROM leases")
        return None if found is None else str(found[0])

    def _made(self) -> int:
        with self._database.read() as sql:
            found = sql.one("SELECT COUNT(*) FROM records WHERE type = 'work_order' AND seq > 0")
        assert found is not None
        return int(found[0]) - 1  # the company's own order


@contextmanager
def pair(company: Company, folder: Path) -> Iterator[Pair]:
    """Two schedulers while the block runs."""
    made = Pair(company, folder)
    try:
        yield made
    finally:
        made.leader.end()
        made.waiting.end()
