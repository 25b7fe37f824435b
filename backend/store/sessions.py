"""Signed-in browsers and programs, found by the hash of their secret."""

from dataclasses import dataclass

from backend.store.sql import Sql

FIND = """SELECT s.user_id, s.device, s.kind, s.seen_at, s.expires_at, r.body FROM sessions s
  JOIN devices d ON d.id = s.device JOIN records r ON r.id = s.user_id
  WHERE s.secret_hash = ? AND d.revoked_at IS NULL"""
ADD = """INSERT INTO sessions (secret_hash, kind, user_id, device, created_at, seen_at, expires_at)
  VALUES (?, ?, ?, ?, ?, ?, ?)"""


@dataclass(frozen=True, slots=True)
class Found:
    """A session with the stored record of its user."""

    user: str
    device: str
    kind: str
    seen_at: int
    expires_at: int
    body: bytes


def find(sql: Sql, secret_hash: bytes) -> Found | None:
    """The session, unless its device was revoked."""
    row = sql.one(FIND, secret_hash)
    return Found(*row) if row else None


def add(sql: Sql, secret_hash: bytes, kind: str, user: str, device: str, now: int, expires_at: int) -> None:
    sql.run(ADD, secret_hash, kind, user, device, now, now, expires_at)


def prolong(sql: Sql, secret_hash: bytes, now: int, expires_at: int) -> None:
    """Note that the session lives, and its device with it."""
    sql.run("UPDATE sessions SET seen_at = ?, expires_at = ? WHERE secret_hash = ?", now, expires_at, secret_hash)
    touched = "UPDATE devices SET seen_at = ? WHERE id = (SELECT device FROM sessions WHERE secret_hash = ?)"
    sql.run(touched, now, secret_hash)


def end(sql: Sql, secret_hash: bytes) -> None:
    sql.run("DELETE FROM sessions WHERE secret_hash = ?", secret_hash)


def end_all(sql: Sql, user: str) -> None:
    """End every session of a user; his tokens too."""
    sql.run("DELETE FROM sessions WHERE user_id = ?", user)
