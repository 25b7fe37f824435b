"""SQL written once for both databases: `?` for a value, `IN (?*)` for a list of values."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import lru_cache
from typing import Any

import orjson

LIST = "IN (?*)"
LIMIT = "LIMIT ? + 0"  # a bare number would let SQLite plan the statement anew each time it is asked
SHORT = 4


class Sql:
    """Runs statements on the driver's own cursor: rows of bytes, no objects, no result wrapping."""

    def __init__(self, driver: Any, is_sqlite: bool) -> None:
        self.is_sqlite = is_sqlite
        self._driver = driver
        self._cursor = driver.cursor() if self.is_sqlite else driver.cursor(binary=True)

    def close(self) -> None:
        """Let go of the statement, which whoever has the connection next may be running when this one is forgotten."""
        self._cursor.close()

    def all(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        self._cursor.execute(*self._said(statement, values))
        return self._cursor.fetchall()

    def pieces(self, statement: str, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a large answer, so many at a time; nothing else is asked meanwhile."""
        driver = self._driver
        with closing(driver.cursor() if self.is_sqlite else driver.cursor("pieces", binary=True)) as cursor:
            cursor.execute(*self._said(statement, ()))
            while rows := cursor.fetchmany(size):
                yield rows

    def one(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        self._cursor.execute(*self._said(statement, values))
        return self._cursor.fetchone()

    def run(self, statement: str, *values: object) -> int:
        """The number of rows changed."""
        self._cursor.execute(*self._said(statement, values))
        return self._cursor.rowcount

    def many(self, statement: str, rows: Sequence[tuple[object, ...]]) -> int:
        """The number of rows changed by all of them."""
        if not rows:
            return 0
        self._cursor.executemany(*self._said(statement, rows))
        return self._cursor.rowcount

    def _said(self, statement: str, values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
        """The statement and the values in the words of this database."""
        if not self.is_sqlite:
            return for_postgresql(statement), values
        return for_sqlite(statement, values) if LIST in statement else (statement, values)


def for_sqlite(statement: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """A short list is written out, which SQLite plans better; a long one travels as JSON."""
    said, bound = statement, []
    for value in values:
        if not isinstance(value, list):
            bound.append(value)
        elif len(value) <= SHORT:
            said = said.replace(LIST, f"IN ({','.join('?' * len(value))})", 1)
            bound += value
        else:
            said = said.replace(LIST, "IN (SELECT value FROM json_each(?))", 1)
            bound.append(orjson.dumps(value).decode())
    return said, bound


@lru_cache
def for_postgresql(statement: str) -> str:
    return statement.replace(LIST, "= ANY(?)").replace("?", "%s")
