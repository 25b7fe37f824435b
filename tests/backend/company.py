"""A small company on a real server in this process: who works there, and how they speak to it."""

import itertools
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from backend.app import create_app
from backend.config import Config
from backend.services.accounts import create_user, every_user, write
from backend.services.founding import SYSTEM, make_administrator
from backend.services.parts import Parts
from backend.services.tokens import make_token
from sync.operations import OperationMaker

START = 1_795_334_400_000  # 2026-11-22T08:00:00Z
AT = "2026-11-22T08:00:00.000Z"
PASSWORD = "right horse battery"
STAFF = {"one": "engineer", "two": "engineer", "desk": "dispatcher", "boss": "supervisor", "admin": "admin"}
CUSTOMER, ORDER = "c" * 32, "a" * 32


class Clock:
    """The server's time, moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> int:
        return self.now


class Company:
    """One branch with two engineers, desk, supervisor and administrator, and an order that engineer one accepted."""

    def __init__(self, data_dir: Path, **settings: Any) -> None:
        self.clock = Clock()
        self.app: Flask = create_app(Config(data_dir=data_dir, **settings), now=self.clock)
        self.parts: Parts = self.app.extensions["huizhi"]
        self.ids = {one["username"]: one["id"] for one in every_user(self.parts)}

    def speaker(self, username: str) -> "Speaker":
        """Somebody with a program's token."""
        return Speaker(self, self.ids[username], make_token(self.parts, self.ids[username], f"tablet of {username}"))

    def found(self) -> None:
        """Make everything."""
        admin = make_administrator(self.parts, "admin", "演示管理员", PASSWORD, "演示总部")
        self.ids["admin"] = admin
        branch = self.record(admin)["branch"]
        for username, role in STAFF.items():
            if username != "admin":
                self.ids[username] = self._hire(username, role, branch)
        write(self.parts, SYSTEM, "customer", CUSTOMER, "create", {"values": {"branch": branch, "name": "演示客户一"}})
        order = {
            "number": "WO-1", "type": "repair_urgent", "priority": "urgent", "customer": CUSTOMER, "branch": branch,
            "received_at": START, "title": "无暖气", "assignee": self.ids["one"],
        }  # fmt: skip
        write(self.parts, SYSTEM, "work_order", ORDER, "create", {"values": order})
        engineer = self.speaker("one")
        accept = {"name": "accept", "from": "dispatched"}
        engineer.sync(engineer.operation("work_order", ORDER, ORDER, "transition", accept))

    def close(self) -> None:
        """Let go of the database."""
        self.parts.database.close()

    def record(self, one: str) -> dict[str, Any]:
        """The fields of a record as the server holds it."""
        with self.parts.engine.store.read() as reader:
            (row,) = reader.rows([one])
        data: dict[str, Any] = self.app.json.loads(row.body)["data"]
        return data

    def _hire(self, username: str, role: str, branch: str) -> str:
        person = {"username": username, "name": f"演示{username}", "roles": [role], "branch": branch}
        return create_user(self.parts, SYSTEM, password=PASSWORD, **person)


class Speaker:
    """One user on one device."""

    def __init__(self, company: Company, user: str, token: str) -> None:
        self.user = user
        self.client = company.app.test_client()
        self.headers = {"X-Huizhi": "1", "Authorization": f"Bearer {token}"}
        numbers = itertools.count(1)
        prefix = token[:24]
        self._maker = OperationMaker(user, AT, 1, lambda: f"{prefix}{next(numbers):08x}")
        self._requests = itertools.count(1)

    def operation(self, kind: str, record: str, root: str, do: str, body: object) -> dict[str, Any]:
        """An operation of this user."""
        return self._maker.make(kind, record, root, do, body)

    def set_fault(self, to: str, was: str | None = None) -> dict[str, Any]:
        """The change every test can make: what is broken."""
        return self.operation("work_order", ORDER, ORDER, "set", {"fault": {"was": was, "to": to}})

    def photo(self, record: str, sha256: str, size: int) -> dict[str, Any]:
        """A photo of the fault."""
        values = {"sha256": sha256, "size": size, "media_type": "image/jpeg", "slot": "fault"}
        return self.operation("photo", record, ORDER, "append", {"values": values})

    def call(self, method: str, path: str, **request: Any) -> TestResponse:
        """One request with the headers every client sends."""
        headers = {**self.headers, **request.pop("headers", {})}
        return self.client.open(path, method=method, headers=headers, buffered=True, **request)

    def envelope(self, *operations: dict[str, Any], cursor: str | None = None, **changes: Any) -> dict[str, Any]:
        """A request of the sync protocol."""
        request = {
            "protocol": 1, "schema": 1, "app": "0.1.0", "request": f"r{next(self._requests)}", "epoch": None,
            "clock": {"now": AT, "uptime_ms": 1}, "operations": list(operations), "cursor": cursor, "limit": 500,
        }  # fmt: skip
        return {**request, **changes}

    def sync(self, *operations: dict[str, Any], cursor: str | None = None, **changes: Any) -> dict[str, Any]:
        """One exchange that the server takes."""
        answer = self.call("POST", "/api/v1/sync", json=self.envelope(*operations, cursor=cursor, **changes))
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json
        return found
