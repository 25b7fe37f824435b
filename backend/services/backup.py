"""A verified copy of database and photos while the server runs; only then may devices drop what they keep for us."""

from dataclasses import dataclass
from pathlib import Path

from backend.services import manifest
from backend.services.erasure import journal
from backend.services.guarding import upkeep
from backend.services.manifest import Manifest
from backend.services.parts import Parts
from backend.store import snapshot
from backend.store.blobs.copies import copy, drop_others, is_whole, place
from backend.store.files import flush
from sync.clock import format_time
from sync.errors import Fault
from sync.history import back_up_to

BLOBS, ERASURES = "blobs", "erasures.jsonl"


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup came to: `copied` blobs were not there before, `relied_on` if devices may rely on it.

    They may not if the history ended while it was made.
    """

    manifest: Manifest
    copied: int
    relied_on: bool


def back_up(parts: Parts, folder: Path) -> Made:
    """Make the folder a backup of now. Killed at any moment it leaves the backup that was there before."""
    with upkeep(parts):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _clear(folder, None)
        made = _database(parts, folder)
        copied = sum(_keep(parts, folder, sha256) for sha256, _ in snapshot.blobs(folder / made.database))
        journal(parts).copy_to(folder / ERASURES)
        manifest.check(folder, made)
        manifest.write(folder, made)
        _clear(folder, made)
        relied_on = back_up_to(parts.engine, made.epoch, made.commit)
        parts.high_water.note(parts.engine.store)
    return Made(made, copied, relied_on)


def _database(parts: Parts, folder: Path) -> Manifest:
    """The database first: every photo it names was durable before it was named."""
    name = parts.random(8).hex()
    fresh = folder / f"database-{name}.part"
    contents = snapshot.take(parts.database, fresh)
    path = folder / f"database-{contents.seq}-{name}.sqlite3"
    fresh.chmod(0o600)
    flush(fresh)
    fresh.replace(path)
    flush(folder)
    return manifest.describe(folder, path.name, contents, format_time(parts.now()))


def _keep(parts: Parts, folder: Path, sha256: str) -> bool:
    """See to it that the backup has these bytes; True if it did not have them before."""
    target = place(folder / BLOBS, sha256)
    if is_whole(target, sha256):
        return False
    source = parts.blobs.path(sha256)
    if source.is_file():
        copy(source, target)
    if not is_whole(target, sha256):
        raise Fault("damaged", {"sha256": sha256})
    return True


def _clear(folder: Path, made: Manifest | None) -> None:
    """Remove what a killed backup left; once a new one is whole, also what only the one before it needed."""
    kept = {made.database} if made else {path.name for path in folder.glob("database-*.sqlite3")}
    for path in folder.glob("database-*"):
        if path.name not in kept:
            path.unlink()
    if made is not None:
        drop_others(folder / BLOBS, {sha256 for sha256, _ in snapshot.blobs(folder / made.database)})
