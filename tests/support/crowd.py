"""Devices that write and read at the same time, each in a thread of its own, over any way to the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from uuid import uuid4

from sync.operations import OperationMaker
from tests.simulation.device import JSON_TYPE, SCHEMA, Device
from tests.simulation.disk import Disk, Operation

AT = "2026-11-22T08:00:00.000Z"
PAGE = 20  # small, so that a reader is between two pages most of the time
MOST_EXCHANGES = 2_000
Send = Callable[[bytes], tuple[int, bytes]]


@dataclass
class Tablet:
    """A device of one person and its way to the server; `statuses` counts what the transport answered."""

    user: str
    send: Send
    batch: int = 50
    statuses: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.device = Device(self.user, self.user, Disk(), self.batch, PAGE)
        self.made: list[Operation] = []
        self._maker = OperationMaker(self.user, AT, SCHEMA, lambda: uuid4().hex)
        self._requests = count(1)

    def write(self, kind: str, record: str, root: str, do: str, body: object) -> Operation:
        """Save one operation in the outbox."""
        return self.write_group((kind, record, root, do, body))[0]

    def write_group(self, *changes: tuple[str, str, str, str, object]) -> list[Operation]:
        """Save operations that belong together."""
        made = [self._maker.make(*change) for change in changes]
        if len(made) > 1:
            group = {"id": uuid4().hex, "of": len(made)}
            made = [{**one, "group": group} for one in made]
        self.device.save(made, {})
        self.made += made
        return made

    def note(self, order: str) -> tuple[str, str, str, str, object]:
        """A remark on an order."""
        return "note", str(uuid4()), order, "append", {"values": {"text": "演示备注"}}

    def exchange(self) -> int:
        """One exchange, whatever becomes of it; the status of the answer."""
        request = self.device.request(f"{uuid4().hex}{next(self._requests)}", {"now": AT, "uptime_ms": 0})
        status, body = self.send(request)
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.device.receive(status, JSON_TYPE, body)
        return status

    def follow(self, done: Event) -> None:
        """Read what changed, page by page, until nobody writes any more."""
        while not done.is_set():
            self.exchange()

    def drain(self) -> None:
        """Send and read until nothing waits."""
        for _ in range(MOST_EXCHANGES):
            status = self.exchange()
            if status == 200 and self.device.idle():
                return
        raise AssertionError((self.statuses, len(self.device.disk.outbox)))

    @property
    def view(self) -> dict[str, object]:
        """Every record this tablet holds, by id."""
        return {key[1]: row for key, row in self.device.disk.shelf.rows.items()}


def at_once(*works: Callable[[], object]) -> None:
    """Run these works in threads of their own; the first failure is raised."""
    with ThreadPoolExecutor(len(works)) as pool:
        for future in [pool.submit(work) for work in works]:
            future.result()


def while_reading(writing: Sequence[Callable[[], object]], readers: Sequence[Tablet]) -> None:
    """Write in many threads while readers follow; afterwards everybody has read to the end."""
    done = Event()

    def write() -> None:
        try:
            at_once(*writing)
        finally:
            done.set()

    at_once(write, *(lambda one=one: one.follow(done) for one in readers))
    for reader in readers:
        reader.drain()


def told(tablets: Sequence[Tablet]) -> dict[str, set[tuple[str, int]]]:
    """The verdicts and commits these tablets were told for each operation."""
    entries = [entry for tablet in tablets for entry in tablet.device.disk.archive.values()]
    found: dict[str, set[tuple[str, int]]] = {entry.operation["id"]: set() for entry in entries}
    for entry in entries:
        found[entry.operation["id"]].add((entry.verdict, entry.seq))
    return found
