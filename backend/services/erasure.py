"""Erasing a person on request: found by his words, shown what will go, then gone for ever, from restores too."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256 as sha256_of_bytes
from typing import Any

from backend.services.encoding import decode, encode
from backend.services.founding import SYSTEM
from backend.services.guarding import upkeep
from backend.services.parts import Parts
from backend.store import credentials, sessions, texts, uploads
from backend.store.journal import Erasure, Journal, judged, outlined
from sync import erasure as core
from sync.engine import Session
from sync.erasure import Plan
from sync.errors import Fault
from sync.salted import salted

MOST_FOUND = 200
BELONGING: Mapping[str, tuple[str, ...]] = {"customer": ("contact",), "signature": ("consent", "rating")}


@dataclass(frozen=True)
class Found:
    """A record that mentions what was looked for, with the texts in which it stands."""

    id: str
    type: str
    root: str
    texts: list[str]


def journal(parts: Parts) -> Journal:
    """The erasures of this company."""
    return Journal(parts.config.data_dir / "keys" / "erasures.jsonl")


def find(parts: Parts, text: str) -> list[Found]:
    """Records that could be erased and in which this text stands, newest first."""
    kinds = [kind for kind in parts.engine.trade.model.types if _may_go(parts, kind)]
    rows = _mentioning(parts, text, kinds)
    return [Found(row["id"], row["type"], row["root"], sorted(set(_texts_with(text, row["data"])))) for row in rows]


def preview(parts: Parts, ids: list[str]) -> Plan:
    """What erasing these records takes away; Fault if one of them is unknown or holds nothing about a person."""
    with parts.engine.store.read() as reader:
        return core.plan(reader, parts.engine, _all_about(parts, ids))


def erase(parts: Parts, session: Session, ids: list[str], reason: str) -> Erasure:
    """Erase these records with everything that quotes them, and remember that it was done."""
    wanted = _all_about(parts, ids)
    if SYSTEM.user in wanted or session.user in wanted:
        raise Fault("forbidden")
    noted: list[Erasure] = []

    def note(plan: Plan) -> None:
        noted.append(_entry(parts, session, reason, plan))
        journal(parts).add(noted[0])

    with upkeep(parts):
        plan = core.erase(parts.engine, session, wanted, parts.now(), note)
        _take_away(parts, wanted, plan.blobs)
        parts.database.rewrite()
    return noted[0]


def follow(parts: Parts) -> None:
    """Erase again what a database that was put back, or a process that died, still holds."""
    for entry in journal(parts).entries():
        ids = [one["id"] for one in entry.records]
        if not _is_done(parts, entry, ids):
            before = [judged(one) for one in entry.operations]
            core.erase(parts.engine, SYSTEM, ids, parts.now(), lambda plan: None, before)
            _take_away(parts, ids, entry.blobs)
            parts.database.rewrite()
        for sha256 in entry.blobs:
            _drop_orphan(parts, sha256)


def _all_about(parts: Parts, ids: Iterable[str]) -> list[str]:
    """The records named, and what is only about them: a customer's contacts, what was said with a signature."""
    wanted: dict[str, None] = {}
    for one in ids:
        kind = _row(parts, one)["type"]
        if not _may_go(parts, kind):
            raise Fault("invalid_request", {"records": ["nothing_personal"]})
        wanted[one] = None
        if kind in BELONGING:
            mentioning = _mentioning(parts, one, BELONGING[kind])
            wanted.update({row["id"]: None for row in mentioning if row["data"].get(kind) == one})
    return list(wanted)


def _mentioning(parts: Parts, text: str, kinds: Collection[str]) -> list[dict[str, Any]]:
    with parts.database.read() as sql:
        return [decode(body) for _, body in texts.mentioning(sql, text, kinds, MOST_FOUND)]


def _row(parts: Parts, one: str) -> dict[str, Any]:
    with parts.engine.store.read() as reader:
        rows = reader.rows([one])
    if not rows:
        raise Fault("not_found")
    found: dict[str, Any] = decode(rows[0].body)
    return found


def _may_go(parts: Parts, kind: str) -> bool:
    rules = parts.engine.trade.model.types[kind]
    return kind in ("conflict", "parked", "outcome") or any(one.personal for one in rules.fields.values())


def _texts_with(text: str, value: object) -> Iterable[str]:
    if isinstance(value, str) and text in value:
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts_with(text, inner)


def _entry(parts: Parts, session: Session, reason: str, plan: Plan) -> Erasure:
    key = parts.engine.cursor_key
    records = [{"id": one.id, "type": one.type, "hash": _hash(one.data, key)} for one in plan.records]
    operations = [outlined(core.emptied(parts.engine, one)) for one in plan.operations]
    blobs = list(plan.blobs)
    return Erasure(parts.random(16).hex(), parts.now(), session.user, reason, records, operations, blobs)


def _hash(data: dict[str, Any], key: bytes) -> str:
    return salted(sha256_of_bytes(encode(data)).hexdigest(), key)


def _is_done(parts: Parts, entry: Erasure, ids: list[str]) -> bool:
    """True if no record of it is whole, and a repetition of its operations would meet their verdicts."""
    with parts.engine.store.read() as reader:
        known = {one.digest for op in entry.operations for one in reader.judged(op["user"], [op["id"]])}
        return all(decode(row.body).get("erased") for row in reader.rows(ids)) and known >= {
            op["digest"] for op in entry.operations
        }


def _take_away(parts: Parts, ids: Iterable[str], blobs: Iterable[str]) -> None:
    """What lies beside the synced records: bytes, and the way in of a user."""
    with parts.database.write() as sql:
        for one in ids:
            credentials.remove(sql, one)
            sessions.end_all(sql, one)
        gone = [sha256 for sha256 in blobs if uploads.forget(sql, sha256)]
    for sha256 in gone:
        parts.blobs.remove(sha256)


def _drop_orphan(parts: Parts, sha256: str) -> None:
    """A process may have died between the database and the files."""
    with parts.database.read() as sql:
        is_known = uploads.stored(sql, sha256) is not None
    if sha256 in parts.blobs and not is_known:
        parts.blobs.remove(sha256)
