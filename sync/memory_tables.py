"""A table in memory: rows by key, found by further attributes without looking at all the others."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

V = TypeVar("V")
Attribute = Callable[[V], Hashable]
_NONE: Mapping[Hashable, Any] = {}


class Table(Generic[V]):
    """`key` tells rows apart; `by` names the attributes by which `find` looks them up."""

    def __init__(self, key: Attribute[V], **by: Attribute[V]) -> None:
        self._key, self._by = key, by
        self._rows: dict[Hashable, V] = {}
        # What is found under a value is replaced, never changed: copies of a table share it.
        self._found: dict[str, dict[Hashable, Mapping[Hashable, V]]] = {name: {} for name in by}

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._rows

    def get(self, key: Hashable) -> V | None:
        return self._rows.get(key)

    def values(self) -> Iterable[V]:
        return self._rows.values()

    def known(self, name: str) -> Iterable[Any]:
        """Every value that this attribute has in some row."""
        return self._found[name].keys()

    def find(self, name: str, value: Hashable) -> Iterable[V]:
        """Every row whose attribute, one of those named at the start, has this value."""
        return self._found[name].get(value, _NONE).values()

    def find_all(self, name: str, values: Iterable[Hashable]) -> Iterator[V]:
        """Every row whose attribute has one of these values, each of which is named once."""
        found = self._found[name]
        for value in values:
            if value in found:
                yield from found[value].values()

    def put(self, row: V) -> None:
        """Add a row or replace the one with its key."""
        key = self._key(row)
        old = self._rows.get(key)
        self._rows[key] = row
        for name, attribute in self._by.items():
            value, found = attribute(row), self._found[name]
            if old is not None and attribute(old) != value:
                _lose(found, attribute(old), key)
            found[value] = {**found.get(value, _NONE), key: row}

    def remove(self, row: V) -> None:
        """Take the row with this one's key out, if there is one."""
        key = self._key(row)
        old = self._rows.pop(key, None)
        if old is not None:
            for name, attribute in self._by.items():
                _lose(self._found[name], attribute(old), key)

    def keep(self, wanted: Callable[[V], bool]) -> None:
        """Forget every row that is not wanted."""
        for row in [row for row in self._rows.values() if not wanted(row)]:
            self.remove(row)

    def copy(self) -> Table[V]:
        """A table with the same rows."""
        table: Table[V] = Table(self._key, **self._by)
        table._rows = dict(self._rows)
        for name, found in self._found.items():
            table._found[name] = dict(found)
        return table


def _lose(found: dict[Hashable, Mapping[Hashable, V]], value: Hashable, key: Hashable) -> None:
    found[value] = {other: row for other, row in found[value].items() if other != key}
    if not found[value]:
        del found[value]
