"""Erasing a person from a history that only grows: the content goes, the fact and what became of it stay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import Any

from sync.engine import Engine, Session
from sync.errors import Refused
from sync.operations import group_of
from sync.parking import DISMISSED, outcome_id, parked_id
from sync.policy import RecordType
from sync.records import Record, from_row
from sync.salted import ERASED, salted
from sync.store import BlobRef, Judged, Reader
from sync.versions import readable
from sync.workspace import Workspace

_SETTLED = MappingProxyType({"conflict": "resolved", "parked": DISMISSED, "outcome": DISMISSED})
_QUOTED = ("was", "choice", "detail", "edited", "reason", "decision")
_TELLING_NOTHING = ("id", "n", "by", "at", "type", "record", "root", "do", "op")


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that goes: fields of records, contents of operations, bytes that nothing else names."""

    records: tuple[Record, ...]
    operations: tuple[Judged, ...]
    blobs: tuple[str, ...]
    refs: tuple[BlobRef, ...]


def plan(reader: Reader, engine: Engine, ids: Collection[str]) -> Plan:
    """What erasing these records would take away, copies in conflicts, parked operations and outcomes included."""
    about, operations = _with_copies(reader, engine, ids)
    records = tuple(one for one in _records(reader, engine, sorted(about)) if not one.erased)
    named = set(_bytes_of(engine, records, operations))
    refs = {sha256: reader.blob_refs(sha256) for sha256 in sorted(named)}
    about |= _never_made(reader, operations)
    mine = tuple(ref for ref in chain.from_iterable(refs.values()) if ref.record in about)
    gone = tuple(sha256 for sha256, found in refs.items() if all(ref.record in about for ref in found))
    return Plan(records, tuple(operations), gone, mine)


def erase(
    engine: Engine,
    session: Session,
    ids: Collection[str],
    now: int,
    note: Callable[[Plan], None],
    before: Iterable[Judged] = (),
) -> Plan:
    """Erase these records as one commit. `note` is told what goes before anything is written.

    `before` are verdicts of operations erased in a history that was put back: they count again, without content.
    """
    with engine.store.write() as writer:
        space = Workspace(writer, engine)
        found = plan(writer, engine, ids)
        note(found)
        for record in found.records:
            _blank(space, record)
        seq = space.settle(now, session.user, session.device)
        space.batch.unjudged = list(found.operations)
        space.batch.judged = [emptied(engine, one) for one in found.operations]
        space.batch.judged += [replace(one, seq=seq) for one in before]
        space.batch.unnamed = [*found.refs, *_grants(found)]
        space.flush()
    return found


def _with_copies(reader: Reader, engine: Engine, ids: Collection[str]) -> tuple[set[str], list[Judged]]:
    """These ids and those of all records that quote them, and the operations about any of them."""
    about = set(ids)
    while True:
        records = _records(reader, engine, sorted(about))
        judged = [*reader.judged_about(about), *_quoted_by(reader, records)]
        operations = list(dict.fromkeys(one for one in judged if one.body != ERASED))
        copies = {*_kept_for(operations), *_conflicts_about(reader, engine, records)}
        fresh = {row.id for row in reader.rows(copies - about)}
        if not fresh:
            return about, operations
        about |= fresh


def _kept_for(operations: Iterable[Judged]) -> Iterator[str]:
    for one in operations:
        parked = parked_id(one.user, one.id, one.digest)
        yield from (parked, outcome_id(one.user, one.id), outcome_id(one.user, one.id, parked))


def _quoted_by(reader: Reader, records: Iterable[Record]) -> Iterator[Judged]:
    """The operations that the parked ones and outcomes among these records keep."""
    for record in records:
        if "operation" in record.data:
            known = reader.judged(str(record.data["by"]), [str(record.data["operation"]["id"])])
            yield from (one for one in known if record.id in _kept_for([one]))


