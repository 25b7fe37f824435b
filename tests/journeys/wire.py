"""A program's way to the server: signs in as a person and speaks the protocol over real HTTP."""

import hashlib
import json
import time
import uuid
from http.cookiejar import CookieJar
from typing import Any
from urllib.request import HTTPCookieProcessor, Request, build_opener

from backend.domain.trade import SCHEMA
from sync.clock import format_time

LIMIT_SECONDS = 30
CHUNK = 262_144
PROTOCOL = 1


def now() -> str:
    """The time as the wire writes it."""
    return format_time(int(time.time() * 1000))


def seen(answer: dict[str, Any]) -> dict[str, Any]:
    """What an operation says its author has seen, after this answer."""
    return {"epoch": answer["epoch"], "position": answer["through"], "at": answer["now"]}


class Account:
    """A signed-in user; it survives every restart of the server."""

    def __init__(self, url: str, username: str, password: str) -> None:
        self._url = url
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        device = {"id": None, "name": f"program of {username}"}
        known = {"username": username, "password": password, "device": device}
        self.user: str = self._json("POST", "/api/v1/session", known)["user"]["id"]

    def exchange(self, operations: list[dict[str, Any]], cursor: str | None, epoch: str | None) -> dict[str, Any]:
        """One exchange."""
        clock = {"now": now(), "uptime_ms": 1}
        known = {"protocol": PROTOCOL, "schema": SCHEMA, "app": "0.1.0", "request": uuid.uuid4().hex}
        return self._json(
            "POST", "/api/v1/sync",
            {**known, "epoch": epoch, "clock": clock, "operations": operations, "cursor": cursor, "limit": 500},
        )  # fmt: skip

    def records(self) -> "Records":
        """Everything this user may see."""
        rows: dict[str, dict[str, Any]] = {}
        cursor = epoch = None
        more = True
        while more:
            answer = self.exchange([], cursor, epoch)
            rows |= {row["id"]: row for row in answer["changes"]}
            cursor, epoch, more = answer["cursor"], answer["epoch"], answer["more"]
        return Records(rows, seen(answer))

    def upload(self, content: bytes) -> None:
        """Sends a file from where the server says it stands."""
        name = hashlib.sha256(content).hexdigest()
        state = self._json("POST", "/api/v1/blobs", {"sha256": name, "size": len(content), "type": "image/jpeg"})
        while not state["complete"]:
            state = self._chunk(name, content, state["offset"])

    def post(self, path: str, body: object) -> Any:
        """What the server answers to a wish that is no operation."""
        return self._json("POST", path, body)

    def download(self, path: str) -> bytes:
        """The bytes behind a path."""
        return self._send("GET", path)

    def _chunk(self, name: str, content: bytes, offset: int) -> dict[str, Any]:
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/octet-stream"}
        body = self._send("PATCH", f"/api/v1/blobs/{name}", content[offset : offset + CHUNK], headers)
        state: dict[str, Any] = json.loads(body)
        return state

    def _json(self, method: str, path: str, body: object) -> dict[str, Any]:
        answer = self._send(method, path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        content: dict[str, Any] = json.loads(answer)
        return content

    def _send(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> bytes:
        request = Request(self._url + path, body, {"X-Huizhi": "1", **(headers or {})}, method=method)
        with self._opener.open(request, timeout=LIMIT_SECONDS) as answer:
            content: bytes = answer.read()
            return content


class Records:
    """What the server showed, to be asked."""

    def __init__(self, rows: dict[str, dict[str, Any]], seen: dict[str, Any]) -> None:
        self.rows, self.seen = rows, seen

    def order(self, number: str) -> dict[str, Any]:
        """The work order with this number."""
        (row,) = [row for row in self._of("work_order") if row["data"]["number"] == number]
        return row

    def children(self, root: str, kind: str) -> list[dict[str, Any]]:
        """The data of an order's records of one type, oldest first."""
        rows = [row for row in self._of(kind) if row["root"] == root]
        return [row["data"] for row in sorted(rows, key=lambda row: str(row["id"]))]

    def only(self, root: str, kind: str) -> str:
        """The id of an order's one record of a type."""
        (row,) = [row for row in self._of(kind) if row["root"] == root]
        return str(row["id"])

    def all(self, kind: str) -> list[dict[str, Any]]:
        """The data of every record of one type."""
        return [row["data"] for row in self._of(kind)]

    def _of(self, kind: str) -> list[dict[str, Any]]:
        return [row for row in self.rows.values() if row["type"] == kind and not row.get("gone")]
