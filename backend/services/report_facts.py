"""Everything a service report tells about one order, loaded at one moment and worded in one language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from backend.schemas.labels import label
from sync.clock import parse_time
from sync.records import Record, from_row
from sync.store import Reader

REFERRED = {
    "customer": "customer",
    "site": "site",
    "contact": "contact",
    "asset": "asset",
    "policy": "service_policy",
    "branch": "branch",
    "assignee": "user",
}


@dataclass(frozen=True)
class Facts:
    """The order, its records by type in the order they were made, what they refer to, and the bytes of a photo."""

    order: Record
    children: Mapping[str, list[Record]]
    others: Mapping[str, Record]
    photo_bytes: Callable[[str], bytes | None]
    locale: str

    def of(self, kind: str) -> list[Record]:
        return self.children.get(kind, [])

    def newest(self, kind: str) -> Record | None:
        found = self.of(kind)
        return found[-1] if found else None

    def referred(self, name: str) -> Mapping[str, Any]:
        """The fields of the record that the order names in this field."""
        return self._fields(REFERRED[name], self.order.data.get(name))

    def machine(self, asset: str | None) -> Mapping[str, Any]:
        """The fields of a machine of the round."""
        return self._fields("asset", asset)

    def person(self, user: str | None) -> str | None:
        return self._fields("user", user).get("name")

    def by(self, record: Record, field: str) -> str | None:
        """Who wrote a field."""
        mark = record.marks.get(field)
        return self.person(mark.by) if mark else None

    def at(self, record: Record, field: str) -> int | None:
        """When a field was written, as its device says."""
        mark = record.marks.get(field)
        return parse_time(mark.at) if mark and mark.at else None

    def word(self, enum: str, code: object) -> str | None:
        return label(enum, code, self.locale) if isinstance(code, str) else None

    def words(self, names: Mapping[str, str] | None) -> str | None:
        """A text that exists in every language."""
        return names.get(self.locale) if names else None

    def _fields(self, kind: str, one: str | None) -> Mapping[str, Any]:
        """The fields of a record; none of one that is something else than its name promises."""
        found = self.others.get(one or "")
        return found.data if found and found.type == kind else {}


def load(reader: Reader, order_id: str, photo_bytes: Callable[[str], bytes | None], locale: str) -> Facts | None:
    """The facts of an order, None if there is no such order."""
    records = [from_row(row, orjson.loads) for row in reader.families([order_id]) if not row.gone]
    order = next((one for one in records if one.type == "work_order"), None)
    if order is None:
        return None
    children: dict[str, list[Record]] = {}
    for record in records:
        children.setdefault(record.type, []).append(record)
    others = [from_row(row, orjson.loads) for row in reader.rows(set(_referred(order, records)))]
    return Facts(order, children, {one.id: one for one in others}, photo_bytes, locale)


def _referred(order: Record, records: list[Record]) -> Iterator[str]:
    yield from (order.data[name] for name in REFERRED if order.data.get(name))
    yield from order.data.get("crew") or []
    yield from order.data.get("assets") or []
    for record in records:
        yield from (mark.by for mark in record.marks.values())
