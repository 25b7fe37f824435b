"""The real core over the store in memory, with a server around it that can die at any moment."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import Protocol

import orjson

from backend.domain.trade import FieldService
from backend.schemas.records import model
from sync import history
from sync.arrivals import blob_arrived
from sync.engine import Engine, Session
from sync.errors import CATALOGUE, Fault
from sync.exchange import exchange
from sync.memory_store import MemoryStore
from sync.protocol.request import parse_request
from sync.store import Row, Store
from tests.simulation import company
from tests.simulation.identity import operation_id
from tests.simulation.network import Answer
from tests.simulation.oracle import Violation

CALLS_BEFORE_DEATH = 12


class ServerDied(BaseException):
    """The process is gone; whatever was not committed never happened."""


@dataclass(frozen=True)
class Upload:
    """How far bytes got; once all of them have arrived and match their hash, a commit that contains their arrival."""

    offset: int
    seq: int | None = None


class Server(Protocol):
    """What the simulator needs of a server; `die_at` lets it die at some store call of this request."""

    def sync(self, user: str, device: str, body: bytes, now: int, die_at: int | None = None) -> Answer | None:
        """The answer to one exchange, None if the server died over it."""

    def announce(self, user: str, sha256: str, size: int, now: int) -> Upload:
        """Where to go on sending."""

    def append(self, user: str, sha256: str, offset: int, content: bytes, now: int) -> Upload:
        """Send bytes from `offset` on."""

    def restart(self) -> None:
        """Lose everything that is not durable."""

    def rows_after(self, seq: int) -> list[Row]:
        """Every record that a commit after `seq` wrote, for the judge's eyes."""

    def newest(self) -> int:
        """The number of the newest commit."""

    def bytes_of(self, sha256: str) -> bytes | None:
        """The stored bytes, for the judge's eyes."""

    def back_up(self) -> None:
        """Verify a backup of everything committed so far, database and bytes."""

    def collect(self, now: int, keep: int) -> int:
        """Forget what ended or was removed more than `keep` ms ago, and return the horizon."""

    def restore(self, epoch: str | None) -> bool:
        """Go back to the newest backup and begin a new history there, or say nothing; False if there is no backup."""


