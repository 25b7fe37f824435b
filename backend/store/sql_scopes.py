"""Statements about who sees what: stays of roots and users in scopes."""

from collections.abc import Collection, Mapping

from backend.store.sql import Sql
from sync.store import Holding, Member

STAY = "SELECT root, scope, because, start_seq, end_seq FROM members"
SAVE_STAY = """INSERT INTO members (root, scope, because, start_seq, end_seq) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (root, scope, because, start_seq) DO UPDATE SET end_seq = excluded.end_seq"""
SAVE_HOLDING = """INSERT INTO holdings (user_id, scope, start_seq, end_seq) VALUES (?, ?, ?, ?)
  ON CONFLICT (user_id, scope, start_seq) DO UPDATE SET end_seq = excluded.end_seq"""
SINCE_BEFORE = """SELECT 1 FROM members o
  WHERE o.root = m.root AND o.end_seq IS NULL AND o.scope IN (?*) AND o.start_seq <= ?"""
ENTERING = f"""SELECT root, scope, start_seq FROM members m WHERE end_seq IS NULL AND scope IN (?*)
  AND NOT EXISTS ({SINCE_BEFORE})
  UNION ALL SELECT root, scope, start_seq FROM members m WHERE end_seq IS NULL AND scope IN (?*) AND start_seq > ?
  AND NOT EXISTS ({SINCE_BEFORE})"""


class ScopeQueries:
    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def entering(self, held: Mapping[str, int], after: int) -> list[tuple[int, str]]:
        new = [scope for scope, since in held.items() if since > after]
        old = [scope for scope, since in held.items() if since <= after]
        since: dict[str, int] = {}
        for root, scope, start in self._sql.all(ENTERING, new, old, after, old, after, old, after):
            position = max(start, held[scope])
            since[root] = min(position, since.get(root, position))
        return sorted((position, root) for root, position in since.items())

    def members(self, roots: Collection[str]) -> list[Member]:
        return self._stays("root IN (?*)", list(roots))

    def ended(self, scopes: Collection[str], after: int) -> list[Member]:
        return self._stays("scope IN (?*) AND end_seq > ?", list(scopes), after)

    def inside(self, scopes: Collection[str]) -> list[Member]:
        return self._stays("scope IN (?*)", list(scopes))

    def carried(self, because: str) -> list[Member]:
        return self._stays("because = ? AND root <> ? AND end_seq IS NULL", because, because)

    def holdings(self, user: str) -> list[Holding]:
        statement = "SELECT user_id, scope, start_seq, end_seq FROM holdings WHERE user_id = ?"
        return [Holding(*row) for row in self._sql.all(statement, user)]

    def _stays(self, condition: str, *values: object) -> list[Member]:
        return [Member(*row) for row in self._sql.all(f"{STAY} WHERE {condition}", *values)]


class ScopeWriting:
    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def save_members(self, members: Collection[Member]) -> None:
        self._sql.many(SAVE_STAY, [(m.root, m.scope, m.because, m.start, m.end) for m in members])

    def save_holdings(self, holdings: Collection[Holding]) -> None:
        self._sql.many(SAVE_HOLDING, [(h.user, h.scope, h.start, h.end) for h in holdings])
