"""A file outside the database that knows the newest commit: a database put back behind it is noticed at the start."""

import json
import time
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from backend.store.files import Locked, lock, write_whole
from sync.engine import Engine
from sync.history import begin
from sync.store import Reader, Store

PAUSE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest commit that was noted, and the newest one in a verified backup."""

    epoch: str
    seq: int
    nonce: str
    safe: int


class HighWater:
    """Several server processes may share one file; what it says was always committed before."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._noted = 0.0

    def read(self) -> Mark | None:
        """The mark, None if there is none that can be read."""
        try:
            return Mark(**json.loads(self._path.read_bytes()))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def check(self, engine: Engine) -> bool:
        """Begin a new epoch if the database lacks what was noted; True if it did. Afterwards the mark is true."""
        with self._locked():
            lost = _is_behind(engine.store, self.read())
            if lost:
                begin(engine, _epoch(engine.store))
            self._write(engine.store)
        return lost

    def note(self, store: Store) -> None:
        """Raise the mark to the newest commit."""
        with self._locked():
            self._write(store)

    def note_now_and_then(self, store: Store) -> None:
        """The same, at most once a second; a mark that lags behind is still true, so nobody waits or fails for it."""
        now = time.monotonic()
        if now - self._noted >= PAUSE_SECONDS:
            self._noted = now
            with suppress(OSError, Locked), self._locked(wait=False):
                self._write(store)

    def _locked(self, *, wait: bool = True) -> AbstractContextManager[None]:
        return lock(self._path.with_suffix(".lock"), wait=wait)

    def _write(self, store: Store) -> None:
        with store.read() as reader:
            head = reader.head()
        write_whole(self._path, json.dumps(asdict(Mark(head.epoch, head.seq, head.nonce, head.safe))).encode())


def _epoch(store: Store) -> str:
    with store.read() as reader:
        return reader.head().epoch


def _is_behind(store: Store, mark: Mark | None) -> bool:
    if mark is None:
        return False
    with store.read() as reader:
        return not _holds(reader, mark)


def _holds(reader: Reader, mark: Mark) -> bool:
    return reader.head().epoch == mark.epoch and reader.nonce(mark.seq) == mark.nonce
