"""What the system writes by itself: changes whose ids follow from what they are about.

Whoever works out the same change again, after a crash or beside another scheduler, makes the very same operation, and
the engine answers it with the verdict it has already stored.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sync.clock import format_time
from sync.records import Record

PLACE = ("branch", "customer", "site", "contact")


@dataclass(frozen=True, slots=True)
class Change:
    """One operation to be. `key` says what it is about, `at` is the moment the rule gives it, in ms.

    Changes with the same `group` are applied together.
    """

    key: str
    type: str
    record: str
    root: str
    do: str
    body: Mapping[str, Any]
    at: int
    group: str | None = None


def record_id(key: str, at: int) -> str:
    """A UUID of version 8 (RFC 9562), the same for the same key and moment; devices may not give such ids."""
    bits = at << 80 | int(hashlib.sha256(key.encode()).hexdigest()[:20], 16)
    bits = bits & ~(0xF << 76) | 8 << 76
    return str(UUID(int=bits & ~(3 << 62) | 2 << 62))


def create(key: str, kind: str, record: str, root: str, values: Mapping[str, Any], at: int, group=None) -> Change:
    """A change that makes a record; absent values are left out."""
    present = {name: value for name, value in values.items() if value is not None}
    return Change(key, kind, record, root, "create", {"values": present}, at, group)


def create_root(key: str, kind: str, values: Mapping[str, Any], at: int) -> Change:
    """A change that makes a root; its id follows from the key and the moment."""
    record = record_id(key, at)
    return create(key, kind, record, record, values, at)


def update(key: str, stored: Record, values: Mapping[str, Any], at: int) -> Iterator[Change]:
    """The change that brings these fields of a stored record up to date; none if they are."""
    body = {
        name: {"was": stored.data.get(name), "to": value}
        for name, value in values.items()
        if stored.data.get(name) != value
    }
    if body:
        yield Change(f"{key} after {stored.version}", stored.type, stored.id, stored.root, "set", body, at)


def place(source: Mapping[str, Any]) -> dict[str, Any]:
    """Whose it is and where: what a record takes over from the one it follows from."""
    return {name: source.get(name) for name in PLACE}


def terms(policy: Record | None) -> dict[str, Any]:
    """The version of a policy that an order is received under; nothing if it has none."""
    return {} if policy is None else {"policy": policy.id, "policy_version": policy.data["version"]}


def operations(changes: Sequence[Change], by: str, schema: int) -> list[dict[str, Any]]:
    """The changes in wire form, in the given order."""
    sizes: dict[str, int] = {}
    for change in changes:
        if change.group is not None:
            sizes[change.group] = sizes.get(change.group, 0) + 1
    return [_operation(change, by, schema, sizes) for change in changes]


def _operation(change: Change, by: str, schema: int, sizes: Mapping[str, int]) -> dict[str, Any]:
    group = change.group
    return {
        "id": _digest(f"operation {change.key}"),
        "n": 0,
        "by": by,
        "group": None if group is None else {"id": _digest(f"group {group}"), "of": sizes[group]},
        "at": format_time(change.at),
        "seen": None,
        "schema": schema,
        "type": change.type,
        "record": change.record,
        "root": change.root,
        "base": None,
        "do": change.do,
        change.do: change.body,
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
