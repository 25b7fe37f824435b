"""Statements about records and commits: the part of the store that a pull spends its time in."""

from collections.abc import Collection, Mapping
from typing import Any

from backend.store.sql import Sql
from sync.store import Commit, Head, Row

COLUMNS = "id, type, root, version, seq, gone, body, marks"
CHANGED = f"""SELECT {COLUMNS} FROM records r WHERE r.seq > ? AND EXISTS (SELECT 1 FROM members m
  WHERE m.root = r.root AND m.end_seq IS NULL AND m.scope IN (?*) AND m.start_seq <= ?)"""
SAVE_ROW = f"""INSERT INTO records ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET type = excluded.type, root = excluded.root, version = excluded.version,
  seq = excluded.seq, gone = excluded.gone, body = excluded.body, marks = excluded.marks"""


class RowQueries:
    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def head(self) -> Head:
        found = self._sql.one("SELECT epoch, seq, nonce, safe, horizon FROM head WHERE id = 1")
        assert found is not None, "the store was never opened"
        return Head(*found)

    def nonce(self, seq: int) -> str | None:
        if seq == 0:
            return ""
        found = self._sql.one("SELECT nonce FROM commits WHERE seq = ?", seq)
        return found[0] if found else None

    def newest_before(self, at: int) -> int:
        found = self._sql.one("SELECT MIN(seq) FROM commits WHERE at >= ?", at)
        return self.head().seq if found is None or found[0] is None else found[0] - 1

    def rows(self, ids: Collection[str]) -> list[Row]:
        return _rows(self._sql.all(f"SELECT {COLUMNS} FROM records WHERE id IN (?*)", list(ids)))

    def families(self, roots: Collection[str]) -> list[Row]:
        statement = f"SELECT {COLUMNS} FROM records WHERE root IN (?*) ORDER BY root, seq, id"
        return _rows(self._sql.all(statement, list(roots)))

    def changed(self, held: Mapping[str, int], after: int, limit: int) -> list[Row]:
        old = [scope for scope, since in held.items() if since <= after]
        found = self._sql.all(f"{CHANGED} ORDER BY r.seq, r.id LIMIT ?", after, old, after, limit)
        if len(found) < limit:
            return _rows(found)
        last: int = found[-1][4]
        whole = [row for row in found if row[4] < last]
        return _rows(whole + self._sql.all(f"{CHANGED} AND r.seq = ? ORDER BY r.id", after, old, after, last))


class RowWriting:
    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def save_rows(self, rows: Collection[Row]) -> None:
        values = [(r.id, r.type, r.root, r.version, r.seq, r.gone, r.body, r.marks) for r in rows]
        self._sql.many(SAVE_ROW, values)

    def save_commits(self, commits: list[Commit]) -> None:
        """Append the commits and move the head to the last of them."""
        if not commits:
            return
        values = [(c.seq, c.nonce, c.at, c.user, c.device) for c in commits]
        self._sql.many("INSERT INTO commits (seq, nonce, at, user_id, device) VALUES (?, ?, ?, ?, ?)", values)
        newest = commits[-1]
        self._sql.run("UPDATE head SET seq = ?, nonce = ? WHERE id = 1", newest.seq, newest.nonce)


def _rows(found: list[tuple[Any, ...]]) -> list[Row]:
    return [Row(*row) for row in found]