def _conflicts_about(reader: Reader, engine: Engine, records: Collection[Record]) -> Iterator[str]:
    about = {one.id for one in records}
    for row in reader.families(sorted({one.root for one in records})):
        if row.type == "conflict" and from_row(row, engine.decode).data["record"] in about:
            yield row.id


def _never_made(reader: Reader, operations: Iterable[Judged]) -> set[str]:
    """Records that these operations would have made, had they not been parked."""
    named = {one.record for one in operations}
    return named - {row.id for row in reader.rows(named)}


def _records(reader: Reader, engine: Engine, ids: Collection[str]) -> list[Record]:
    return [from_row(row, engine.decode) for row in reader.rows(ids)]


def _bytes_of(engine: Engine, records: Iterable[Record], operations: Iterable[Judged]) -> Iterator[str]:
    types = engine.trade.model.types
    for record in records:
        kind = types[record.type]
        if kind.blob is not None and kind.blob in record.data:
            yield str(record.data[kind.blob])
    for one in operations:
        op = readable(engine.trade, engine.decode(one.body))
        blob = types[op.type].blob if op is not None and op.type in types else None
        if op is not None and blob is not None and isinstance(op.body.get("values"), dict):
            yield str(op.body["values"].get(blob))


def _grants(found: Plan) -> Iterator[BlobRef]:
    """Who sent bytes that go may no longer see them by their hash."""
    return (BlobRef(ref.sha256, ref.user, "", "", True) for ref in found.refs if ref.sha256 in found.blobs)


def _blank(space: Workspace, record: Record) -> None:
    kind = space.trade.model.types[record.type]
    blank = space.record(record.id)
    assert blank is not None
    blank = blank.copy()
    blank.erased = True
    blank.disputed = {}
    blank.gone = blank.gone or kind.blob is not None or record.type in _SETTLED
    blank.data = _unquoted(record) if record.type in _SETTLED else _impersonal(record, kind)
    space.put(blank)
    _undispute(space, record)


def _impersonal(record: Record, kind: RecordType) -> dict[str, Any]:
    kept = {name: value for name, value in record.data.items() if not _is_personal(kind, name)}
    return kept | {name: rule.blank for name, rule in kind.fields.items() if rule.personal and rule.blank is not None}


def _is_personal(kind: RecordType, name: str) -> bool:
    rule = kind.field(name)
    return rule is not None and rule.personal


def _unquoted(record: Record) -> dict[str, Any]:
    """A conflict, parked operation or outcome that still says about what and whose it was, and quotes nothing."""
    data = {name: value for name, value in record.data.items() if name not in _QUOTED}
    if "operation" in data:
        data["operation"] = _outline(data["operation"])
    if record.type == "conflict":
        data["live"] = {**_outline(data["live"]), "value": None}
        data["candidates"] = [{**_outline(one), "value": None} for one in data["candidates"]]
    if data["state"] == "open":
        data["state"] = _SETTLED[record.type]
    return data


def _outline(quoted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: quoted[name] for name in _TELLING_NOTHING if name in quoted}


def _undispute(space: Workspace, conflict: Record) -> None:
    """The live value stays where the conflict about it is erased."""
    target = space.record(str(conflict.data["record"])) if conflict.type == "conflict" else None
    if target is not None and conflict.id in target.disputed.values():
        settled = target.copy()
        settled.disputed = {unit: one for unit, one in target.disputed.items() if one != conflict.id}
        space.put(settled)


def emptied(engine: Engine, one: Judged) -> Judged:
    """What stays of an operation: its verdict, its content as a salted hash, and the group it came in."""
    return replace(
        one, digest=salted(one.digest, engine.cursor_key), body=ERASED, detail=b"{}", erased_group=_group(engine, one)
    )


def _group(engine: Engine, one: Judged) -> str | None:
    try:
        group = group_of(engine.decode(one.body))
    except Refused:
        return None
    return group.id if group is not None else None
