"""Statements about records and commits: the part of the store that a pull spends its time in."""

from collections.abc import Collection, Mapping
from typing import Any

from backend.store.sql import LIMIT, Sql
from sync.store import Commit, Head, PageRow, Row

COLUMNS = "id, type, root, version, seq, gone, body, marks"
ON_PAGE = "id, root, seq, body"
# Either way in: from what changed to who sees it, or from what somebody sees to what of it changed. The first asks for
# a value and not whether one EXISTS, which SQLite may turn into a join that begins at the members.
BY_CHANGE = f"""SELECT {ON_PAGE} FROM records r WHERE r.seq > ? AND r.seq <= ? AND (SELECT 1 FROM members m
  WHERE m.root = r.root AND m.end_seq IS NULL AND m.scope IN (?*) AND m.start_seq <= ? LIMIT 1) IS NOT NULL"""
BY_ROOT = f"""SELECT {ON_PAGE} FROM records r WHERE r.seq > ? AND r.seq <= ? AND r.root IN (SELECT m.root FROM members m
  WHERE m.end_seq IS NULL AND m.scope IN (?*) AND m.start_seq <= ?)"""
FAMILIES = "SELECT {} FROM records WHERE root IN (?*) ORDER BY root, seq, id"
STAYS = f"SELECT COUNT(*) FROM (SELECT 1 FROM members WHERE scope IN (?*) AND end_seq IS NULL {LIMIT}) AS found"
FEW, MANY = 50, 5_000
SAVE_ROW = f"""INSERT INTO records ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET version = excluded.version, seq = excluded.seq, gone = excluded.gone,
  body = excluded.body, marks = excluded.marks"""


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
        return _rows(self._sql.all(FAMILIES.format(COLUMNS), list(roots)))

    def whole(self, roots: Collection[str]) -> list[PageRow]:
        return _on_page(self._sql.all(FAMILIES.format(ON_PAGE), list(roots)))

    def changed(self, held: Mapping[str, int], after: int, until: int, limit: int) -> list[PageRow]:
        old = [scope for scope, since in held.items() if since <= after]
        statement = BY_ROOT if self._sees_less_than_changed(old, after, until) else BY_CHANGE
        found = self._sql.all(f"{statement} ORDER BY r.seq, r.id {LIMIT}", after, until, old, after, limit)
        rows = _on_page(found)
        if len(rows) < limit:
            return rows
        last = rows[-1].seq
        complete = [row for row in rows if row.seq < last]
        return complete + _on_page(self._sql.all(f"{BY_CHANGE} ORDER BY r.id", last - 1, last, old, after))

    def _sees_less_than_changed(self, scopes: list[str], after: int, until: int) -> bool:
        """True if looking at every root in these scopes is shorter than looking at every change, about one a commit."""
        commits = min(until - after, MANY)
        if commits <= FEW:
            return False
        found = self._sql.one(STAYS, scopes, commits)
        return found is not None and found[0] < commits


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


def _on_page(found: list[tuple[Any, ...]]) -> list[PageRow]:
    return list(map(PageRow._make, found))
