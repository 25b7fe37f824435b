"""A tablet as a program: makes work, sends it until every answer has come, and remembers every answer."""

import hashlib
import random
import secrets
import time
from typing import Any

from backend.services.ids import record_id
from tests.journeys.wire import SCHEMA, Account, Records, now, seen

PHOTO_BYTES = 400_000


class Program:
    """One engineer's device without a screen, at work on one order."""

    def __init__(self, account: Account, records: Records, number: str, chance: random.Random) -> None:
        self.account, self.chance = account, chance
        order = records.order(number)
        self.root: str = order["id"]
        self.checklist = records.only(self.root, "checklist")
        self.fault: str = order["data"]["fault"]
        self.made: list[dict[str, Any]] = []
        self.photos: list[bytes] = []
        self.answers: dict[str, dict[str, Any]] = {}
        self._outbox: list[dict[str, Any]] = []
        self._files: list[bytes] = []
        self._seen = records.seen
        self._epoch: str | None = None
        self._cursor: str | None = None

    @property
    def waits(self) -> bool:
        """Whether anything is unsent or unanswered."""
        return bool(self._outbox or self._files)

    def step(self, name: str, start: str, at: str | None = None) -> None:
        """Takes one step of the job and tells when, by a clock that may be wrong."""
        self.add("visit_event", {"kind": name, "place_missing": "off"})
        self.make("work_order", self.root, "transition", {"name": name, "from": start})
        for one in self.made[-2:]:
            one["at"] = at or one["at"]

    def write(self, field: str, was: object, to: object) -> None:
        """Changes one text of the order."""
        self.make("work_order", self.root, "set", {field: {"was": was, "to": to}})

    def work(self, name: str) -> None:
        """A note, a text that names the one before it, and a photo."""
        self.add("note", {"text": name})
        self.write("fault", self.fault, name)
        self.fault = name
        photo = self.chance.randbytes(PHOTO_BYTES)
        sha256 = hashlib.sha256(photo).hexdigest()
        values = {"sha256": sha256, "size": len(photo), "media_type": "image/jpeg", "slot": "evidence"}
        self.add("photo", values)
        self.photos.append(photo)
        self._files.append(photo)

    def push(self) -> None:
        """One attempt: text first, then files; what was answered or received is not sent again."""
        self._remember(self._exchange(self._outbox))
        self._outbox = [one for one in self._outbox if one["id"] not in self.answers]
        while self._files:
            self.account.upload(self._files[0])
            del self._files[0]

    def repeat(self) -> None:
        """Sends all that was ever made once more."""
        for start in range(0, len(self.made), 100):
            self._remember(self._exchange(self.made[start : start + 100]))

    def _exchange(self, operations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        answer = self.account.exchange(operations, self._cursor, self._epoch)
        self._cursor, self._epoch, self._seen = answer["cursor"], answer["epoch"], seen(answer)
        answers: list[dict[str, Any]] = answer["answers"]
        return answers

    def _remember(self, answers: list[dict[str, Any]]) -> None:
        for answer in answers:
            known = self.answers.setdefault(answer["id"], answer)
            assert known == answer, "one operation got two different verdicts"

    def add(self, kind: str, values: dict[str, Any]) -> None:
        """One fact more."""
        self.make(kind, self.new_id(), "append", {"values": values})

    def make(self, kind: str, record: str, do: str, body: object, root: str | None = None) -> None:
        """One change of the order or of a record of it, or of another root."""
        known = {"id": secrets.token_hex(16), "n": len(self.made) + 1, "by": self.account.user, "group": None}
        when = {"at": now(), "seen": self._seen, "schema": SCHEMA}
        about = {"type": kind, "record": record, "root": root or self.root, "base": None}
        operation = {**known, **when, **about, "do": do, do: body}
        self.made.append(operation)
        self._outbox.append(operation)

    def new_id(self) -> str:
        """Later records have later ids, even within one millisecond."""
        return record_id(int(time.time() * 1000) + len(self.made), self.chance.randbytes)
