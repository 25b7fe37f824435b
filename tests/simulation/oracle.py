"""The judge: what was acknowledged, what the server holds, and who may see it, by rules of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import orjson

from sync.store import Row
from tests.simulation.late import Past
from tests.simulation.made import Book, Made
from tests.simulation.rights import Truth, closed, may_write, passed, visible

ENGINE_MADE = frozenset({"conflict", "parked", "outcome"})
DERIVED = frozenset(
    {"state", "held_from", "stored", "total", "hash", "verdict", "sha256", "document", "act", "hidden_because"}
    | {"event_time", "device_time", "received_time", "doubt", "accepted_at", "arrived_at", "started_at", "finished_at"}
)
DISHONEST = frozenset({"id_reused", "internal_error", "exists", "incomplete_group"})
Values = dict[tuple[str, str], set[str]]


class Violation(AssertionError):
    """A broken promise: `figure` is the count it belongs to."""

    def __init__(self, figure: str, promise: str, detail: object) -> None:
        super().__init__(f"{figure}: {promise}: {detail}")
        self.figure, self.promise, self.detail = figure, promise, detail


def plain(value: object) -> str:
    """One spelling per value, so that values can be members of sets; absent is null."""
    if isinstance(value, str):
        return value
    bare = present(value) if isinstance(value, (dict, list)) else value
    return orjson.dumps(bare, option=orjson.OPT_SORT_KEYS).decode()


def present(value: object) -> object:
    if isinstance(value, dict):
        return {name: present(one) for name, one in value.items() if one is not None}
    return list(map(present, value)) if isinstance(value, list) else value


class Oracle:
    """Watches every save on a device and every answer of the server; raises Violation.

    `checks` counts how often each invariant was looked at.
    """

    def __init__(self, rows: Iterable[Row], epoch: str) -> None:
        self.truth, self.past = Truth(), Past()
        self.head, self.epoch = 0, epoch
        self.checks: Counter[str] = Counter()
        self.rogue: set[str] = set()
        self.disputes: dict[str, tuple[str, str]] = {}
        self.targets: dict[str, str] = {}
        self.judged_once: set[str] = set()
        self.vanished: set[str] = set()
        self.made = Book()
        self.written: Values = defaultdict(set)
        self.lived: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self.lived_once: Values = defaultdict(set)  # in histories that are gone too
        self.born: dict[str, int] = {}
        for row in rows:
            self.learn(row, 0)
        self.began = {key: row["data"] for key, row in self.truth.items()}

    # what happens

    def saved(self, device: str, user: str, operations: Iterable[dict], rogue: bool) -> list[Made]:
        """A device said "saved here" for these operations."""
        made = [self.made.add(Made(operation, device, user, rogue)) for operation in operations]
        for one in made:
            self.note(one)
        return made

    def note(self, made: Made) -> None:
        operation = made.operation
        if made.rogue:
            self.rogue.add(made.id)
        for name, value in intended(operation):
            self.written[operation["record"], name].add(plain(value))
        self.decided(operation)

    def decided(self, operation: dict) -> None:
        """A decision may write values of its own into the record that it is about."""
        if operation["do"] == "resolve" and "value" in operation["resolve"]["choose"]:
            where = self.disputes[operation["record"]]
            self.written[where].add(plain(operation["resolve"]["choose"]["value"]))
        if operation["do"] == "unpark" and "edited" in operation["unpark"]:
            target = self.targets[operation["record"]]
            for name, change in operation["unpark"]["edited"].items():
                self.written[target, name].add(plain(change["to"]))

    def rewind(self, rows: Iterable[Row], newest: int) -> None:
        """The server lost its newest commits: what it had said about them is void, what was acknowledged is not."""
        before, self.truth, self.head = self.truth, Truth(), 0
        for row in rows:
            self.recall(row)
        self.past.rewind(newest)
        self.born = {one: seq for one, seq in self.born.items() if seq <= newest}
        for where, values in self.lived.items():
            self.lived_once[where] |= values.keys()
            self.lived[where] = {text: seq for text, seq in values.items() if seq <= newest}
        lost = before.keys() - self.truth.keys()
        self.vanished |= lost
        for one in lost:
            if before[one]["gone"]:
                self.truth.learn(before[one])  # perhaps only its tombstone was forgotten
        self.made.rewind(newest, {one: row["version"] for one, row in self.truth.items()})

    def learn(self, row: Row, seen: int) -> None:
        self.past.learn(seen, row.seq, self.recall(row))
        self.born.setdefault(row.id, row.seq)

    def recall(self, row: Row) -> dict:
        new = {"gone": False, "disputed": [], **orjson.loads(row.body)}
        self.truth.learn(new)
        if row.type == "conflict":
            self.disputes[row.id] = new["data"]["record"], new["data"]["field"]
        if row.type == "parked":
            self.targets[row.id] = new["data"]["operation"].get("record")
        self.head = max(self.head, row.seq)
        return new

    def committed(self, rows: Iterable[Row]) -> set[str]:
        """Look at what the server has committed; returns the states orders were in before, after and between."""
        states: set[str] = set()
        seen = self.head
        for row in rows:
            old = self.truth.get(row.id)
            self.learn(row, seen)
            new = self.truth[row.id]
            self.check_values(new, old, row.seq)
            if row.type == "work_order":
                states |= passed(*(str(one["data"].get("state")) for one in (old or new, new)))
        return states

    def answered(self, user: str, body: bytes, response: dict, before: int, states: set[str]) -> None:
        """The server answered; `before` is its newest commit before this request."""
        self.epoch = response["epoch"]
        verdicts = [answer for answer in response["answers"] if "held" not in answer]
        if response["reset"] is not None and verdicts:
            raise Violation("diverged", "nothing is judged before a reset is done", response["answers"])
        if verdicts:
            sent = {operation["id"]: operation for operation in orjson.loads(body)["operations"]}
            steps = [one["transition"] for one in sent.values() if one["do"] == "transition"]
            states |= {step["from"] for step in steps} | {"on_hold" for step in steps if step["name"] == "hold"}
            for answer in verdicts:
                self.check_answer(user, sent[answer["id"]], answer, before, states)
        self.check_page(user, response)

    # what must hold

    def check_answer(self, user: str, operation: dict, answer: dict, before: int, states: set[str]) -> None:
        made = self.made.find(user, operation)
        if made is None:
            raise Violation("diverged", "only acknowledged operations reach the server", operation)
        self.checks["I2"] += 1
        if made.answer is None:
            made.answer, made.void = answer, False
            self.check_verdict(made, answer, before, states)
        elif made.answer != answer:
            raise Violation("doubled", "a retry returns the stored verdict unchanged", (made.answer, answer))

    def check_verdict(self, made: Made, answer: dict, before: int, states: set[str]) -> None:
        """The first verdict on this content in this history."""
        operation = made.operation
        self.judged_once.add(made.id)
        made.version = self.truth.get(operation["record"], {}).get("version", 0)
        if answer.get("code") in DISHONEST and not made.rogue:
            raise Violation("lost", f"honest work is never parked as {answer['code']}", operation)
        if answer["verdict"] == "parked":
            self.check_parked(made, answer, states)
            return
        if operation["record"] not in self.truth or operation["root"] not in self.truth:
            raise Violation("lost", "what is answered is stored", (operation, answer))
        if operation["do"] == "resolve":
            self.check_decision(operation)
        self.checks["I7"] += 1
        if answer["seq"] > before and not may_write(self.truth, made.user, operation, states):
            self.check_late(made, sorted(states))

    def check_late(self, made: Made, states: list[str]) -> None:
        """Who may not write it any more had the order when he acted and only adds to it, and the record says so."""
        operation = made.operation
        if not self.past.may_have_had(self.epoch, made.user, operation):
            raise Violation("leaked", "nobody changes what is not theirs to change", (operation, states))
        if operation["do"] != "set" and not self.truth[operation["record"]].get("late"):
            raise Violation("diverged", "what somebody adds who no longer has the order says so", operation)

    def check_parked(self, made: Made, answer: dict, states: set[str]) -> None:
        """Who had the order when he acted still adds his facts to it."""
        if answer.get("code") != "handed_over" or made.rogue:
            return
        self.checks["I1"] += 1
        if self.past.is_welcome(self.epoch, made.user, made.operation, states):
            raise Violation("lost", "a fact of one who had the order when he acted is applied", made.operation)

    def check_decision(self, operation: dict) -> None:
        """Whoever decided had seen every value he decided about."""
        conflict = self.truth[operation["record"]]["data"]
        unseen = {one["op"] for one in (conflict["live"], *conflict["candidates"])} - set(operation["resolve"]["saw"])
        self.checks["I4"] += 1
        if unseen:
            raise Violation("lost", "nobody decides about a value he has not seen", (operation, conflict))

    def check_page(self, user: str, response: dict) -> None:
        left = {item["root"] for item in response["left"]}
        twice = left.intersection(response["entered"])
        if twice:
            raise Violation("diverged", "a root never enters and leaves at once", twice)
        untold = [item for item in response["left"] if item["why"] == "closed" and not closed(self.truth, item["root"])]
        if untold:
            raise Violation("diverged", "only an approved order is closed, and what it opened", untold)
        self.checks["I7"] += len(response["changes"])
        seen: set[str] = set()
        for row in response["changes"]:
            root = row["root"]
            if root in left:
                raise Violation("diverged", "a root never changes and leaves at once", row)
            if root not in seen and not visible(self.truth, user, root):
                raise Violation("leaked", "nobody receives what is not theirs", row)
            seen.add(root)
            if row.get("version") != self.truth[row["id"]]["version"]:
                raise Violation("diverged", "rows are sent in their latest state", row)

    def is_forgotten(self, record: str) -> bool:
        """True if it was removed and the server may have let its tombstone go."""
        return self.past.horizon > 0 and self.truth.get(record, {}).get("gone", False)

    def at_first(self, record: str, name: str) -> str:
        """The value a field had when the schedule began."""
        return plain(self.began.get(record, {}).get(name))

    def check_values(self, new: dict, old: dict | None, seq: int) -> None:
        """Every value was written by some operation; note since when it lives."""
        if new["type"] in ENGINE_MADE:
            return
        known = old["data"] if old else {}
        for name, value in new["data"].items():
            if known.get(name) == value or name in DERIVED:
                continue
            self.checks["I5"] += 1
            self.lived[new["id"], name].setdefault(text := plain(value), seq)
            if text not in self.written[new["id"], name] and text != self.at_first(new["id"], name):
                raise Violation("diverged", "no value is invented", (new["type"], new["id"], name, value))


def intended(operation: dict) -> Iterable[tuple[str, object]]:
    """Every (field, value) an operation wants to write."""
    do = operation["do"]
    body = operation[do]
    if do == "set":
        return [(name, change["to"]) for name, change in body.items()]
    if operation["type"] == "rating" and body["values"].get("score") is None:
        return [*body["values"].items(), ("declined", True)]  # an app of last year just left the score out
    return list(body.get("values", body).items()) if do in ("create", "append", "move", "sign") else []
