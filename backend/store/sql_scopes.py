"""Statements about who sees what: stays of roots and users in scopes."""

from collections.abc import Collection, Mapping

from backend.store.sql import LIMIT, Sql
from sync.store import Holding, Member

STAY = "SELECT root, scope, because, start_seq, end_seq, why FROM members"
SAVE_STAY = """INSERT INTO members (root, scope, because, start_seq, end_seq, why) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (root, scope, because, start_seq) DO UPDATE SET end_seq = excluded.end_seq, why = excluded.why"""
SAVE_HOLDING = """INSERT INTO holdings (user_id, scope, start_seq, end_seq) VALUES (?, ?, ?, ?)
  ON CONFLICT (user_id, scope, start_seq) DO UPDATE SET end_seq = excluded.end_seq"""
# Roots that one scope lets in after a commit, each visible through none of those held before.
ENTERING = """SELECT root, start_seq FROM members m WHERE scope = ? AND end_seq IS NULL AND {} AND NOT EXISTS (
  SELECT 1 FROM members o WHERE o.root = m.root AND o.end_seq IS NULL AND o.scope IN (?*) AND o.start_seq <= ?)"""
AT_ONCE = ENTERING.format("start_seq <= ?")
ONE_BY_ONE = f"{ENTERING.format('start_seq > ?')} ORDER BY start_seq {LIMIT}"
TOGETHER = ENTERING.format("start_seq = ?")


class ScopeQueries:
    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def entering(self, held: Mapping[str, int], after: int, limit: int) -> tuple[list[tuple[int, str]], int | None]:
        most = limit + 1
        found, until = self._entering(held, after, most)
        while until is not None and len(found) <= limit:  # several stays of one root
            most *= 2
            found, until = self._entering(held, after, most)
        if len(found) <= limit:
            return found, None
        last = found[limit - 1][0]
        return [one for one in found if one[0] <= last], last

    def _entering(self, held: Mapping[str, int], after: int, most: int) -> tuple[list[tuple[int, str]], int | None]:
        """Roots by the first `most` stays of each scope, and up to which position these are all."""
        before = [scope for scope, since in held.items() if since <= after], after
        positions: dict[str, int] = {}
        reached: list[int] = []
        for scope, since in held.items():
            found = self._sql.all(ONE_BY_ONE, scope, max(since, after), *before, most)
            if len(found) == most:
                reached.append(found[-1][1])
                found += self._sql.all(TOGETHER, scope, reached[-1], *before)
            if since > after:
                found += self._sql.all(AT_ONCE, scope, since, *before)
            for root, start in found:
                position = max(start, since)
                positions[root] = min(position, positions.get(root, position))
        until = min(reached, default=None)
        entering = ((position, root) for root, position in positions.items())
        return sorted(one for one in entering if until is None or one[0] <= until), until

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
        self._sql.many(SAVE_STAY, [(m.root, m.scope, m.because, m.start, m.end, m.why) for m in members])

    def save_holdings(self, holdings: Collection[Holding]) -> None:
        self._sql.many(SAVE_HOLDING, [(h.user, h.scope, h.start, h.end) for h in holdings])
