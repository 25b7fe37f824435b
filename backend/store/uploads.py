"""What the database knows about blobs: who announced which, and which arrived whole."""

from dataclasses import dataclass

from backend.store.sql import Sql

ANNOUNCE = """INSERT INTO uploads (user_id, sha256, size, announced_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (user_id, sha256) DO UPDATE SET size = excluded.size, announced_at = excluded.announced_at"""
STORED = "INSERT INTO blobs (sha256, size, stored_at) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING"


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that arrived whole; `media_type` is None until somebody looked what they are."""

    sha256: str
    size: int
    media_type: str | None


def announce(sql: Sql, user: str, sha256: str, size: int, now: int) -> None:
    sql.run(ANNOUNCE, user, sha256, size, now)


def announced_size(sql: Sql, user: str, sha256: str) -> int | None:
    found = sql.one("SELECT size FROM uploads WHERE user_id = ? AND sha256 = ?", user, sha256)
    return found[0] if found else None


def store(sql: Sql, sha256: str, size: int, now: int) -> None:
    """Called once the bytes are durable under their name."""
    sql.run(STORED, sha256, size, now)


def stored(sql: Sql, sha256: str) -> Stored | None:
    found = sql.one("SELECT sha256, size, media_type FROM blobs WHERE sha256 = ?", sha256)
    return Stored(*found) if found else None


def every_stored(sql: Sql) -> list[str]:
    """The hashes of all bytes that arrived whole."""
    return [row[0] for row in sql.all("SELECT sha256 FROM blobs ORDER BY sha256")]


def lose(sql: Sql, sha256: str) -> None:
    """These bytes are here no more; whoever named them may send them again."""
    sql.run("DELETE FROM blobs WHERE sha256 = ?", sha256)


def forget(sql: Sql, sha256: str) -> bool:
    """Nobody has or may send these bytes any more; False if some record still names them."""
    if sql.one("SELECT 1 FROM blob_refs WHERE sha256 = ? AND record <> ''", sha256):
        return False
    sql.run("DELETE FROM blob_refs WHERE sha256 = ?", sha256)
    sql.run("DELETE FROM uploads WHERE sha256 = ?", sha256)
    sql.run("DELETE FROM blobs WHERE sha256 = ?", sha256)
    return True


def recognise(sql: Sql, sha256: str, media_type: str) -> None:
    sql.run("UPDATE blobs SET media_type = ? WHERE sha256 = ?", media_type, sha256)
