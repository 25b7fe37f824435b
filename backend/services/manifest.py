"""The page that makes a folder a backup: written last, and only about what was read back and found whole."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from backend.store import snapshot
from backend.store.files import sha256_of, write_whole
from sync.errors import Fault

FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the backup holds: up to which commit of which history, and the hash of the database file."""

    made_at: str
    epoch: str
    commit: int
    nonce: str
    tables: str
    database: str
    sha256: str
    rows: dict[str, int]
    blobs: int
    blob_bytes: int
    format: int = FORMAT


def describe(folder: Path, database: str, contents: snapshot.Contents, made_at: str) -> Manifest:
    """The manifest of the backup that has this database file."""
    sizes = [size for _, size in snapshot.blobs(folder / database)]
    head = (contents.epoch, contents.seq, contents.nonce, contents.revision)
    sha256 = sha256_of(folder / database)
    return Manifest(made_at, *head, database, sha256, dict(contents.rows), len(sizes), sum(sizes))


def check(folder: Path, manifest: Manifest) -> None:
    """Read the database file back from the disk; Fault("damaged") if it is not what the manifest says."""
    path = folder / manifest.database
    if not path.is_file() or sha256_of(path) != manifest.sha256:
        raise Fault("damaged", {"file": manifest.database})
    try:
        found = snapshot.inspect(path)
    except snapshot.Damaged as damaged:
        raise Fault("damaged", {"file": manifest.database, "reason": str(damaged)}) from damaged
    if (found.epoch, found.seq, found.nonce, found.rows) != _claimed(manifest):
        raise Fault("damaged", {"file": manifest.database, "reason": "contents"})


def write(folder: Path, manifest: Manifest) -> None:
    """From now on the folder is this backup."""
    write_whole(folder / NAME, json.dumps(asdict(manifest), indent=1).encode() + b"\n")


def read(folder: Path) -> Manifest:
    """The manifest of a backup; Fault("no_backup") if the folder is none."""
    try:
        found = Manifest(**json.loads((folder / NAME).read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise Fault("no_backup", {"folder": str(folder)}) from error
    if found.format != FORMAT:
        raise Fault("no_backup", {"format": found.format})
    return found


def _claimed(manifest: Manifest) -> tuple[Any, ...]:
    return manifest.epoch, manifest.commit, manifest.nonce, manifest.rows
