"""A person's hand on a device: reads the screen, makes operations, saves them in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from sync.clock import format_time
from sync.records import Record
from sync.trade import Trade
from tests.simulation import company
from tests.simulation.device import Device
from tests.simulation.disk import Operation
from tests.simulation.events import Event
from tests.simulation.identity import operation_id, record_id, tail

T = TypeVar("T")
NOWHERE = "ffffffff-ffff-7fff-8fff-ffffffffffff"


class Hand:
    """What one event lets one person do; `now` is the device's clock, `today` the calendar on the wall."""

    def __init__(self, device: Device, trade: Trade, seed: int, event: Event, now: int, today: int) -> None:
        self.device, self.trade, self.seed, self.event = device, trade, seed, event
        self.now, self.today = now, today
        self.operations: list[Operation] = []
        self.photos: dict[str, bytes] = {}
        self.made = 0
        self.picked = 0

    def pick(self, options: Sequence[T]) -> T | None:
        """One of the options by the schedule's next choice; None if there are none."""
        if not options:
            return None
        self.picked += 1
        return options[self.chance() % len(options)]

    def chance(self) -> int:
        picks = self.event.picks
        return picks[self.picked % len(picks)] + self.picked // len(picks)

    def rarely(self, one_in: int) -> bool:
        self.picked += 1
        return self.chance() % one_in == 0

    def text(self) -> str:
        """A value that nobody else writes."""
        self.made += 1
        return f"说明{self.event.id}.{self.made}"

    def new_record(self) -> str:
        self.made += 1
        return record_id(self.now, self.seed, self.event.id, self.made)

    # reading the screen

    def rows(self, kind: str) -> list[dict]:
        """Confirmed records of a type that were not removed, in a fixed order."""
        rows = [row for key, row in self.device.disk.shelf.rows.items() if key[0] == kind and not row.get("gone")]
        return sorted(rows, key=place)

    def family(self, root: str) -> dict[str, Record]:
        return self.device.family(root, self.trade)

    @cached_property
    def orders(self) -> list[str]:
        """Roots of the orders on this device, those made here and not sent yet included."""
        pending = self.device.disk.pending()
        mine = {one["record"] for one in pending if one["do"] == "create" and one["type"] == "work_order"}
        return sorted({row["id"] for row in self.rows("work_order")} | mine, key=tail)

    @cached_property
    def foreign(self) -> str:
        """An order that is not on this device, known by a leaked id."""
        return next((one for one in company.ORDER_IDS if one not in self.orders), NOWHERE)

    # writing

    def write(self, kind: str, record: str, root: str, do: str, body: object) -> Operation:
        """Add one operation to what will be saved together."""
        operation = {
            "id": operation_id(self.seed, self.event.id, len(self.operations)),
            "by": self.device.user,
            "group": None,
            "at": format_time(self.now),
            "seen": self.device.disk.seen,
            "schema": self.device.schema,
            "type": kind,
            "record": record,
            "root": root,
            "base": None,
            "do": do,
            do: body,
        }
        self.operations.append(operation)
        return operation

    def change(self, record: Record, **values: object) -> Operation:
        """A `set` that names the value on the screen for every field."""
        body = {name: {"was": record.data.get(name), "to": value} for name, value in values.items()}
        return self.write(record.type, record.id, record.root, "set", body)

    def append(self, kind: str, root: str, do: str = "append", /, **values: object) -> str:
        """A new child of `root`; returns its id."""
        record = self.new_record()
        self.write(kind, record, root, do, {"values": values})
        return record

    def tap(self, record: Record, name: str) -> Operation:
        """A named transition from the state on the screen."""
        return self.write(
            record.type, record.id, record.root, "transition", {"name": name, "from": record.data.get("state")}
        )

    def save(self, checked: bool) -> list[Operation]:
        """Everything made by this event, several operations as one group."""
        if len(self.operations) > 1:
            group = {"id": operation_id(self.seed, self.event.id, "group"), "of": len(self.operations)}
            for operation in self.operations:
                operation["group"] = group
        if self.operations:
            self.device.save(self.operations, self.photos, checked)
        return self.operations


def place(row: dict) -> tuple[str, str]:
    """Where a row stands in a list; what the engine made stands where the operation or record it is about does."""
    operation = row["data"].get("operation")
    about = operation["id"] if operation else tail(row["data"].get("record", row["id"]))
    return about, str(row["data"].get("field", ""))
