"""Operations as they were sent, and the units in which they are judged: groups and single ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from typing import Any

from sync.canonical import canonical_json
from sync.engine import Engine
from sync.errors import Fault, Refused
from sync.operations import LARGEST_GROUP, LARGEST_OPERATION, Group, group_of, malformed
from sync.store import NOTHING, Evidence

Raw = dict[str, Any]


@dataclass(slots=True)
class Sent:
    """One operation as sent: its bytes as they are stored, the hash that names its content, what is known about it."""

    raw: Raw
    id: str
    root: str  # as text even where it is none
    body: bytes
    digest: str
    group: Group | None
    unreadable: Refused | None = None
    evidence: Evidence = NOTHING


def fingerprint(engine: Engine, raw: Raw) -> Sent:
    """The operation with its hash, which it has even if it holds something that has no canonical form.

    Raises Fault("too_large"): what nobody checks would be kept whole, and pulled by whoever may settle it.
    """
    group, unreadable = _group(raw), None
    try:
        body = named = engine.canonical(raw)
    except Refused as refused:
        body, unreadable = engine.encode(raw), refused
        named = canonical_json(["not_canonical", json.dumps(raw, sort_keys=True, default=str)])
    if len(body) > LARGEST_OPERATION:
        raise Fault("too_large", {"limit": LARGEST_OPERATION})
    one, root = str(raw["id"]), str(raw.get("root"))
    return Sent(raw, one, root, body, hashlib.sha256(named).hexdigest(), group, unreadable)


def without_verdict(unit: Sequence[int], sent: Sequence[Sent], stored: Container[tuple[str, str]]) -> list[int]:
    """The members without a verdict; a repetition inside one request counts once."""
    if len(unit) == 1:
        one = sent[unit[0]]
        return [] if (one.id, one.digest) in stored else list(unit)
    first = {(sent[i].id, sent[i].digest): i for i in reversed(unit)}
    return sorted(i for key, i in first.items() if key not in stored)


def in_units(sent: Sequence[Sent]) -> list[list[int]]:
    """Indexes of the operations that are judged together, in the order of their first member.

    What names a group that others fill already belongs to none: it is malformed, and judged alone.
    """
    found: dict[object, list[int]] = {}
    members: dict[str, set[tuple[str, str]]] = {}
    for index, one in enumerate(sent):
        if one.group is not None:
            joined = members.get(one.group.id, set()) | {(one.id, one.digest)}
            if _is_too_many(one.group, joined):
                one.group, one.unreadable = None, one.unreadable or malformed("group", "value")
            else:
                members[one.group.id] = joined
        found.setdefault(one.group.id if one.group else index, []).append(index)
    return list(found.values())


def _is_too_many(group: Group, members: Collection[tuple[str, str]]) -> bool:
    return len({one for one, _ in members}) > group.of or len(members) > LARGEST_GROUP


def lacking(unit: Sequence[Sent], elsewhere: Collection[str] = ()) -> bool:
    """True if members of this group are neither here nor among the ids of those `elsewhere`."""
    group = unit[0].group
    return group is not None and len({one.id for one in unit}.union(elsewhere)) < group.of


def _group(raw: Raw) -> Group | None:
    try:
        return group_of(raw)
    except Refused:
        return None
