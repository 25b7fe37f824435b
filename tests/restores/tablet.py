"""A tablet over HTTP: the reference device of the protocol with a token, photos and a memory of what it was told."""

from __future__ import annotations

import hashlib
import json
from http.client import HTTPConnection
from itertools import count
from random import Random
from typing import Any
from urllib.parse import urlsplit

from sync.operations import OperationMaker
from tests.simulation.device import SCHEMA, Device
from tests.simulation.disk import Disk, Operation

AT = "2026-11-22T08:00:00.000Z"
MOST_EXCHANGES = 60
PAGE = 40


class Tablet:
    """`told` holds every operation that ever had a verdict here, `received` every photo the server called complete."""

    def __init__(self, url: str, user: str, token: str, dice: Random) -> None:
        self.url, self.user, self.dice = url, user, dice
        self.headers = {"Authorization": f"Bearer {token}", "X-Huizhi": "1"}
        self.device = Device(user, user, Disk(), 20, PAGE)
        self.told: dict[str, Operation] = {}
        self.received: set[str] = set()
        self.maker = OperationMaker(user, AT, SCHEMA, self.new_id)
        self.requests = count(1)

    def new_id(self) -> str:
        return self.dice.randbytes(16).hex()

    def orders(self) -> list[dict]:
        """The orders on this tablet."""
        return sorted(self.of("work_order"), key=lambda row: row["id"])

    def of(self, kind: str) -> list[dict]:
        return [row for (name, _), row in self.device.disk.shelf.rows.items() if name == kind]

    def save(self, kind: str, record: str, root: str, do: str, body: object, photos: dict[str, bytes]) -> None:
        self.device.save([self.maker.make(kind, record, root, do, body)], photos)

    def note(self) -> None:
        """A remark on some order."""
        order = self.dice.choice(self.orders())["id"]
        self.save("note", self.new_id(), order, "append", {"values": {"text": f"演示备注 {self.dice.random()}"}}, {})

    def rename(self) -> None:
        """A value that others change too."""
        order = self.dice.choice(self.orders())
        was, to = order["data"].get("fault"), f"演示故障 {self.dice.random()}"
        self.save("work_order", order["id"], order["id"], "set", {"fault": {"was": was, "to": to}}, {})

    def photograph(self) -> None:
        """A photo with bytes of its own."""
        content = b"\xff\xd8\xff" + self.dice.randbytes(self.dice.randint(100, 60_000))
        sha256 = hashlib.sha256(content).hexdigest()
        values = {"sha256": sha256, "size": len(content), "media_type": "image/jpeg", "slot": "fault"}
        order = self.dice.choice(self.orders())["id"]
        self.save("photo", self.new_id(), order, "append", {"values": values}, {sha256: content})

    def exchange(self, *, deaf: bool = False) -> bool:
        """One exchange; `deaf`: the answer is lost on its way. True if it was believed."""
        body = self.device.request(f"{self.user}{next(self.requests)}", {"now": AT, "uptime_ms": 0})
        status, answer = self.call("POST", "/api/v1/sync", body, "application/json")
        if deaf:
            return False
        believed = self.device.receive(status, "application/json", answer)
        self.told |= {key: one.operation for key, one in self.device.disk.archive.items()}
        return believed

    def upload(self) -> bool:
        """The next photo, whole; False if none waits."""
        waiting = self.device.next_photo()
        if waiting is None:
            return False
        sha256, content = waiting
        page = {"sha256": sha256, "size": len(content), "type": "image/jpeg"}
        progress = self.asked("POST", "/api/v1/blobs", json.dumps(page).encode(), "application/json")
        if not progress["complete"]:
            more = {"Upload-Offset": str(progress["offset"])}
            rest = content[progress["offset"] :]
            progress = self.asked("PATCH", f"/api/v1/blobs/{sha256}", rest, "application/octet-stream", **more)
        assert progress["complete"], progress
        self.device.photo_sent(sha256, progress["seq"])
        self.received.add(sha256)
        return True

    def drain(self) -> int:
        """Until nothing waits here; how many exchanges it took."""
        for number in range(1, MOST_EXCHANGES + 1):
            self.exchange()
            while self.upload():
                pass
            if self.device.idle():
                return number
        raise AssertionError(f"{self.user} still holds {len(self.device.disk.outbox)} operations")

    def asked(self, method: str, path: str, body: bytes, kind: str, **headers: str) -> dict[str, Any]:
        status, answer = self.call(method, path, body, kind, **headers)
        assert status == 200, answer
        return dict(json.loads(answer))

    def call(self, method: str, path: str, body: bytes, kind: str, **headers: str) -> tuple[int, bytes]:
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        try:
            connection.request(method, path, body, {**self.headers, **headers, "Content-Type": kind})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()
