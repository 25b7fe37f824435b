"""A server in memory with a toy trade: one order, two engineers, one supervisor."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sync.bootstrap import bootstrap
from sync.engine import Engine, Session
from sync.errors import InvalidValue, Refused
from sync.exchange import exchange, submit
from sync.memory_store import MemoryStore
from sync.operations import Operation, OperationMaker
from sync.policy import ANSWER, DERIVED, FIXED, NOBODY, OFFICE, SITE, Access, Field, Model, RecordType
from sync.protocol.request import parse_request
from sync.push import Answer
from sync.records import Record
from sync.store import Evidence, Twin
from sync.trade import Draft, Family

SYSTEM, ONE, TWO, BOSS, STRANGER = ("0" * 32, "1" * 32, "2" * 32, "3" * 32, "4" * 32)
ORDER = "a" * 32
AT = "2026-01-01T00:00:00.000Z"

_ANYBODY = Access({"engineer": None, "supervisor": None, "system": None})
_WHILE_OPEN = Access({"engineer": frozenset({"open"}), "supervisor": None, "system": None})


def _text(value: object) -> object:
    if not isinstance(value, str):
        raise InvalidValue("not_text")
    return value


def _any(value: object) -> object:
    return value


def _model() -> Model:
    def plain(name: str, owner: str = SITE, **rest: Any) -> Field:
        return Field(name, _text, owner=owner, write=_WHILE_OPEN, **rest)

    order = {
        "branch": Field("branch", _text, FIXED),
        "engineers": Field("engineers", _any, write=Access({"supervisor": None, "system": None})),
        "state": Field("state", _text, DERIVED),
        "fault": plain("fault", personal=True),
        "priority": plain("priority", OFFICE),
        "start": plain("start", OFFICE, group="window"),
        "end": plain("end", OFFICE, group="window"),
    }
    answers = Field("answers/", _any, ANSWER, SITE, write=_WHILE_OPEN, additive=True)
    sheet = RecordType("sheet", False, frozenset({"create", "set"}), _ANYBODY, {}, {"answers/": answers})
    photo = {
        "sha256": Field("sha256", _text, FIXED, required=True),
        "stored": Field("stored", _any, DERIVED),
        "caption": Field("caption", _text, owner=SITE, write=_ANYBODY),
    }
    types = (
        RecordType("order", True, frozenset({"create", "set", "transition"}), _ANYBODY, order),
        RecordType("user", True, frozenset({"create", "set"}), Access({"system": None}), _user_fields()),
        sheet,
        RecordType(
            "photo",
            False,
            frozenset({"append", "set", "hide", "restore"}),
            _ANYBODY,
            photo,
            hide=_ANYBODY,
            blob="sha256",
            additive=True,
        ),
        RecordType("conflict", False, frozenset({"resolve"}), NOBODY, {}, settle=Access({"supervisor": None})),
        RecordType("parked", True, frozenset({"unpark", "dismiss"}), NOBODY, {}, settle=Access({"supervisor": None})),
        RecordType("outcome", True, frozenset(), NOBODY, {}),
    )
    return Model({kind.name: kind for kind in types})


def _user_fields() -> Mapping[str, Field]:
    write = Access({"system": None})
    return {name: Field(name, _any, write=write) for name in ("roles", "branch")}


class ToyTrade:
    """Orders are open or closed; closing needs a photo; the first schema called a fault `trouble`."""

    def __init__(self) -> None:
        self.schema = 2
        self.placing = frozenset({"branch", "engineers", "by", "roles"})
        self.carried = self.deriving = frozenset()
        self.model = _model()

    def upcast(self, op: Operation) -> Operation:
        if op.schema < 1:
            raise Refused("schema_unsupported", {"schema": op.schema})
        return replace(op, body={"fault" if name == "trouble" else name: one for name, one in op.body.items()})

    def scopes(self, root: Record) -> frozenset[str]:
        if root.type == "order":
            return frozenset({f"branch:{root.data['branch']}"} | {f"user:{one}" for one in root.data["engineers"]})
        if root.type == "parked":
            return frozenset(f"branch:{root.data[name]}" for name in ("branch", "root_branch") if root.data.get(name))
        return frozenset({f"user:{root.data['by']}"} if root.type == "outcome" else {"reference"})

    def closed_scopes(self, root: Record) -> frozenset[str]:
        return frozenset()

    def links(self, root: Record) -> frozenset[str]:
        return frozenset()

    def holdings(self, user: Record) -> frozenset[str]:
        own = {"reference", f"user:{user.id}"}
        return frozenset(own | {f"branch:{user.data['branch']}"} if "supervisor" in user.data["roles"] else own)

    def check(self, draft: Draft, family: Family) -> None:
        return None

    def derive(self, draft: Draft, family: Family) -> Mapping[str, object]:
        return {"state": "open"} if draft.operation.type == "order" and draft.record is None else {}

    def transition(self, name: str, start: str, draft: Draft, family: Family) -> Mapping[str, object]:
        if draft.data["state"] != start:
            raise Refused("wrong_state", {"state": draft.data["state"], "name": name})
        if name == "close" and not any(family.of("photo")):
            raise Refused("guard_failed", {"guard": "photo"})
        return {"state": "closed"}

    def moves(self, type_name: str) -> bool:
        return True

    def advance(self, family: Family, changed: str | None = None) -> Mapping[str, object]:
        return {}

    def closed(self, state: str | None, do: str) -> str | None:
        return "order_closed" if state == "closed" else None


class Bench:
    """The server, and one writer per user whose operation ids are drawn in order."""

    def __init__(self) -> None:
        ids = itertools.count(1)
        self.new_id = lambda: f"{next(ids):032x}"
        self.failures: list[Exception] = []
        self.store = MemoryStore("epoch")
        self.trade = ToyTrade()
        self.engine = Engine(self.store, self.trade, b"key", self.new_id, encode, self.failures.append)
        self.makers = {SYSTEM: OperationMaker(SYSTEM, AT, 1, self.new_id)}
        bootstrap(self.engine, SYSTEM, {"roles": ["system"]}, 0)
        people = {ONE: "engineer", TWO: "engineer", BOSS: "supervisor", STRANGER: "engineer"}
        for user, role in people.items():
            self.hire(user, role)
        values = {"branch": "b", "engineers": [ONE, TWO], "fault": "cold", "priority": "general"}
        self.say(SYSTEM, "order", ORDER, ORDER, "create", {"values": values})

    def hire(self, user: str, role: str, branch: str = "b") -> str:
        """A new user."""
        self.makers[user] = OperationMaker(user, AT, 1, self.new_id)
        self.say(SYSTEM, "user", user, user, "create", {"values": {"roles": [role], "branch": branch}})
        return user

    def slow(self, ms_each: int, budget_ms: int) -> None:
        """Let every commit take this long, on a server with this much time for an exchange."""
        ms = 0

        def new_nonce() -> str:
            nonlocal ms
            ms += ms_each
            return self.new_id()

        self.engine = replace(self.engine, new_nonce=new_nonce, ticks=lambda: ms, budget_ms=budget_ms)

    def tell(self, notice: Callable[[Twin], None]) -> None:
        """Say who hears of copied devices."""
        self.engine = replace(self.engine, notice=notice)

    def upgrade(self) -> None:
        """The server learns the next schema, in which an answer has one member more."""
        self.trade.schema += 1
        sheet = self.trade.model.types["sheet"]
        wider = replace(sheet.patterns["answers/"], check=lambda answer: {"instrument": None, **answer})
        types = {**self.trade.model.types, "sheet": replace(sheet, patterns={"answers/": wider})}
        self.trade.model = Model(types)

    def op(
        self, user: str, kind: str, record: str, root: str, do: str, body: object, **other: object
    ) -> dict[str, Any]:
        """An operation that was not sent yet."""
        return {**self.makers[user].make(kind, record, root, do, body), **other}

    def push(self, user: str, *operations: dict[str, Any], now: int = 1_000) -> list[Answer]:
        """Send operations in one request."""
        return submit(self.engine, Session(user, f"device of {user[0]}"), operations, now)

    def say(self, user: str, kind: str, record: str, root: str, do: str, body: object) -> Answer:
        """Make and send one operation."""
        return self.push(user, self.op(user, kind, record, root, do, body))[0]

    def set(self, user: str, **changes: tuple[object, object]) -> Answer:
        """Change fields of the order, each given as (was, to)."""
        return self.say(user, "order", ORDER, ORDER, "set", changed(**changes))

    def exchange(
        self, user: str, cursor: str | None = None, limit: int = 500, received: int = 2_000, **other: object
    ) -> dict[str, Any]:
        """One exchange that the server receives at this time, decoded."""
        body = {"protocol": 1, "schema": 1, "app": "0", "request": "r", "epoch": None, "clock": {"now": AT}}
        request = parse_request(body | {"operations": [], "cursor": cursor, "limit": limit} | other)
        reply = exchange(self.engine, Session(user, "device"), request, received)
        result: dict[str, Any] = json.loads(reply.encode(encode))
        return result

    def record(self, one: str) -> dict[str, Any]:
        """The wire form of a stored record."""
        with self.store.read() as reader:
            result: dict[str, Any] = json.loads(reader.rows([one])[0].body)
        return result

    def evidence(self, op: Mapping[str, Any]) -> Evidence:
        """What is stored about an operation beside its verdict."""
        with self.store.read() as reader:
            return reader.judged(op["by"], [op["id"]])[0].evidence

    def of_type(self, kind: str) -> list[dict[str, Any]]:
        """The wire forms of all stored records of a type."""
        return [json.loads(row.body) for row in self.store.tables.rows.values() if row.type == kind]


def seen_by(bench: Bench, user: str) -> dict[str, object]:
    """What an operation says its author has seen, if he makes it right after an exchange now."""
    reply = bench.exchange(user)
    return {"epoch": reply["epoch"], "position": reply["through"], "at": reply["now"]}


def changed(**changes: tuple[object, object]) -> dict[str, dict[str, object]]:
    """The body of a `set`, each field given as (was, to)."""
    return {name: {"was": was, "to": to} for name, (was, to) in changes.items()}


def encode(value: object) -> bytes:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
