"""Keys that live outside the database, so that a copy of it proves nothing."""

from collections.abc import Callable
from pathlib import Path

LENGTH = 32


def load_or_make(path: Path, random: Callable[[int], bytes]) -> bytes:
    """The key in this file; the first process that asks makes it."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = path.with_suffix(f".{random(8).hex()}")
    if not path.exists():
        fresh.touch(0o600)
        fresh.write_bytes(random(LENGTH))
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
