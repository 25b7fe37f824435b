"""The lease that decides which scheduler leads: one statement, timed by the database's own clock."""

from backend.store.sql import Sql

NAME = "scheduler"
TTL_MS = 8_000

_CLOCKS = {
    True: "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
    False: "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)",
}
_TAKE = """INSERT INTO leases (name, holder, until) VALUES (?, ?, {now} + ?)
  ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
  WHERE leases.holder = excluded.holder OR leases.until <= {now}"""

_KEEP = "UPDATE leases SET until = {now} + ? WHERE name = ? AND holder = ?"


def take(sql: Sql, holder: str, ttl_ms: int = TTL_MS) -> bool:
    """Take or renew the lease; False while somebody else holds it."""
    return sql.run(_TAKE.format(now=_CLOCKS[sql.is_sqlite]), NAME, holder, ttl_ms) == 1


def keep(sql: Sql, holder: str, ttl_ms: int = TTL_MS) -> bool:
    """Renew the lease if nobody else had it since; nobody takes it before this transaction ends."""
    return sql.run(_KEEP.format(now=_CLOCKS[sql.is_sqlite]), ttl_ms, NAME, holder) == 1


def give_up(sql: Sql, holder: str) -> None:
    """Let another lead at once."""
    sql.run("DELETE FROM leases WHERE name = ? AND holder = ?", NAME, holder)
