"""What one device keeps for one user: the durable side, which survives every crash."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace
from operator import itemgetter

from tests.simulation.identity import tail

Key = tuple[str, str]
Row = dict
Operation = dict


class Shelf:
    """Confirmed records, with an index by root."""

    def __init__(self) -> None:
        self.rows: dict[Key, Row] = {}
        self.roots: dict[str, set[Key]] = {}

    def put(self, row: Row) -> None:
        key = row["type"], row["id"]
        self.rows[key] = row
        self.roots.setdefault(row["root"], set()).add(key)

    def drop_root(self, root: str) -> None:
        for key in self.roots.pop(root, ()):
            del self.rows[key]

    def copy(self) -> Shelf:
        shelf = Shelf()
        shelf.rows, shelf.roots = dict(self.rows), {root: set(keys) for root, keys in self.roots.items()}
        return shelf

    def of(self, root: str) -> list[Row]:
        keys = sorted(self.roots.get(root, ()), key=lambda key: (key[0], tail(key[1]), key[1]))
        return [self.rows[key] for key in keys]


@dataclass
class Settled:
    """An operation together with the verdict the server stored for it."""

    operation: Operation
    seq: int
    epoch: str
    verdict: str


@dataclass
class Photo:
    """Bytes kept until a verified backup holds them; `seq` is a commit with their arrival, None before it."""

    root: str
    content: bytes
    seq: int | None = None


@dataclass
class Disk:
    """Every field here changes only inside one storage transaction of the device."""

    shelf: Shelf = field(default_factory=Shelf)
    outbox: dict[str, Operation] = field(default_factory=dict)
    overlay: dict[str, Settled] = field(default_factory=dict)
    archive: dict[str, Settled] = field(default_factory=dict)
    needs_you: dict[str, Operation] = field(default_factory=dict)
    photos: dict[str, Photo] = field(default_factory=dict)
    handed_over: set[str] = field(default_factory=set)
    cursor: str | None = None
    epoch: str | None = None
    seen: dict | None = None
    safe: int = 0
    n: int = 0

    def copy(self) -> Disk:
        """The same content on another tablet."""
        photos = {sha256: replace(photo) for sha256, photo in self.photos.items()}
        own = {name: copy(getattr(self, name)) for name in ("outbox", "overlay", "archive", "needs_you", "handed_over")}
        return replace(self, shelf=self.shelf.copy(), photos=photos, **own)

    def pending(self) -> list[Operation]:
        """Everything replayed on screen over the confirmed records, in the order it was made."""
        settled = [entry.operation for entry in self.overlay.values()]
        return sorted([*settled, *self.outbox.values()], key=itemgetter("n"))

    def named(self) -> set[str]:
        """Hashes in words that are not known to be in a backup."""
        kept = (entry.operation for entry in [*self.overlay.values(), *self.archive.values()])
        words = [*kept, *self.outbox.values(), *self.needs_you.values()]
        return {one["append"]["values"].get("sha256") for one in words if one["type"] == "photo" and "append" in one}

    def queue(self) -> list[str]:
        """Hashes whose bytes the server has not verified yet."""
        return [sha256 for sha256, photo in self.photos.items() if photo.seq is None]

    def mentioned(self) -> set[str]:
        """Roots that outbox, overlay or blob queue still need."""
        waiting = {self.photos[sha256].root for sha256 in self.queue()}
        return waiting | {operation["root"] for operation in self.pending()}
