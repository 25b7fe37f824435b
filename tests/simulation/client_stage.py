"""Plays schedules with the app's own client on every tablet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from sync.clock import format_time
from tests.simulation import company
from tests.simulation.client_device import ClientDevice
from tests.simulation.client_disk import ClientDisk
from tests.simulation.client_host import Host
from tests.simulation.disk import Disk
from tests.simulation.events import Schedule
from tests.simulation.server import Server
from tests.simulation.stage import Stage
from tests.simulation.world import Parts, Result, play


class ClientStage:
    """The server of another stage, and tablets in one Node process."""

    def __init__(self, under: Stage, planted: Iterable[Mapping[str, str]] = ()) -> None:
        self.under, self.host = under, Host(planted)

    @cached_property
    def disks(self) -> Mapping[str, Disk]:
        """Everyone's tablet after one undisturbed exchange."""
        server = self.under.server(0)
        return {name: self.synced(server, name, user) for name, user in company.USERS.items()}

    def synced(self, server: Server, name: str, user: str) -> Disk:
        device = self.hired(f"first {name}", user, Disk(), 50, 500)
        body = device.request("first", {"now": format_time(company.BEGIN), "uptime_ms": 0})
        answer = server.sync(user, name, body, company.BEGIN)
        device.receive(answer.status, answer.type, answer.body)
        return device.disk

    def hired(self, name: str, user: str, disk: Disk, batch: int, limit: int) -> ClientDevice:
        """A tablet with this content; a new one starts with an empty store."""
        content = disk if isinstance(disk, ClientDisk) else ClientDisk(host=self.host)
        return ClientDevice(name, user, content, batch, limit)

    def parts(self) -> Parts:
        return Parts(self.under.server, self.disks, self.disks["admin1"].epoch, self.hired)

    def play(self, schedule: Schedule) -> Result:
        before = self.host.exchanges
        result = play(schedule, self.parts(), self.under.trade)
        return replace(result, node_exchanges=self.host.exchanges - before)

    def close(self) -> None:
        self.host.close()
        self.under.close()
