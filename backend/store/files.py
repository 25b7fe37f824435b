"""Files that must survive a power cut: written beside their place, flushed, and moved there."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Locked(Exception):
    """Another process holds this lock."""


def write_whole(path: Path, content: bytes) -> None:
    """The file has this content, or the one before: never a part of it."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with open(fresh, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(content)
    flush(fresh)
    fresh.replace(path)
    flush(path.parent)


def append_line(path: Path, line: bytes) -> None:
    """Durable when it returns; a line that a power cut halved is not complete JSON."""
    path.touch(0o600)
    with path.open("ab") as file:
        file.write(line + b"\n")
    flush(path)
    flush(path.parent)


def flush(path: Path) -> None:
    """Make a file or a folder durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def lock(path: Path, *, shared: bool = False, wait: bool = True) -> Iterator[None]:
    """Hold a lock between processes; Locked if another one has it and nobody shall wait."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as held:
            raise Locked(str(path)) from held
        yield
