"""A stage for golden outboxes: a new server of today, a few people, and every operation kept with its outcome."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from backend.domain.trade import SCHEMA, FieldService
from backend.schemas.records import model
from backend.services.encoding import encode
from backend.services.founding import SYSTEM, found
from sync.arrivals import blob_arrived
from sync.canonical import digest
from sync.clock import format_time
from sync.engine import Engine, Session
from sync.exchange import exchange, submit
from sync.memory_store import MemoryStore
from sync.operations import OperationMaker
from sync.parking import parked_id
from sync.protocol.request import parse_request
from sync.protocol.version import PROTOCOL
from sync.push import Answer
from sync.store import Store

AT = "2026-11-22T08:00:00.000Z"
RECEIVED = 1_795_420_800_000  # a day later

Json = dict[str, Any]


def record(number: int) -> str:
    return f"01934f2a-0000-7000-8000-{number:012x}"


ENGINEER, COLLEAGUE, DISPATCHER, SUPERVISOR, ADMIN = (record(number) for number in range(1, 6))
BRANCH = record(0x10)
ROLES = {ENGINEER: "engineer", COLLEAGUE: "engineer", DISPATCHER: "dispatcher", SUPERVISOR: "supervisor"}
PEOPLE: Mapping[str, str] = {**ROLES, ADMIN: "admin"}


def new_server(store: Store | None = None) -> Engine:
    """A server of today that knows nothing yet."""
    ids = itertools.count(10_000)
    failures: list[Exception] = []
    trade = FieldService(model())
    made = Engine(store or MemoryStore("e"), trade, b"k", lambda: f"{next(ids):032x}", encode, failures.append)
    found(made, 0)
    return made


def exchanged(engine: Engine, by: str, operations: list[Json]) -> list[Answer]:
    """The answers to one request of somebody whose clock is right."""
    envelope = {"protocol": PROTOCOL, "schema": SCHEMA, "app": "golden", "request": "r", "epoch": None, "cursor": None}
    clock = {"now": format_time(RECEIVED)}
    request = parse_request({**envelope, "clock": clock, "operations": operations, "limit": 1})
    return exchange(engine, Session(by, "device"), request, RECEIVED).answers


def changed(**fields: tuple[object, object]) -> Json:
    """The body of a `set`; `__` stands for the slash in a field's name."""
    return {name.replace("__", "/"): {"was": was, "to": to} for name, (was, to) in fields.items()}


class Play:
    """Speaks as anybody; every operation must have the outcome that is expected of it."""

    def __init__(self) -> None:
        self.engine = new_server()
        self.spoken: list[Json] = []
        self.world = self._world()
        self._ids, self._groups = itertools.count(1), itertools.count(0x64)
        self._numbers: Counter[str] = Counter()
        self.seen: Json | None = None

    def make(self, by: str, kind: str, one: str, root: str, do: str, body: object, group: Json | None = None) -> Json:
        """An operation that was not sent yet."""
        self._numbers[by] += 1
        number = next(self._ids)
        at = f"2026-11-22T{8 + number // 60:02d}:{number % 60:02d}:00.000Z"
        head = {"id": f"{number:032x}", "n": self._numbers[by], "by": by, "group": group, "at": at, "seen": self.seen}
        about = {"schema": SCHEMA, "type": kind, "record": one, "root": root, "base": self._version(one)}
        return {**head, **about, "do": do, do: body}

    def send(self, *operations: Json, verdict: str = "applied") -> Json:
        """Sends them in one request, and the bytes of a photo behind it; the first of them."""
        by = operations[0]["by"]
        for operation, answer in zip(operations, exchanged(self.engine, by, [*operations]), strict=True):
            assert answer.verdict == verdict, (operation, answer)
            code = {"code": answer.code} if answer.code else {}
            self.spoken.append({"operation": operation, "verdict": answer.verdict, **code})
            if (operation["type"], operation["do"]) == ("photo", "append"):
                blob_arrived(self.engine, Session(by, "device"), operation["append"]["values"]["sha256"], RECEIVED)
        return operations[0]

    def do(self, by: str, kind: str, one: str, root: str, do: str, body: object, verdict: str = "applied") -> Json:
        """Makes one operation and sends it."""
        return self.send(self.make(by, kind, one, root, do, body), verdict=verdict)

    def add(self, by: str, kind: str, one: str, root: str, /, **values: object) -> None:
        """Makes a record, or adds a fact."""
        do = "create" if "create" in model().types[kind].does else "append"
        self.do(by, kind, one, root, do, {"values": values})

    def change(self, by: str, kind: str, one: str, root: str, /, **fields: tuple[object, object]) -> None:
        """Sets fields that may be set."""
        self.do(by, kind, one, root, "set", changed(**fields))

    def together(self, by: str, *changes: tuple[str, str, str, str, object]) -> None:
        """Sends a group."""
        group = {"id": f"{next(self._groups):032x}", "of": len(changes)}
        self.send(*(self.make(by, *change, group=group) for change in changes))

    def hide_and_restore(self, by: str, kind: str, one: str, root: str) -> None:
        """Removes a record and brings it back."""
        self.do(by, kind, one, root, "hide", {"reason": "演示"})
        self.do(by, kind, one, root, "restore", {})

    def parked(self, operation: Json) -> str:
        """The id of the record that keeps a parked operation."""
        return parked_id(operation["by"], operation["id"], digest(operation))

    def _version(self, one: str) -> int | None:
        with self.engine.store.read() as reader:
            found = reader.rows([one])
        return found[0].version if found else None

    def stored(self, one: str) -> Json:
        """A record as the server holds it."""
        with self.engine.store.read() as reader:
            content: Json = json.loads(reader.rows([one])[0].body)
        return content

    def conflict_on(self, root: str) -> Json:
        """The one conflict of an order."""
        with self.engine.store.read() as reader:
            (row,) = [row for row in reader.families([root]) if row.type == "conflict"]
        content: Json = json.loads(row.body)
        return content

    def _world(self) -> list[Json]:
        ids = itertools.count(0xA00)
        maker = OperationMaker(SYSTEM.user, AT, SCHEMA, lambda: f"{next(ids):032x}")
        made = [maker.make("branch", BRANCH, BRANCH, "create", {"values": {"code": "main", "name": "演示网点"}})]
        for one, role in PEOPLE.items():
            person = {"username": f"u{one[-1]}", "name": f"演示{role}", "roles": [role], "branch": BRANCH}
            made.append(maker.make("user", one, one, "create", {"values": {**person, "active": True}}))
        assert {answer.verdict for answer in submit(self.engine, SYSTEM, made, 0)} == {"applied"}
        return made
