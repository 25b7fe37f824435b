"""Builds the company and everyone's synced tablet once per process; schedules play on copies."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from sync.clock import format_time
from tests.simulation import company
from tests.simulation.device import Device
from tests.simulation.disk import Disk
from tests.simulation.events import Schedule
from tests.simulation.server import CoreServer, company_store, new_trade
from tests.simulation.world import Parts, Result, play


class Stage:
    """Where schedules are played: the first records in memory, and the tablets as they were when all was quiet."""

    def __init__(self) -> None:
        self.trade = new_trade()
        self.store = company_store(self.trade)

    def server(self, seed: int) -> CoreServer:
        return CoreServer(seed, self.trade, self.store)

    @cached_property
    def disks(self) -> Mapping[str, Disk]:
        """Everyone's tablet after one undisturbed exchange."""
        server = self.server(0)
        return {name: self.synced(server, name, user) for name, user in company.USERS.items()}

    def synced(self, server: CoreServer, name: str, user: str) -> Disk:
        device = Device(name, user, Disk(), 50, 500)
        clock = {"now": format_time(company.BEGIN), "uptime_ms": 0}
        answer = server.sync(user, name, device.request("first", clock), company.BEGIN)
        device.receive(answer.status, answer.type, answer.body)
        return device.disk

    def parts(self) -> Parts:
        return Parts(self.server, self.disks, self.disks["admin1"].epoch)

    def play(self, schedule: Schedule, parts: Parts | None = None) -> Result:
        return play(schedule, parts or self.parts(), self.trade)

    def close(self) -> None:
        """Take down what was built."""
