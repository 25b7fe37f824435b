"""What is measured: each case asks one server once and gives its figures; the runner alternates servers and rounds."""

import gzip
from collections.abc import Callable, Mapping
from statistics import median

import orjson

from tests.bench.client import Device, Failed, rush
from tests.bench.company import DISPATCHER, Company, Work, engineer
from tests.bench.servers import Server
from tests.bench.stage import Size

Figures = Mapping[str, float]

BATCH = 100
RUSH_CHANGES = 20
PULLED = 50


class Bench:
    """The devices of one server, which go on from round to round."""

    def __init__(self, server: Server, company: Company, size: Size) -> None:
        self.server, self.size = server, size
        self._company = company
        self._works: dict[int, Work] = {}
        self._devices: dict[str, Device] = {}

    def bootstrap(self) -> Figures:
        """A desk that holds nothing pulls everything, page by page."""
        device = self.server.device(DISPATCHER)
        device.connect()
        replies = device.catch_up()
        device.close()
        records = sum(one.records for one in replies)
        if records < self.size.orders:
            raise Failed(f"{records} of {self.size.orders} orders came")
        return {"bootstrap": records / sum(one.seconds for one in replies)}

    def push(self) -> Figures:
        """One device sends batches of 100 small changes."""
        device, work = self._device(engineer(0)), self._work(0)
        device.catch_up()
        started, before, changes = 0.0, self.server.cpu_seconds(), self.size.pushes * BATCH
        for _ in range(self.size.pushes):
            request = device.request(work.changes(BATCH))
            reply = device.send(request)
            _demand(reply.applied, BATCH)
            started += reply.seconds
        cpu = self.server.cpu_seconds() - before
        return {"push_cpu": cpu / changes * 1_000_000, "push_rate": changes / started}

    def idle(self) -> Figures:
        """A device that has everything asks whether there is more."""
        device = self._device(engineer(0))
        device.catch_up()
        request = device.request()
        return {"idle": 1000 * median(device.send(request).seconds for _ in range(self.size.exchanges))}

    def pull(self) -> Figures:
        """The desk pulls 50 records that engineers changed; a pull may be repeated, and is."""
        desk = self._device(DISPATCHER)
        desk.catch_up()
        request = desk.request()
        for index in (1, 2):
            device = self._device(engineer(index))
            _demand(device.send(device.request(self._work(index).changes(PULLED // 2))).applied, PULLED // 2)
        replies = [desk.send(request) for _ in range(self.size.exchanges)]
        _demand(replies[0].records, PULLED)
        return {"pull": 1000 * median(one.seconds for one in replies)}

    def rush(self) -> Figures:
        """Many devices at once, each with 20 changes, and what changed in the same round trip."""
        devices = [self._device(engineer(index)) for index in range(self.size.rush)]
        for device in devices:
            device.catch_up()
        works = [self._work(index) for index in range(self.size.rush)]
        requests = [device.request(work.changes(RUSH_CHANGES)) for device, work in zip(devices, works, strict=True)]
        seconds, replies = rush(devices, requests)
        failed = sum(one.applied != RUSH_CHANGES for one in replies)
        return {"rush": seconds, "rush_failed": failed}

    def memory(self) -> Figures:
        """What the server holds after all that."""
        return {"memory": self.server.megabytes()}

    def measure(self, case: "Case") -> Figures:
        """The figures of one case; no connection outlives it, for servers hang up on whom they forgot."""
        try:
            return case(self)
        finally:
            self._hang_up()

    def _hang_up(self) -> None:
        for device in self._devices.values():
            device.close()

    def _device(self, user: str) -> Device:
        if user not in self._devices:
            self._devices[user] = self.server.device(user)
        self._devices[user].connect()
        return self._devices[user]

    def _work(self, index: int) -> Work:
        if index not in self._works:
            self._works[index] = self._company.work(index)
        return self._works[index]


Case = Callable[[Bench], Figures]
CASES: tuple[Case, ...] = (Bench.bootstrap, Bench.push, Bench.idle, Bench.pull, Bench.rush)


def bytes_up(bench: Bench) -> Figures:
    """What a small change weighs as JSON, and in a request of 100 as the app packs it."""
    device = bench.server.device(engineer(0))
    device.connect()
    device.catch_up()
    changes = Company(bench.size.orders).work(0).changes(BATCH)
    body = device.body(changes)
    device.close()
    plain = sum(len(orjson.dumps(one)) for one in changes)
    return {"bytes_plain": plain / BATCH, "bytes_packed": len(gzip.compress(body, 6)) / BATCH}


def _demand(found: int, wanted: int) -> None:
    if found != wanted:
        raise Failed(f"{found} instead of {wanted}")
