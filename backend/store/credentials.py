"""Passwords, as hashes, beside the synced user records."""

from dataclasses import dataclass

from backend.store.sql import Sql

FIND = """SELECT c.user_id, c.password_hash, r.body FROM credentials c JOIN records r ON r.id = c.user_id
  WHERE c.username = ?"""

SAVE = """INSERT INTO credentials (user_id, username, password_hash) VALUES (?, ?, ?)
  ON CONFLICT (user_id) DO UPDATE SET username = excluded.username, password_hash = excluded.password_hash"""


@dataclass(frozen=True, slots=True)
class Found:
    """A password's hash with the stored record of its user."""

    user: str
    password_hash: str
    body: bytes


def find(sql: Sql, username: str) -> Found | None:
    row = sql.one(FIND, username)
    return Found(*row) if row else None


def remove(sql: Sql, user: str) -> None:
    sql.run("DELETE FROM credentials WHERE user_id = ?", user)


def save(sql: Sql, user: str, username: str, password_hash: str) -> None:
    sql.run(SAVE, user, username, password_hash)
