"""Bit rot: every stored photo is read back, and one that is not what it was is asked for again."""

from dataclasses import dataclass

from backend.services.founding import SYSTEM
from backend.services.guarding import upkeep
from backend.services.parts import Parts
from backend.store import uploads
from backend.store.blobs.copies import is_whole
from sync.arrivals import blob_lost


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """How many photos are whole, and the hashes of those that are not."""

    whole: int
    damaged: list[str]


def scrub(parts: Parts) -> Scrubbed:
    """Read all of them; a damaged file is set aside and counts as missing."""
    with upkeep(parts):
        with parts.database.read() as sql:
            known = uploads.every_stored(sql)
        damaged = [sha256 for sha256 in known if not is_whole(parts.blobs.path(sha256), sha256)]
        for sha256 in damaged:
            _ask_again(parts, sha256)
    return Scrubbed(len(known) - len(damaged), damaged)


def _ask_again(parts: Parts, sha256: str) -> None:
    """First nobody relies on it any more, then the file goes."""
    with parts.database.write() as sql:
        uploads.lose(sql, sha256)
    blob_lost(parts.engine, SYSTEM, sha256, parts.now())
    parts.blobs.set_aside(sha256)
