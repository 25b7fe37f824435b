"""One day of the company: a server on any store, and people with tablets who act, lose connections and meet again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from typing import Any

import orjson

from backend.services.encoding import encode
from sync.arrivals import blob_arrived
from sync.clock import format_time
from sync.engine import Session
from sync.erasure import erase
from sync.exchange import exchange
from sync.history import back_up_to, begin, collect
from sync.protocol.request import parse_request
from sync.store import Twin
from tests.simulation import company
from tests.simulation.device import JSON_TYPE, Device
from tests.simulation.disk import Disk, Operation
from tests.simulation.identity import operation_id, record_id
from tests.simulation.server import new_engine, new_trade
from tests.support.stores import Kept

DAY = 86_400_000
MOST_EXCHANGES = 30
STROKES = [[10, 20, 0, 14, 26, 16]]
HOTEL = b"<html><body>Welcome. Please accept the terms.</body></html>"
Data = dict[str, Any]


def order(label: str) -> str:
    """The id of an order the company begins with."""
    return record_id(company.BEGIN, "work_order", label)


def checklist(label: str) -> str:
    """The id of that order's checklist."""
    return record_id(company.BEGIN, "checklist", label)


class Day:
    """The server, its clock and what it has committed."""

    def __init__(self, kept: Kept) -> None:
        self.kept, self.now = kept, company.BEGIN
        self.twins: list[Twin] = []
        made = new_engine(kept.store, new_trade(), 1)
        self.engine = replace(made, encode=encode, notice=self.twins.append)
        self._numbers = count(1)
        self._saved: Any = None

    def new_id(self) -> str:
        """An id for an operation, a request or a group."""
        return operation_id("day", next(self._numbers))

    def new_record(self) -> str:
        """An id for a record."""
        return record_id(self.now, "day", next(self._numbers))

    def person(self, name: str) -> Person:
        """Somebody whose tablet has synced."""
        found = Person(self, name)
        found.sync()
        return found

    def people(self, *names: str) -> list[Person]:
        """Several of them."""
        return [self.person(name) for name in names]

    def passes(self, days: float) -> None:
        """Let time go by."""
        self.now += int(days * DAY)

    def slows_down(self, most: int) -> None:
        """From now on the server has time for so many operations of a request only."""
        self.engine = replace(self.engine, ticks=count().__next__, budget_ms=most)

    def record(self, one: str) -> Data:
        """The fields of a record as the server holds them."""
        return dict(self.row(one)["data"])

    def row(self, one: str) -> Data:
        """A record as it is sent."""
        with self.engine.store.read() as reader:
            (row,) = reader.rows([one])
        return dict(orjson.loads(row.body))

    def of(self, root: str, kind: str) -> list[Data]:
        """The records of one type under a root, as they are sent, oldest first."""
        with self.engine.store.read() as reader:
            rows = [orjson.loads(row.body) for row in reader.families([root])]
        return [row for row in rows if row["type"] == kind]

    def serve(self, session: Session, body: bytes) -> bytes:
        """Answer one request."""
        request = parse_request(json.loads(body))
        return exchange(self.engine, session, request, self.now).encode(self.engine.encode)

    def back_up(self) -> None:
        """Make a backup of everything and verify it."""
        with self.engine.store.read() as reader:
            head = reader.head()
        assert back_up_to(self.engine, head.epoch, head.seq)
        self._saved = self.kept.content()

    def copy_file_back(self) -> None:
        """Put the newest backup in place of the database, and tell nobody."""
        self.kept.load(self._saved)

    def restore(self) -> None:
        """Restore the newest backup as the command does: with a new epoch."""
        self.copy_file_back()
        with self.engine.store.read() as reader:
            lost = reader.head().epoch
        begin(self.engine, lost)

    def erase(self, *records: str) -> None:
        """Erase what these records tell of a person, with everything that quotes them."""
        erase(self.engine, Session(company.SYSTEM, "server"), records, self.now, lambda plan: None)

    def forget_what_ended(self, days: float) -> None:
        """Forget stays and records that ended longer ago than this."""
        collect(self.engine, self.now, int(days * DAY))


