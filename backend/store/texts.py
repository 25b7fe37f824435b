"""Records in which some text stands, wherever it stands; slow, for the rare request of a person."""

from collections.abc import Collection

import orjson

from backend.store.sql import LIMIT, Sql

MENTIONING = f"SELECT id, body FROM records WHERE type IN (?*) AND {{}} > 0 ORDER BY seq DESC {LIMIT}"
SQLITE, POSTGRESQL = MENTIONING.format("instr(body, ?)"), MENTIONING.format("position(?::bytea in body)")


def mentioning(sql: Sql, text: str, kinds: Collection[str], limit: int) -> list[tuple[str, bytes]]:
    """Id and wire form of the newest records of these types that hold this text as written."""
    wanted = orjson.dumps(text)[1:-1]
    found = sql.all(SQLITE if sql.is_sqlite else POSTGRESQL, list(kinds), wanted, limit)
    return [(one, bytes(body)) for one, body in found]
