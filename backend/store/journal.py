"""The list of erasures, outside the database and its backups: a restore brings nothing back that was erased."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from backend.store.files import append_line, write_whole
from sync.salted import ERASED
from sync.store import Judged


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure: when, by whom, why; what went, as ids and salted hashes only."""

    id: str
    at: int
    by: str
    reason: str
    records: list[dict[str, str]]
    operations: list[dict[str, Any]]
    blobs: list[str]


class Journal:
    """One JSON object a line, only ever added to."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def entries(self) -> list[Erasure]:
        """Every erasure, oldest first; a line that was never written to its end is none."""
        lines = self.path.read_bytes().splitlines() if self.path.exists() else []
        return [Erasure(**found) for found in map(_whole, lines) if found is not None]

    def add(self, erasure: Erasure) -> None:
        """Durable when it returns."""
        append_line(self.path, json.dumps(asdict(erasure), ensure_ascii=False).encode())

    def merge(self, others: Iterable[Erasure]) -> None:
        """Take over the entries that are not here yet."""
        known = {one.id for one in self.entries()}
        for erasure in others:
            if erasure.id not in known:
                self.add(erasure)

    def copy_to(self, path: Path) -> None:
        """The same list in another place."""
        write_whole(path, self.path.read_bytes() if self.path.exists() else b"")


def outlined(one: Judged) -> dict[str, Any]:
    """An emptied operation as the journal keeps it: enough to answer its repetition."""
    names = ("user", "id", "digest", "verdict", "code", "record", "root", "device", "received_at", "erased_group")
    return {**{name: getattr(one, name) for name in names}, "conflicts": list(one.conflicts)}


def judged(outline: dict[str, Any]) -> Judged:
    """The verdict that an outline stands for."""
    conflicts = tuple(outline["conflicts"])
    return Judged(**{**outline, "conflicts": conflicts}, seq=0, detail=b"{}", body=ERASED)


def _whole(line: bytes) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return found
