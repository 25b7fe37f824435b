"""The demo company on the real engine in memory, and people who act in it."""

import itertools
import json
from typing import Any

from backend.catalogue.loader import load, load_company
from backend.domain.trade import FieldService
from backend.schemas.records import model
from backend.services.encoding import encode
from backend.services.seed_company import Company, demo_id
from sync.arrivals import blob_arrived
from sync.bootstrap import bootstrap
from sync.engine import Engine, Session
from sync.exchange import submit
from sync.memory_store import MemoryStore
from sync.operations import OperationMaker
from sync.push import Answer

SYSTEM = "0" * 32
NOON = 1_795_348_800_000
AT = "2026-11-22T12:00:00.000Z"
Values = dict[str, Any]


class Office:
    """A server in memory with the demo company."""

    def __init__(self) -> None:
        self.numbers = itertools.count(1)
        self.failures: list[Exception] = []
        store, trade = MemoryStore("epoch"), FieldService(model())
        self.engine = Engine(store, trade, b"k" * 32, self.new_id, encode, self.failures.append)
        bootstrap(self.engine, SYSTEM, {"username": "system", "name": "系统", "roles": ["system"]}, NOON)
        self.system = Person(self, SYSTEM)
        operations = Company(load_company(), load(), self.system.maker, NOON).build()
        assert {one.verdict for one in self.system.send(*operations)} == {"applied"}

    def new_id(self) -> str:
        """32 hex digits, counted."""
        return f"{next(self.numbers):032x}"

    def person(self, username: str) -> "Person":
        """Somebody of the demo company."""
        return Person(self, demo_id(f"user {username}"))

    def data(self, record: str) -> Values:
        """The fields of a record as the server holds it."""
        with self.engine.store.read() as reader:
            (row,) = reader.rows([record])
        values: Values = json.loads(row.body)["data"]
        return values

    def family(self, root: str, kind: str) -> dict[str, Values]:
        """The records of one type of a root, by id."""
        with self.engine.store.read() as reader:
            rows = [row for row in reader.families([root]) if row.type == kind]
        return {row.id: json.loads(row.body)["data"] for row in rows}


class Person:
    """One user on one device, whose operations are judged as they are sent."""

    def __init__(self, office: Office, user: str) -> None:
        self.office, self.session = office, Session(user, f"device {user}")
        self.maker = OperationMaker(user, AT, 1, office.new_id)

    def send(self, *operations: Values) -> list[Answer]:
        """The verdicts."""
        answers = submit(self.office.engine, self.session, operations, NOON)
        assert self.office.failures == []
        return answers

    def act(self, kind: str, record: str, root: str, do: str, body: Values) -> Answer:
        """One operation by itself."""
        return self.send(self.maker.make(kind, record, root, do, body))[0]

    def add(self, kind: str, root: str, **values: Any) -> str:
        """Create or append a record; its id."""
        record = self.office.new_id()
        do = "append" if "append" in self.office.engine.trade.model.types[kind].does else "create"
        answer = self.act(kind, record, root, do, {"values": values})
        assert answer.verdict == "applied", answer
        return record

    def change(self, kind: str, record: str, root: str, **to: Any) -> Answer:
        """Set fields, having seen what the server holds."""
        known = self.office.data(record)
        changes = {name: {"was": known.get(name), "to": value} for name, value in to.items()}
        return self.act(kind, record, root, "set", changes)

    def step(self, order: str, name: str) -> Answer:
        """Tap a step of an order."""
        return self.act("work_order", order, order, "transition", {"name": name, "from": ""})

    def deliver(self, sha256: str) -> None:
        """The bytes of a photo arrive."""
        blob_arrived(self.office.engine, self.session, sha256, NOON)
