"""Passwords, as hashes, beside the synced user records."""

from typing import Any

from backend.store.sql import Sql

SAVE = """INSERT INTO credentials (user_id, username, password_hash) VALUES (?, ?, ?)
  ON CONFLICT (user_id) DO UPDATE SET username = excluded.username, password_hash = excluded.password_hash"""


def find(sql: Sql, username: str) -> tuple[str, str] | None:
    """User id and password hash of a username."""
    found: Any = sql.one("SELECT user_id, password_hash FROM credentials WHERE username = ?", username)
    return found


def save(sql: Sql, user: str, username: str, password_hash: str) -> None:
    sql.run(SAVE, user, username, password_hash)
