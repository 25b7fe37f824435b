"""Statements about judged operations, the bytes they name, and what waits for a person."""

from collections.abc import Collection
from typing import Any

from backend.store.judged_keys import content_key, next_key, operation_key
from backend.store.sql import Sql
from sync.store import BlobRef, Evidence, Judged, Matter, Numbered, Twin

JUDGED = """user_id, id, digest, seq, verdict, code, detail, conflicts, record, root, device, received_at, body,
  n, clock_offset, seen_at, event_at, doubt, erased_group"""
SAVE_JUDGED = f"""INSERT INTO judged ({JUDGED}, operation_key, content_key) VALUES ({", ".join("?" * 21)})
  ON CONFLICT DO NOTHING"""
THIS_ONE = "FROM judged WHERE operation_key = ? AND user_id = ? AND id = ? AND digest = ?"
COUNTED = "FROM judged WHERE user_id = ? AND device = ? AND event_at IS NOT NULL"
NUMBERED = f"""SELECT n, id, seen_at, event_at - clock_offset, event_at {COUNTED}
  AND n >= COALESCE((SELECT MAX(n) {COUNTED} AND n < ?), ?) AND n <= COALESCE((SELECT MIN(n) {COUNTED} AND n > ?), ?)"""
TWIN = "user_id, device, n, first_id, second_id, noticed_at"
SAVE_TWIN = f"INSERT INTO twins ({TWIN}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
SAVE_REF = """INSERT INTO blob_refs (sha256, user_id, record, root, stored) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (sha256, user_id, record) DO UPDATE SET root = excluded.root, stored = excluded.stored"""

SAVE_MATTER = "INSERT INTO matters (id, kind, name, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"


class VerdictQueries:
    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def judged(self, user: str, ids: Collection[str]) -> list[Judged]:
        statement = f"SELECT {JUDGED} FROM judged WHERE operation_key IN (?*)"
        wanted = set(ids)
        found = map(_judged, self._sql.all(statement, [operation_key(user, one) for one in wanted]))
        return [one for one in found if one.user == user and one.id in wanted]

    def parked(self, user: str, record: str) -> list[Judged]:
        statement = f"SELECT {JUDGED} FROM judged WHERE user_id = ? AND record = ? AND verdict = 'parked' ORDER BY seq"
        return [_judged(row) for row in self._sql.all(statement, user, record)]

    def judged_about(self, records: Collection[str]) -> list[Judged]:
        statement = f"SELECT {JUDGED} FROM judged WHERE record IN (?*) ORDER BY seq, user_id, id, digest"
        return [_judged(row) for row in self._sql.all(statement, list(records))]

    def numbered(self, user: str, device: str, first: int, last: int) -> list[Numbered]:
        source = (user, device)
        return [Numbered(*row) for row in self._sql.all(NUMBERED, *source, *source, first, first, *source, last, last)]

    def erased(self, user: str, group: str) -> list[str]:
        statement = "SELECT id FROM judged WHERE user_id = ? AND erased_group = ?"
        return [row[0] for row in self._sql.all(statement, user, group)]

    def twins(self) -> list[Twin]:
        statement = f"SELECT {TWIN} FROM twins ORDER BY noticed_at DESC, device DESC, n DESC, second_id DESC"
        return [Twin(*row) for row in self._sql.all(statement)]

    def blob_refs(self, sha256: str) -> list[BlobRef]:
        statement = "SELECT sha256, user_id, record, root, stored FROM blob_refs WHERE sha256 = ? AND record <> ''"
        return [BlobRef(*row) for row in self._sql.all(statement, sha256)]

    def granted(self, user: str, sha256: str) -> bool:
        statement = "SELECT 1 FROM blob_refs WHERE sha256 = ? AND user_id = ? AND record = ''"
        return self._sql.one(statement, sha256, user) is not None

    def matters(self) -> list[Matter]:
        return [Matter(*row) for row in self._sql.all("SELECT id, kind, name, since FROM matters ORDER BY since, id")]

    def wanted(self, user: str) -> list[str]:
        statement = "SELECT DISTINCT sha256 FROM blob_refs WHERE user_id = ? AND stored = false ORDER BY sha256"
        return [row[0] for row in self._sql.all(statement, user)]


class VerdictWriting:
    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def take_out(self, judged: Collection[Judged], refs: Collection[BlobRef]) -> None:
        """Remove verdicts and namings of bytes, as if they had never been stored."""
        self._sql.many(f"DELETE {THIS_ONE}", list(map(_name, judged)))
        names = [(ref.sha256, ref.user, ref.record) for ref in refs]
        self._sql.many("DELETE FROM blob_refs WHERE sha256 = ? AND user_id = ? AND record = ?", names)

    def save_judged(self, judged: Collection[Judged]) -> None:
        """Store each verdict once; what is stored already stays as it is."""
        rows = [(*_values(one), *_key(one)) for one in judged]
        if self._sql.many(SAVE_JUDGED, rows) < len(rows):
            for one in judged:
                self._save_beside(one)

    def _save_beside(self, one: Judged) -> None:
        """Store a verdict whose place another content has taken in the next free place."""
        operation, content = _key(one)
        while self._sql.one(f"SELECT 1 {THIS_ONE}", *_name(one)) is None:
            content = next_key(content)
            self._sql.run(SAVE_JUDGED, *_values(one), operation, content)

    def save_matters(self, matters: Collection[Matter], settled: Collection[str]) -> None:
        self._sql.many(SAVE_MATTER, [(one.id, one.kind, one.name, one.since) for one in matters])
        self._sql.many("DELETE FROM matters WHERE id = ?", [(one,) for one in settled])

    def save_twins(self, twins: Collection[Twin]) -> None:
        self._sql.many(SAVE_TWIN, [(t.user, t.device, t.n, t.first, t.second, t.at) for t in twins])

    def save_refs(self, refs: Collection[BlobRef]) -> None:
        self._sql.many(SAVE_REF, [(r.sha256, r.user, r.record, r.root, r.stored) for r in refs])


def _judged(row: tuple[Any, ...]) -> Judged:
    user, one, digest, seq, verdict, code, detail, conflicts, *rest = row
    record, root, device, received_at, body, *known, group = rest
    about = (tuple(conflicts.split()), record, root, device, received_at, body)
    return Judged(user, one, digest, seq, verdict, code, detail, *about, Evidence(*known), group)


def _key(one: Judged) -> tuple[int, int]:
    return operation_key(one.user, one.id), content_key(one.user, one.digest)


def _name(one: Judged) -> tuple[object, ...]:
    return operation_key(one.user, one.id), one.user, one.id, one.digest


def _values(one: Judged) -> tuple[object, ...]:
    verdict = (one.user, one.id, one.digest, one.seq, one.verdict, one.code, one.detail)
    about = (" ".join(one.conflicts), one.record, one.root, one.device, one.received_at, one.body)
    known = one.evidence
    witnessed = (known.n, known.offset, known.seen_at, known.event_at, known.doubt, one.erased_group)
    return (*verdict, *about, *witnessed)
