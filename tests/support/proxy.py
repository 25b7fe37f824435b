"""A wire between tablets and the server: slow, stalling, cut half way; it notes every request that passes."""

import random
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from math import inf
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Literal
from urllib.parse import urlsplit

PIECE = 2_048
HEAD_ENDS = b"\r\n\r\n"
HOST = "127.0.0.1"
Way = Literal["requests", "answers"]


@dataclass(frozen=True)
class Weather:
    """What the wire does to bytes: how many pass in a second, how long a round trip takes, which writes stall."""

    bytes_per_second: float = inf
    round_trip: float = 0
    stalling: float = 0
    stall_seconds: tuple[float, float] = (1, 3)


FINE = Weather()
TWO_G = Weather(bytes_per_second=50_000 / 8, round_trip=1, stalling=0.05)


@dataclass
class Request:
    """A request on its way: `passed` counts the bytes of its body that went over the wire."""

    at: float
    method: str
    path: str
    headers: dict[str, str]
    passed: int = 0

    @property
    def length(self) -> int:
        """How many bytes its body has."""
        return int(self.headers.get("content-length", 0))


@dataclass
class Lane:
    """One direction of the wire, which all connections share: the next piece starts when the last one is through."""

    free_at: float = 0
    lock: Lock = field(default_factory=Lock)

    def through(self, size: int, weather: Weather, dice: random.Random) -> float:
        """When a piece of this size that comes now has left the sender."""
        with self.lock:
            stall = dice.uniform(*weather.stall_seconds) if dice.random() < weather.stalling else 0
            self.free_at = max(self.free_at, time.monotonic()) + size / weather.bytes_per_second + stall
            return self.free_at


class Wire:
    """Listens on a port of its own and carries everything to the server and back, in whatever `weather` it has."""

    def __init__(self, url: str, seed: int = 0) -> None:
        self._server = (HOST, int(urlsplit(url).port or 0))
        self._listener = socket.create_server((HOST, 0))
        self.url = f"http://{HOST}:{self._listener.getsockname()[1]}"
        self.weather = FINE
        self.requests: list[Request] = []
        self.cuts = 0
        self.dice = random.Random(seed)
        self.lanes: dict[Way, Lane] = {"requests": Lane(), "answers": Lane()}
        self.closed = Event()
        self._cut: Way | None = None
        self._after = 0
        self._uploads_end_at: list[int] = []
        self._open: list[Connection] = []
        Thread(target=self._accept, daemon=True).start()

    def break_off(self, way: Way | None, after: int = 0) -> None:
        """Cuts every connection `after` bytes into its first body from now on, and those that stand open at once."""
        self._cut, self._after = way, after
        self.drop()

    def drop(self) -> None:
        """Cuts every connection that stands open."""
        for one in self._open:
            one.close()
        self._open.clear()

    def cut_uploads_at(self, totals: list[int]) -> None:
        """Cuts the connection over which the photo bytes passed so far reach each of these sums."""
        self._uploads_end_at = sorted(totals)

    def close(self) -> None:
        """Nobody is let in any more, and nobody stays."""
        self.closed.set()
        self._listener.close()
        self.drop()

    @property
    def uploads(self) -> list[Request]:
        """The chunks of photos that were sent, whole or not."""
        return [one for one in self.requests if one.method == "PATCH"]

    def beyond(self, way: Way, passed: int) -> int | None:
        """How many of the bytes just taken lie beyond the place where the wire is cut now; None if it is not."""
        if way == self._cut and passed > self._after:
            return passed - self._after
        if way == "requests" and self._uploads_end_at:
            uploaded = sum(one.passed for one in self.uploads)
            if uploaded >= self._uploads_end_at[0]:
                return uploaded - self._uploads_end_at.pop(0)
        return None

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                tablet, _ = self._listener.accept()
                self._open.append(Connection(self, tablet, socket.create_connection(self._server)))


class Connection:
    """One tablet's connection and its continuation to the server."""

    def __init__(self, wire: Wire, tablet: socket.socket, server: socket.socket) -> None:
        self._wire, self._ends = wire, (tablet, server)
        for way, source, target in (("requests", tablet, server), ("answers", server, tablet)):
            pieces: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
            Thread(target=self._take, args=(way, source, pieces), daemon=True).start()
            Thread(target=self._give, args=(target, pieces), daemon=True).start()

    def close(self) -> None:
        """Breaks off, whatever is on its way."""
        for one in self._ends:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _take(self, way: Way, source: socket.socket, pieces: "SimpleQueue[tuple[float, bytes]]") -> None:
        """Takes bytes in as fast as the wire is, and breaks off where it is cut."""
        wire, reader = self._wire, Reader(self._wire.requests if way == "requests" else [])
        wire.closed.wait(wire.weather.round_trip)  # the handshake
        with suppress(OSError):
            while piece := source.recv(PIECE):
                weather = wire.weather
                through = wire.lanes[way].through(len(piece), weather, wire.dice)
                wire.closed.wait(max(0, through - time.monotonic()))
                reader.feed(piece)
                beyond = wire.beyond(way, reader.passed)
                pieces.put((through + weather.round_trip / 2, piece[: len(piece) - (beyond or 0)]))
                if beyond is not None:
                    wire.cuts += 1
                    break
        pieces.put((0, b""))

    def _give(self, target: socket.socket, pieces: "SimpleQueue[tuple[float, bytes]]") -> None:
        """Hands bytes out after half a round trip; an empty piece is the end."""
        with suppress(OSError):
            while True:
                due, piece = pieces.get()
                self._wire.closed.wait(max(0, due - time.monotonic()))
                if not piece:
                    break
                target.sendall(piece)
        self.close()


class Reader:
    """Follows one direction of HTTP far enough to note its messages and to count the bytes of their bodies."""

    def __init__(self, seen: list[Request]) -> None:
        self._seen, self._head = seen, b""
        self._message: Request | None = None
        self.passed = 0

    def feed(self, piece: bytes) -> None:
        """The next bytes."""
        while piece:
            message = self._message
            if message is None or message.passed == message.length:
                self._head += piece
                head, ends, piece = self._head.partition(HEAD_ENDS)
                if ends:
                    self._begin(head.decode("latin-1"))
                continue
            count = min(message.length - message.passed, len(piece))
            message.passed += count
            self.passed += count
            piece = piece[count:]

    def _begin(self, head: str) -> None:
        first, *lines = head.split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        method, path, *_ = first.split(" ")
        self._message = Request(time.monotonic(), method, path, headers)
        self._head = b""
        self._seen.append(self._message)
