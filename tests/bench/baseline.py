"""The least honest work of a sync server: operation ids known once, patches merged, one transaction, bytes spliced."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from pysqlite3 import dbapi2 as sqlite

TABLES = """
CREATE TABLE head (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL);
CREATE TABLE feed (scope TEXT NOT NULL, record TEXT NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL);
CREATE UNIQUE INDEX feed_by_record ON feed (record, scope);
CREATE INDEX feed_by_scope ON feed (scope, seq);
CREATE TABLE operations (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, body BLOB NOT NULL);
INSERT INTO head VALUES (1, 0);
"""
DESK = "desk"
CHANGED = "SELECT seq, body FROM feed WHERE scope = ? AND seq > ? ORDER BY seq LIMIT ?"


def fill(path: Path, records: Iterable[tuple[str, str, bytes]]) -> None:
    """Make a database that holds these (id, owner, body): one row for each scope that sees a record."""
    connection = sqlite.connect(str(path))
    with connection:
        connection.executescript(TABLES)
        for seq, (one, owner, body) in enumerate(records, 1):
            rows = [(scope, one, seq, body) for scope in sorted({DESK, owner})]
            connection.executemany("INSERT INTO feed VALUES (?, ?, ?, ?)", rows)
        connection.execute("UPDATE head SET seq = (SELECT max(seq) FROM feed)")
    connection.close()


class Baseline:
    """One exchange on SQLite with the settings of the product."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mine = threading.local()
        self._lock = threading.Lock()

    def exchange(self, user: str, request: dict[str, Any]) -> bytes:
        """The reply to a decoded request; `user` is the one scope that is asked for."""
        operations = request["operations"]
        answers = self._push(operations) if operations else []
        rows, position = self._pull(user, int(request["cursor"] or 0), request["limit"])
        envelope = {
            "request": request["request"],
            "epoch": "e",
            "answers": answers,
            "cursor": str(position),
            "more": len(rows) == request["limit"],
        }
        return orjson.dumps(envelope)[:-1] + b',"changes":[' + b",".join(rows) + b"]}"

    def _push(self, operations: list[dict[str, Any]]) -> list[dict[str, object]]:
        with self._lock, self._transaction("IMMEDIATE") as cursor:
            (seq,) = cursor.execute("SELECT seq FROM head").fetchone()
            answers = []
            for operation in operations:
                seq = self._merge(cursor, operation, seq)
                answers.append({"id": operation["id"], "verdict": "applied", "seq": seq})
            cursor.execute("UPDATE head SET seq = ?", (seq,))
        return answers

    @staticmethod
    def _merge(cursor: Any, operation: dict[str, Any], seq: int) -> int:
        known = "INSERT INTO operations VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        cursor.execute(known, (operation["id"], seq + 1, orjson.dumps(operation)))
        if not cursor.rowcount:
            return seq
        found = cursor.execute("SELECT body FROM feed WHERE record = ?", (operation["record"],)).fetchone()
        record = orjson.loads(found[0])
        record["version"] += 1
        record["data"].update({name: change["to"] for name, change in operation["set"].items()})
        saved = (seq + 1, orjson.dumps(record), operation["record"])
        cursor.execute("UPDATE feed SET seq = ?, body = ? WHERE record = ?", saved)
        return seq + 1

    def _pull(self, user: str, position: int, limit: int) -> tuple[list[bytes], int]:
        with self._transaction("DEFERRED") as cursor:
            found = cursor.execute(CHANGED, (user, position, limit)).fetchall()
        return [body for _, body in found], found[-1][0] if found else position

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[Any]:
        connection = self._connection()
        cursor = connection.cursor()
        cursor.execute(f"BEGIN {kind}")
        try:
            yield cursor
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        connection.commit()

    def _connection(self) -> Any:
        """One connection for each thread."""
        if not hasattr(self._mine, "connection"):
            connection = sqlite.connect(str(self._path), isolation_level=None)
            for pragma in ("busy_timeout=15000", "journal_mode=WAL", "synchronous=FULL"):
                connection.execute(f"PRAGMA {pragma}")
            self._mine.connection = connection
        return self._mine.connection
