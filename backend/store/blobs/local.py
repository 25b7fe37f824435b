"""Blobs on the local disk: parts while they arrive, then one file named by its own SHA-256."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from backend.store.files import flush, sha256_of

PIECE = 1 << 20


class WrongOffset(Exception):
    """The chunk does not start where the part ends."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class LocalBlobs:
    """`sha256` and `user` are validated by the caller: file names are made of nothing else."""

    def __init__(self, root: Path) -> None:
        self._whole = root / "whole"
        self._parts = root / "parts"
        self._damaged = root / "damaged"
        self._whole.mkdir(parents=True, exist_ok=True)
        self._parts.mkdir(exist_ok=True)

    def offset(self, user: str, sha256: str) -> int:
        """How many bytes of this user's part have arrived."""
        part = self._part(user, sha256)
        return part.stat().st_size if part.exists() else 0

    def append(self, user: str, sha256: str, offset: int, chunk: bytes) -> int:
        """Add a chunk that was received whole; the new offset. A dead request never holds this lock."""
        with self._locked(self._part(user, sha256)) as file:
            end = file.seek(0, os.SEEK_END)
            if end != offset:
                raise WrongOffset(end)
            file.write(chunk)
            return offset + len(chunk)

    def finish(self, user: str, sha256: str) -> bool:
        """Keep the part for ever if its bytes match their name, throw it away if not."""
        part = self._part(user, sha256)
        with self._locked(part):
            if sha256_of(part) == sha256:
                self._keep(part, self.path(sha256))
                return True
            part.unlink()
        return False

    def path(self, sha256: str) -> Path:
        return self._whole / sha256[:2] / sha256

    def set_aside(self, sha256: str) -> None:
        """Damaged bytes, out of the way and kept for whoever wants to look at them."""
        path = self.path(sha256)
        if path.exists():
            self._damaged.mkdir(exist_ok=True)
            path.replace(self._damaged / sha256)

    def remove(self, sha256: str) -> None:
        """The bytes, and every part of them that somebody sent."""
        for path in (self.path(sha256), self._damaged / sha256, *self._parts.glob(f"*.{sha256}")):
            path.unlink(missing_ok=True)

    def __contains__(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def _part(self, user: str, sha256: str) -> Path:
        return self._parts / f"{user}.{sha256}"

    @contextmanager
    def _locked(self, part: Path) -> Iterator[BinaryIO]:
        """The part for one request alone, and never a file that got its final name while this one waited."""
        while True:
            with part.open("ab") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if _is_at(part, file):
                    yield file
                    return

    def _keep(self, part: Path, target: Path) -> None:
        """File before name, name before row: what the database calls stored survives a power cut."""
        target.parent.mkdir(exist_ok=True)
        flush(part)
        part.replace(target)
        flush(target.parent)
        flush(self._whole)


def _is_at(path: Path, file: BinaryIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