class FrailStore:
    """A store that stops answering at a given call, as if the process was killed there."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.calls_left: int | None = None

    def read(self) -> AbstractContextManager[object]:
        """Calls are counted only while they may be the last."""
        return self.store.read() if self.calls_left is None else self.counted(self.store.read())

    def write(self) -> AbstractContextManager[object]:
        return self.store.write() if self.calls_left is None else self.counted(self.store.write())

    @contextmanager
    def counted(self, opened: AbstractContextManager[object]) -> Iterator[object]:
        with opened as inner:
            yield Frail(inner, self)
            self.count()

    @contextmanager
    def dying(self, at: int | None) -> Iterator[None]:
        """Within this block the process dies at store call `at`, counted round and round; None: it lives."""
        self.calls_left = None if at is None else at % CALLS_BEFORE_DEATH
        try:
            yield
        finally:
            self.calls_left = None

    def count(self) -> None:
        if self.calls_left is not None:
            self.calls_left -= 1
            if self.calls_left < 0:
                raise ServerDied


class Frail:
    """Passes every question on and counts it."""

    def __init__(self, inner: object, store: FrailStore) -> None:
        self._inner, self._store = inner, store

    def __getattr__(self, name: str) -> Callable:
        self._store.count()
        return getattr(self._inner, name)


class CoreServer:
    """The engine and the trade as they ship; HTTP and files are what is left out."""

    def __init__(self, seed: int, trade: FieldService, base: MemoryStore) -> None:
        self.store = base.copy()
        self.frail = FrailStore(self.store)
        self.engine = new_engine(self.frail, trade, seed)
        self.blobs = {company.PICTURE_HASH: company.PICTURE}
        self.partial: dict[tuple[str, str], bytes] = {}
        self.saved: tuple[MemoryStore, dict[str, bytes]] | None = None

    def sync(self, user: str, device: str, body: bytes, now: int, die_at: int | None = None) -> Answer | None:
        with self.frail.dying(die_at):
            try:
                return self.answer(user, device, body, now)
            except ServerDied:
                return None

    def answer(self, user: str, device: str, body: bytes, now: int) -> Answer:
        try:
            request = parse_request(orjson.loads(body))
            reply = exchange(self.engine, Session(user, device), request, now)
        except orjson.JSONDecodeError:
            return refusal("bad_envelope")
        except Fault as fault:
            return refusal(fault.code)
        return Answer(200, "application/json", reply.encode(self.engine.encode))

    def announce(self, user: str, sha256: str, size: int, now: int) -> Upload:
        if self.granted(user, sha256):
            return self.arrived(user, sha256, size, now)
        return Upload(len(self.partial.get((user, sha256), b"")))

    def append(self, user: str, sha256: str, offset: int, content: bytes, now: int) -> Upload:
        if self.granted(user, sha256):
            return self.arrived(user, sha256, len(self.blobs[sha256]), now)
        received = self.partial.get((user, sha256), b"")
        if offset != len(received):
            return Upload(len(received))
        self.partial[user, sha256] = received = received + content
        if not matches(received, sha256):
            return Upload(len(received))
        self.blobs[sha256] = received
        return self.arrived(user, sha256, len(received), now)

    def granted(self, user: str, sha256: str) -> bool:
        with self.store.read() as reader:
            return reader.granted(user, sha256)

    def arrived(self, user: str, sha256: str, size: int, now: int) -> Upload:
        return Upload(size, blob_arrived(self.engine, Session(user, "device"), sha256, now))

    def restart(self) -> None:
        """Everything but uploads under way is durable here."""
        self.partial.clear()

    def rows_after(self, seq: int) -> list[Row]:
        rows = self.store.tables.rows
        later = sorted(one for one in rows.known("seq") if one > seq)
        return [row for one in later for row in by_id(rows.find("seq", one))]

    def newest(self) -> int:
        return len(self.store.tables.commits)

    def bytes_of(self, sha256: str) -> bytes | None:
        return self.blobs.get(sha256)

    def back_up(self) -> None:
        self.store.tables.safe = len(self.store.tables.commits)
        self.saved = self.store.copy(), dict(self.blobs)

    def collect(self, now: int, keep: int) -> int:
        return history.collect(self.engine, now, keep)

    def restore(self, epoch: str | None) -> bool:
        if self.saved is None:
            return False
        store, blobs = self.saved
        tables = store.copy().tables
        self.store.tables, self.blobs = replace(tables, epoch=epoch or tables.epoch), dict(blobs)
        self.partial.clear()
        return True


def refusal(code: str) -> Answer:
    """What the HTTP layer makes of a request that the engine does not even read."""
    return Answer(CATALOGUE[code].status, "application/json", orjson.dumps({"error": {"code": code}}))


def matches(content: bytes, sha256: str) -> bool:
    return hashlib.sha256(content).hexdigest() == sha256


def new_engine(store: object, trade: FieldService, seed: int) -> Engine:
    """The engine with every random number drawn from the seed; a failure inside it stops the run."""
    numbers = count()
    return Engine(
        store=store,
        trade=trade,
        cursor_key=operation_id("cursor key").encode(),
        new_nonce=lambda: operation_id(seed, "nonce", next(numbers)),
        encode=orjson.dumps,
        decode=lru_cache(4096)(orjson.loads),
        report=stop,
    )


def stop(failure: Exception) -> None:
    """A failure that the engine would park ends the schedule instead."""
    raise Violation("lost", "the engine can judge every operation", repr(failure)) from failure


def company_store(trade: FieldService) -> MemoryStore:
    """The company's first records, made once and copied for every schedule."""
    store = MemoryStore(operation_id("company"))
    company.build(new_engine(store, trade, 0), trade.schema)
    return store


def by_id(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.id)


def new_trade() -> FieldService:
    return FieldService(model())
