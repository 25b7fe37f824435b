"""The judge: what was acknowledged, what the server holds, and who may see it, by rules of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import orjson

from sync.store import Row
from tests.simulation.rights import Truth, may_write, visible

ENGINE_MADE = frozenset({"conflict", "parked", "outcome"})
DERIVED = frozenset(
    {"state", "held_from", "stored", "total", "hash", "verdict", "sha256", "document", "act", "hidden_because"}
)


class Violation(AssertionError):
    """A broken promise: `figure` is the count it belongs to."""

    def __init__(self, figure: str, promise: str, detail: object) -> None:
        super().__init__(f"{figure}: {promise}: {detail}")
        self.figure, self.promise, self.detail = figure, promise, detail


def plain(value: object) -> str:
    """One spelling per value, so that values can be members of sets."""
    return value if isinstance(value, str) else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


@dataclass(frozen=True)
class Made:
    """An operation whose storage transaction on the device completed."""

    operation: dict
    device: str
    user: str
    rogue: bool

    @property
    def key(self) -> tuple[str, str, str]:
        return self.user, self.operation["id"], content(self.operation)


def content(operation: dict) -> str:
    return repr(sorted(operation.items(), key=lambda item: item[0]))


class Oracle:
    """Watches every save on a device and every answer of the server; raises Violation."""

    def __init__(self, rows: Iterable[Row], epoch: str) -> None:
        self.truth: Truth = {}
        self.head, self.epoch = 0, epoch
        self.rogue: set[str] = set()
        self.disputes: dict[str, tuple[str, str]] = {}
        self.judged_once: set[str] = set()
        self.vanished: set[str] = set()
        self.made: dict[tuple[str, str, str], Made] = {}
        self.verdicts: dict[tuple[str, str, str], dict] = {}
        self.versions: dict[tuple[str, str, str], int] = {}
        self.written: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.lived: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in rows:
            self.learn(row)
            for name, value in self.truth[row.id]["data"].items():
                self.written[row.id, name].add(plain(value))
                self.lived[row.id, name].add(plain(value))

    # what happens

    def saved(self, device: str, user: str, operations: Iterable[dict], rogue: bool) -> None:
        """A device said "saved here" for these operations."""
        for operation in operations:
            made = Made(operation, device, user, rogue)
            self.made[made.key] = made
            if rogue:
                self.rogue.add(operation["id"])
            for name, value in intended(operation):
                self.written[operation["record"], name].add(plain(value))
            if operation["do"] == "resolve" and "value" in operation["resolve"]["choose"]:
                where = self.disputes[operation["record"]]
                self.written[where].add(plain(operation["resolve"]["choose"]["value"]))

    def rewind(self, rows: Iterable[Row], newest: int, epoch: str) -> None:
        """The server lost its newest commits: what it had said about them is void, what was acknowledged is not."""
        before, self.truth, self.head, self.epoch = self.truth, {}, 0, epoch
        for row in rows:
            self.learn(row)
        self.vanished |= before.keys() - self.truth.keys()
        self.verdicts = {key: answer for key, answer in self.verdicts.items() if answer["seq"] <= newest}

    def unjudged(self) -> list[Made]:
        return [made for key, made in self.made.items() if key not in self.verdicts]

    def learn(self, row: Row) -> None:
        self.truth[row.id] = new = {"gone": False, "disputed": [], **orjson.loads(row.body)}
        if row.type == "conflict":
            self.disputes[row.id] = new["data"]["record"], new["data"]["field"]
        self.head = max(self.head, row.seq)

    def committed(self, rows: Iterable[Row]) -> set[str]:
        """Look at what the server has committed; returns the states orders were in before and after."""
        states: set[str] = set()
        for row in rows:
            old = self.truth.get(row.id)
            self.learn(row)
            new = self.truth[row.id]
            self.check_values(new, old)
            if row.type == "work_order":
                states |= {str(one["data"].get("state")) for one in (old, new) if one}
        return states

    def answered(self, user: str, body: bytes, response: dict, before: int, states: set[str]) -> None:
        """The server answered; `before` is its newest commit before this request."""
        if response["reset"] is not None and any("held" not in answer for answer in response["answers"]):
            raise Violation("diverged", "nothing is judged before a reset is done", response["answers"])
        sent = {operation["id"]: operation for operation in orjson.loads(body)["operations"]}
        if any(one["do"] == "transition" and one["transition"]["name"] == "hold" for one in sent.values()):
            states.add("on_hold")
        for answer in response["answers"]:
            if "held" not in answer:
                self.check_answer(user, sent[answer["id"]], answer, before, states)
        self.check_page(user, response)

    # what must hold

    def check_answer(self, user: str, operation: dict, answer: dict, before: int, states: set[str]) -> None:
        key = user, operation["id"], content(operation)
        known = self.verdicts.setdefault(key, answer)
        if known != answer:
            raise Violation("doubled", "a retry returns the stored verdict unchanged", (known, answer))
        if known is not answer:
            return
        self.judged_once.add(operation["id"])
        self.versions[key] = self.truth.get(operation["record"], {}).get("version", 0)
        made = self.made.get(key)
        if made is None:
            raise Violation("diverged", "only acknowledged operations reach the server", operation)
        if answer.get("code") in ("id_reused", "internal_error", "exists") and not made.rogue:
            raise Violation("lost", f"honest work is never parked as {answer['code']}", operation)
        if answer["verdict"] == "parked":
            return
        if operation["record"] not in self.truth or operation["root"] not in self.truth:
            raise Violation("lost", "what is answered is stored", (operation, answer))
        if operation["do"] == "resolve":
            self.check_decision(operation)
        if answer["seq"] > before and not may_write(self.truth, user, operation, states):
            raise Violation("leaked", "nobody changes what is not theirs to change", (operation, sorted(states)))

    def check_decision(self, operation: dict) -> None:
        """Whoever decided had seen every value he decided about."""
        conflict = self.truth[operation["record"]]["data"]
        unseen = {one["op"] for one in (conflict["live"], *conflict["candidates"])} - set(operation["resolve"]["saw"])
        if unseen:
            raise Violation("lost", "nobody decides about a value he has not seen", (operation, conflict))

    def check_page(self, user: str, response: dict) -> None:
        left = {item["root"] for item in response["left"]}
        for root in response["entered"]:
            if root in left:
                raise Violation("diverged", "a root never enters and leaves at once", root)
        for row in response["changes"]:
            if row["root"] in left:
                raise Violation("diverged", "a root never changes and leaves at once", row)
            if not visible(self.truth, user, row["root"]):
                raise Violation("leaked", "nobody receives what is not theirs", row)
            if row.get("version") != self.truth[row["id"]]["version"]:
                raise Violation("diverged", "rows are sent in their latest state", row)

    def check_values(self, new: dict, old: dict | None) -> None:
        """Every value was written by some operation."""
        if new["type"] in ENGINE_MADE:
            return
        known = old["data"] if old else {}
        for name, value in new["data"].items():
            if known.get(name) == value or name in DERIVED:
                continue
            self.lived[new["id"], name].add(text := plain(value))
            if text not in self.written[new["id"], name]:
                raise Violation("diverged", "no value is invented", (new["type"], new["id"], name, value))

    def settled(self, key: tuple[str, str, str], through: int) -> bool:
        """True if the operation's effect must have reached whoever holds everything up to `through`."""
        answer = self.verdicts.get(key)
        return answer is not None and answer["seq"] <= through


def intended(operation: dict) -> Iterable[tuple[str, object]]:
    """Every (field, value) an operation wants to write."""
    do = operation["do"]
    body = operation[do]
    if do == "set":
        return [(name, change["to"]) for name, change in body.items()]
    return list(body.get("values", body).items()) if do in ("create", "append", "move", "sign") else []
