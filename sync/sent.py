"""Operations as they were sent, and the units in which they are judged: groups and single ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

from sync.canonical import canonical_json
from sync.engine import Engine
from sync.errors import Fault, Refused
from sync.operations import LARGEST_OPERATION, Group, group_of
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
    """Indexes of the operations that are judged together, in the order of their first member."""
    found: dict[object, list[int]] = {}
    for index, one in enumerate(sent):
        found.setdefault(one.group.id if one.group else index, []).append(index)
    return list(found.values())


def lacking(unit: Sequence[Sent]) -> int:
    """How many members of this group are missing."""
    group = unit[0].group
    return max(group.of - len({one.id for one in unit}), 0) if group is not None else 0


def _group(raw: Raw) -> Group | None:
    try:
        return group_of(raw)
    except Refused:
        return None
