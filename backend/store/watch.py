"""When the scheduler has to look at which root, and the few records it reads whole."""

from collections.abc import Collection, Iterable, Mapping

from backend.store.sql import LIMIT, Sql
from backend.store.sql_rows import COLUMNS
from backend.store.tables import STANDING
from sync.store import Row

SAVE = """INSERT INTO watches (root, wake_at, done_until) VALUES (?, ?, ?)
  ON CONFLICT (root) DO UPDATE SET wake_at = excluded.wake_at, done_until = excluded.done_until"""
# SQLite takes the index of these types only where the question says of itself that it asks for one of them.
STANDING_OF = f"SELECT {COLUMNS} FROM records WHERE type = ? AND {STANDING} AND NOT gone ORDER BY id"
FEED = f"SELECT root, seq FROM records WHERE seq > ? ORDER BY seq {LIMIT}"


def changed_roots(sql: Sql, after: int, limit: int) -> tuple[list[str], int]:
    """Roots whose records changed after a commit, oldest change first, and the commit up to which they are complete."""
    found = sql.all(FEED, after, limit)
    if not found:
        return [], after
    last = int(found[-1][1])
    if len(found) == limit:
        found += sql.all("SELECT root, seq FROM records WHERE seq = ?", last)
    return list(dict.fromkeys(str(row[0]) for row in found)), last


def woken(sql: Sql, now: int, limit: int) -> list[str]:
    """Roots whose moment has come, the longest waiting first."""
    found = sql.all(f"SELECT root FROM watches WHERE wake_at <= ? ORDER BY wake_at, root {LIMIT}", now, limit)
    return [str(row[0]) for row in found]


def done_until(sql: Sql, roots: Collection[str]) -> dict[str, str]:
    """root -> day up to which a plan is worked out."""
    found = sql.all("SELECT root, done_until FROM watches WHERE done_until IS NOT NULL AND root IN (?*)", list(roots))
    return {str(root): str(day) for root, day in found}


def save(sql: Sql, looks: Iterable[tuple[str, int | None, str | None]]) -> None:
    """Note for each root when to look again, and up to which day it is worked out."""
    sql.many(SAVE, list(looks))


def wake_all(sql: Sql, now: int) -> None:
    """Look again at everything that waits: a calendar changed."""
    sql.run("UPDATE watches SET wake_at = ? WHERE wake_at > ?", now, now)


def standing(sql: Sql, type_name: str) -> list[Row]:
    """All records of one of the types that are read whole."""
    return [Row(*row) for row in sql.all(STANDING_OF, type_name)]


def heard_from(sql: Sql, users: Collection[str]) -> Mapping[str, int]:
    """user -> when one of his devices last spoke to the server."""
    statement = "SELECT user_id, MAX(seen_at) FROM sessions WHERE user_id IN (?*) GROUP BY user_id"
    return {str(user): int(at) for user, at in sql.all(statement, list(users))}


def standing_among(sql: Sql, roots: Collection[str]) -> dict[str, str]:
    """root -> type of those that are calendars."""
    statement = "SELECT id, type FROM records WHERE type = 'work_calendar' AND id IN (?*)"
    return {str(one): str(kind) for one, kind in sql.all(statement, list(roots))}
