"""After the last fault: everything must drain and agree in a bounded number of exchanges."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.simulation.device import Device
from tests.simulation.identity import operation_id
from tests.simulation.oracle import Violation

if TYPE_CHECKING:
    from tests.simulation.world import World

MOST_ROUNDS = 6
MOST_PAGES = 60
MOST_PHOTOS = 100
MOST_EXCHANGES = 5


class Healing:
    """`drained` counts the exchanges until a device had nothing of its own left to send or to wait for; the devices
    in `shown` show a person what could not be sent."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.asked: Counter[str] = Counter()
        self.drained: dict[str, int] = {}
        self.shown: set[str] = set()
        self.rounds = 0

    def run(self) -> None:
        """Everything in flight arrives, then every device goes on until all are quiet."""
        world = self.world
        world.now += 3_600_000
        while world.network.flying:
            world.network.deliver(0)
        for device in world.devices:
            device.batch, device.limit = 50, 500
            self.look(device)
        while not all(self.is_quiet(device) for device in world.devices):
            self.one_round()

    def one_round(self) -> None:
        self.rounds += 1
        devices = self.world.devices
        if self.rounds > MOST_ROUNDS:
            stuck = {one.name: (len(one.disk.outbox), len(one.disk.overlay), one.disk.queue()) for one in devices}
            raise Violation("undrained", f"everything drains in {MOST_ROUNDS} rounds", stuck)
        for device in devices:
            if not self.is_quiet(device):
                self.go_on(device)

    def go_on(self, device: Device) -> None:
        """Exchange until there is nothing left to send or to fetch now."""
        for page in range(MOST_PAGES):
            self.asked[device.name] += 1
            request = operation_id(self.world.schedule.seed, "drain", self.rounds, page, device.name)
            self.world.ask(device, None, 0, request)
            self.look(device)
            if not (device.more or device.one_group_at_a_time):
                break
        for _ in range(MOST_PHOTOS):
            if not self.world.send_photo(device):
                break

    def look(self, device: Device) -> None:
        """Note when a device has drained; what the server cannot even read is found one group at a time, and shown."""
        asked, disk = self.asked[device.name], device.disk
        if device.name in self.drained or disk.outbox or disk.overlay:
            return
        self.drained[device.name] = asked
        if disk.needs_you:
            self.shown.add(device.name)
        elif asked > MOST_EXCHANGES:
            raise Violation("undrained", f"every outbox drains in {MOST_EXCHANGES} exchanges", (device.name, asked))

    def is_quiet(self, device: Device) -> bool:
        return device.idle() and self.is_current(device)

    def is_current(self, device: Device) -> bool:
        seen, oracle, newest = device.disk.seen, self.world.oracle, self.world.server.newest()
        unaware = self.world.network.fired["database_copied_back"] and device.name not in self.asked
        return seen is not None and not unaware and (seen["epoch"], seen["position"]) == (oracle.epoch, newest)
