"""Devices as seen from the wire: one keep-alive connection each, requests encoded before the clock starts."""

import re
import selectors
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from backend.domain.upcasts import SCHEMA

HEAD_END = b"\r\n\r\n"
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
CURSOR = re.compile(rb'"cursor":"([^"]+)"')
EPOCH = re.compile(rb'"epoch":"([^"]+)"')
PATIENCE_SECONDS = 120
CHUNK = 1 << 20


class Failed(Exception):
    """An answer that no device would believe."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The body of an answer, and how long it took to arrive whole."""

    body: bytes
    seconds: float

    @property
    def applied(self) -> int:
        """How many operations were applied."""
        return self.body.count(b'"verdict":"applied"')

    @property
    def records(self) -> int:
        """How many records came."""
        return self.body.count(b'"version":')

    @property
    def more(self) -> bool:
        """True if there is another page."""
        return b'"more":true' in self.body


class Device:
    """A device that remembers epoch and cursor."""

    def __init__(self, address: tuple[str, int], headers: Mapping[str, str], limit: int = 500) -> None:
        self._address = address
        self.socket: socket.socket | None = None
        lines = {"Host": f"{address[0]}:{address[1]}", "Content-Type": "application/json", "X-Huizhi": "1", **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self._head = f"POST /api/v1/sync HTTP/1.1\r\n{head}"
        self._limit = limit
        self.epoch: str | None = None
        self.cursor: str | None = None

    def connect(self) -> None:
        """Open the connection, unless it is open."""
        if self.socket is None:
            self.socket = socket.create_connection(self._address, PATIENCE_SECONDS)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def request(self, operations: Sequence[Mapping[str, object]] = ()) -> bytes:
        """The bytes of one exchange."""
        body = self.body(operations)
        return f"{self._head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    def body(self, operations: Sequence[Mapping[str, object]] = ()) -> bytes:
        """What the app sends."""
        envelope: dict[str, Any] = {
            "protocol": 1,
            "schema": SCHEMA,
            "app": "0.1.0",
            "request": "r" * 32,
            "epoch": self.epoch,
            "clock": {"now": "2026-01-01T00:00:00.000Z", "uptime_ms": 8_123_456},
            "operations": operations,
            "cursor": self.cursor,
            "limit": self._limit,
        }
        return orjson.dumps(envelope)

    def send(self, request: bytes) -> Reply:
        """One exchange; the next one starts from what this one told."""
        assert self.socket is not None, "not connected"
        started = time.perf_counter()
        self.socket.sendall(request)
        body = _received(self.socket)
        reply = Reply(body, time.perf_counter() - started)
        self.learn(reply)
        return reply

    def learn(self, reply: Reply) -> None:
        """Go on from the cursor of this reply."""
        cursor, epoch = CURSOR.search(reply.body), EPOCH.search(reply.body)
        if cursor is None or epoch is None:
            raise Failed(reply.body[:500])
        self.cursor, self.epoch = cursor[1].decode(), epoch[1].decode()

    def catch_up(self) -> list[Reply]:
        """Pull page by page until nothing waits."""
        replies = [self.send(self.request())]
        while replies[-1].more:
            replies.append(self.send(self.request()))
        return replies

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def rush(devices: Sequence[Device], requests: Sequence[bytes]) -> tuple[float, list[Reply]]:
    """Seconds until the last of all devices that speak at once has its answer, and the answers."""
    sockets = [device.socket for device in devices if device.socket is not None]
    with selectors.DefaultSelector() as waiting:
        for index, one in enumerate(sockets):
            waiting.register(one, selectors.EVENT_READ, index)
        replies: dict[int, Reply] = {}
        started = time.perf_counter()
        for one, request in zip(sockets, requests, strict=True):
            one.sendall(request)
        while len(replies) < len(devices):
            ready = waiting.select(PATIENCE_SECONDS)
            if not ready:
                raise Failed(f"{len(devices) - len(replies)} devices got no answer")
            for key, _ in ready:
                body = _received(sockets[key.data])
                replies[key.data] = Reply(body, time.perf_counter() - started)
                waiting.unregister(key.fileobj)
    return max(one.seconds for one in replies.values()), list(replies.values())


def _received(connection: socket.socket) -> bytes:
    """The body of one answer with status 200."""
    data = bytearray()
    while (end := data.find(HEAD_END)) < 0:
        data += _some(connection)
    head, length = bytes(data[:end]), LENGTH.search(data, 0, end)
    if not head.startswith(b"HTTP/1.1 200") or length is None:
        raise Failed(bytes(data[:500]))
    whole = end + len(HEAD_END) + int(length[1])
    while len(data) < whole:
        data += _some(connection)
    return bytes(data[end + len(HEAD_END) :])


def _some(connection: socket.socket) -> bytes:
    found = connection.recv(CHUNK)
    if not found:
        raise Failed("the server hung up")
    return found
