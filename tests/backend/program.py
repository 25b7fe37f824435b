"""A program that speaks to a running server with a token."""

import itertools
import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from sync.operations import OperationMaker
from tests.support.server import Server

AT = "2026-11-22T08:00:00.000Z"


class Program:
    """One user's token, used on any server of the same data."""

    def __init__(self, server: Server, username: str) -> None:
        self.token = server.run("token", username, "--name", "program").strip()
        self.user: str = self.get(server, "/api/v1/session")["user"]["id"]
        self._maker = OperationMaker(self.user, AT, 1, lambda: uuid4().hex)
        self._numbers = itertools.count(1)

    def get(self, server: Server, path: str) -> dict[str, Any]:
        """A decoded answer."""
        return self._decoded(server, "GET", path, None)

    def sync(self, server: Server, *operations: dict[str, Any], cursor: str | None = None) -> dict[str, Any]:
        """One exchange."""
        envelope = {
            "protocol": 1, "schema": 1, "app": "0.1.0", "request": f"r{next(self._numbers)}", "epoch": None,
            "clock": {"now": AT}, "operations": list(operations), "cursor": cursor, "limit": 500,
        }  # fmt: skip
        return self._decoded(server, "POST", "/api/v1/sync", json.dumps(envelope).encode())

    def everything(self, server: Server) -> list[dict[str, Any]]:
        """All records this user sees."""
        page = self.sync(server)
        records = page["changes"]
        while page["more"]:
            page = self.sync(server, cursor=page["cursor"])
            records += page["changes"]
        return records

    def note(self, order: str) -> dict[str, Any]:
        """An operation that adds one note."""
        return self._maker.make("note", str(uuid4()), order, "append", {"values": {"text": "记录"}})

    def connect(self, server: Server) -> HTTPConnection:
        """A raw connection."""
        return HTTPConnection(urlsplit(server.url).netloc, timeout=30)

    def headers(self) -> dict[str, str]:
        """What every request carries."""
        return {"Authorization": f"Bearer {self.token}", "X-Huizhi": "1", "Content-Type": "application/json"}

    def _decoded(self, server: Server, method: str, path: str, body: bytes | None) -> dict[str, Any]:
        connection = self.connect(server)
        connection.request(method, path, body, self.headers())
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        assert answer.status == 200, text
        found: dict[str, Any] = json.loads(text)
        return found