class Person:
    """Somebody with a tablet; whatever he does waits there until `sync`."""

    def __init__(self, day: Day, name: str, disk: Disk | None = None, tablet: str = "") -> None:
        self.day, self.name, self.user = day, name, company.USERS[name]
        self.session = Session(self.user, tablet or f"tablet of {name}")
        self.device = Device(self.session.device, self.user, disk or Disk(), 50, 500)
        self.clock_error, self.schema = 0, day.engine.trade.schema
        self.answers: dict[str, Data] = {}
        self.left: list[Data] = []
        self._group: list[Operation] | None = None
        self._photos: dict[str, bytes] = {}

    # acting

    def write(self, kind: str, record: str, root: str, do: str, body: object) -> Operation:
        """One operation, saved at once or with the group it belongs to."""
        about = {"id": self.day.new_id(), "by": self.user, "group": None, "at": format_time(self.clock)}
        told = {"seen": self.device.disk.seen, "schema": self.schema, "base": None}
        made = {**about, **told, "type": kind, "record": record, "root": root, "do": do, do: body}
        if self._group is None:
            self._save([made])
        else:
            self._group.append(made)
        return made

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is done in this block is applied whole or not at all."""
        self._group = []
        yield
        made, self._group = self._group, None
        group = {"id": self.day.new_id(), "of": len(made)}
        for one in made:
            one["group"] = group
        self._save(made)

    def set(self, root: str, record: str | None = None, /, **values: object) -> Operation:
        """Change fields of the root or of one of its records, from what the screen shows."""
        return self._set(root, record or root, values)

    def _set(self, root: str, one: str, values: Data) -> Operation:
        shown = self.shows(root, one)
        assert shown is not None
        kind = self._family(root)[one].type
        body = {name: {"was": shown.get(name), "to": value} for name, value in values.items()}
        return self.write(kind, one, root, "set", body)

    def assign(self, root: str, name: str | None, crew: tuple[str, ...] = ()) -> None:
        """Give an order to somebody and his crew; both are office fields, each a change of its own."""
        engineer = company.USERS[name] if name else None
        self.set(root, assignee=engineer, appointment_start=None, appointment_end=None)
        self.set(root, crew=sorted(company.USERS[one] for one in crew) or None)

    def tap(self, root: str, name: str) -> Operation:
        """Take a step of an order."""
        return self.write("work_order", root, root, "transition", {"name": name, "from": self.shows(root)["state"]})

    def approve(self, root: str) -> None:
        """Approve an order's report under review, and sync."""
        (report,) = (row for row in self.rows("report") if row["root"] == root)
        with self.together():
            self.add("review", root, report=report["id"], decision="approve", comments=[])
            self.tap(root, "approve")
        self.sync()

    def add(self, kind: str, root: str, do: str = "append", /, **values: object) -> Operation:
        """A new record under a root."""
        return self.write(kind, self.day.new_record(), root, do, {"values": values})

    def note(self, root: str, text: str) -> Operation:
        return self.add("note", root, text=text)

    def photo(self, root: str, slot: str, content: bytes) -> Operation:
        """A picture: its words now, its bytes when `upload` sends them."""
        sha256 = hashlib.sha256(content).hexdigest()
        self._photos[sha256] = content
        return self.add("photo", root, sha256=sha256, size=len(content), media_type="image/jpeg", slot=slot)

    def answer(self, label: str, item: str, result: str) -> Operation:
        """Answer one item of an order's checklist."""
        given = {"result": result, "value": None, "note": None, "reason": None}
        return self._set(order(label), checklist(label), {f"answers/{item}": given})

    def sign(self, root: str) -> Operation:
        """The customer's acceptance."""
        statement = {"document": "acceptance", "act": "accept", "order": root}
        return self.write("signature", self.day.new_record(), root, "sign", {"statement": statement, "ink": STROKES})

    def move(self, root: str, part: str, origin: str, target: str, quantity: int) -> Operation:
        """Pieces of a part from one place to another."""
        body = {"part": part, "from": origin, "to": target, "quantity": quantity}
        return self.write("stock_move", self.day.new_record(), root, "move", body)

    def hide(self, root: str, made: Operation, reason: str = "重复") -> Operation:
        return self.write(made["type"], made["record"], root, "hide", {"reason": reason})

    def restore(self, root: str, made: Operation) -> Operation:
        return self.write(made["type"], made["record"], root, "restore", {})

    def resolve(self, conflict: Data, choose: Data) -> Operation:
        """Decide a conflict as the screen shows it."""
        entries = [conflict["data"]["live"], *conflict["data"]["candidates"]]
        saw = [entry["op"] for entry in entries]
        body = {"conflict": conflict["id"], "choose": choose, "reason": "已与客户核实", "saw": saw}
        return self.write("conflict", conflict["id"], conflict["root"], "resolve", body)

    def unpark(self, parked: Data, **edited: object) -> Operation:
        """Apply it after all, `edited` with other values and a reason if need be."""
        return self.write("parked", parked["id"], parked["id"], "unpark", edited)

    def dismiss(self, parked: Data, reason: str) -> Operation:
        return self.write("parked", parked["id"], parked["id"], "dismiss", {"reason": reason})

    # talking to the server

    def sync(self) -> None:
        """Send what waits and read what changed, to the end."""
        for _ in range(MOST_EXCHANGES):
            waiting = len(self.device.disk.outbox)
            self.exchange()
            if not self.device.more and len(self.device.disk.outbox) in (0, waiting):
                return
        raise AssertionError(f"{self.name} never ends")

    def exchange(self, lost: str = "") -> None:
        """One request; `lost` is `request`, `answer` or `portal`, or nothing."""
        clock = {"now": format_time(self.clock), "uptime_ms": 1}
        body = self.device.request(self.day.new_id(), clock)
        if lost == "portal":
            self.device.receive(200, "text/html", HOTEL)
        elif lost != "request":
            answer = self.day.serve(self.session, body)
            if lost != "answer" and self.device.receive(200, JSON_TYPE, answer):
                told = json.loads(answer)
                self.answers.update({one["id"]: one for one in told["answers"]})
                self.left = told["left"]

    def upload(self) -> None:
        """Send the bytes that wait."""
        while (waiting := self.device.next_photo()) is not None:
            seq = blob_arrived(self.day.engine, self.session, waiting[0], self.day.now)
            self.device.photo_sent(waiting[0], seq)

    def clone(self) -> Person:
        """Another tablet with a copy of everything on this one, its session too."""
        return Person(self.day, self.name, self.device.disk.copy(), self.session.device)

    # looking

    @property
    def clock(self) -> int:
        """What the tablet takes for the time."""
        return self.day.now + self.clock_error

    @property
    def outbox(self) -> int:
        """How many operations wait."""
        return len(self.device.disk.outbox)

    def sees(self, root: str) -> bool:
        """True if the root is on this tablet."""
        return bool(self.device.disk.shelf.of(root))

    def shows(self, root: str, record: str | None = None) -> Data | None:
        """The fields of a record on the screen, pending work included; None if it is not there."""
        found = self._family(root).get(record or root)
        return None if found is None or found.gone else found.data

    def rows(self, kind: str, **having: object) -> list[Data]:
        """Confirmed records of a type on this tablet with these values."""
        rows = [row for key, row in sorted(self.device.disk.shelf.rows.items()) if key[0] == kind]
        return [row for row in rows if having.items() <= row["data"].items()]

    def told(self, made: Operation) -> str:
        """What the server said about an operation, such as `applied` or `parked: no_access`."""
        answer = self.answers.get(made["id"])
        if answer is None:
            return "nothing"
        if "held" in answer:
            return f"held: {answer['held']}"
        return answer["verdict"] + (f": {answer['code']}" if "code" in answer else "")

    def outcome(self, made: Operation) -> str:
        """What the tablet shows about what became of an operation that was not simply applied."""
        found = [row["data"] for row in self.rows("outcome") if row["data"]["operation"]["id"] == made["id"]]
        return found[0]["state"] if found else "none"

    def _family(self, root: str) -> Any:
        return self.device.family(root, self.day.engine.trade)

    def _save(self, made: list[Operation]) -> None:
        self.device.save(made, self._photos)
        self._photos = {}
