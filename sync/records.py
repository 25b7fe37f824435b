"""A record as the engine works on it, and its stored form: bytes that a pull splices without re-encoding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sync.store import Row

Encode = Callable[[object], bytes]
Decode = Callable[[bytes], Any]


class Mark(NamedTuple):
    """Who wrote a live value: operation, user, his side, the time that counts; `late` if he no longer had the root."""

    op: str
    by: str
    side: str
    at: str
    late: bool = False


@dataclass(slots=True)
class Record:
    """One record; `disputed` maps a field or merge group to its open conflict, `marks` a field to its writer.

    What told of a person in an `erased` one is gone for ever.
    """

    id: str
    type: str
    root: str
    data: dict[str, Any]
    version: int = 0
    seq: int = 0
    gone: bool = False
    disputed: dict[str, str] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    erased: bool = False

    def copy(self) -> Record:
        """A copy whose fields can be changed without touching this one."""
        return Record(
            self.id,
            self.type,
            self.root,
            dict(self.data),
            self.version,
            self.seq,
            self.gone,
            dict(self.disputed),
            dict(self.marks),
            self.erased,
        )

    def differs(self, other: Record, names: Iterable[str]) -> bool:
        """True if one of these fields has another value in `other`."""
        mine, theirs = self.data.get, other.data.get
        for name in names:  # noqa: SIM110  any() takes twice as long, and this is asked for every operation
            if mine(name) != theirs(name):
                return True
        return False

    def write(self, values: Mapping[str, object], mark: Mark) -> None:
        """Set fields, None meaning absent, and note who wrote them."""
        for name, value in values.items():
            if value is None:
                self.data.pop(name, None)
            else:
                self.data[name] = value
            self.marks[name] = mark


def to_row(record: Record, disputed_fields: list[str], encode: Encode) -> Row:
    """The stored form; `disputed_fields` are the names a device shows as disputed."""
    wire: dict[str, object] = {
        "type": record.type,
        "id": record.id,
        "version": record.version,
        "root": record.root,
        "data": record.data,
    }
    if record.gone:
        wire["gone"] = True
    if record.erased:
        wire["erased"] = True
    if disputed_fields:
        wire["disputed"] = disputed_fields
    written = _by_mark(record.marks)
    late = sorted(name for mark, names in written.items() if mark.late for name in names if name in record.data)
    if late:
        wire["late"] = late
    return Row(
        record.id,
        record.type,
        record.root,
        record.version,
        record.seq,
        record.gone,
        encode(wire),
        encode([record.disputed, [[names, *mark] for mark, names in written.items()]]),
    )


def _by_mark(marks: Mapping[str, Mark]) -> dict[Mark, list[str]]:
    """The fields that each operation wrote: many have the same mark, which is kept once."""
    written: dict[Mark, list[str]] = {}
    for name, mark in marks.items():
        written.setdefault(mark, []).append(name)
    return written


def from_row(row: Row, decode: Decode) -> Record:
    """The working form of a stored row."""
    disputed, written = decode(row.marks)
    wire = decode(row.body)
    marks: dict[str, Mark] = {}
    for names, *mark in written:
        marks.update(dict.fromkeys(names, Mark(*mark)))
    return Record(
        row.id,
        row.type,
        row.root,
        wire["data"],
        row.version,
        row.seq,
        row.gone,
        disputed,
        marks,
        wire.get("erased", False),
    )
