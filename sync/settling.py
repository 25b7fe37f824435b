"""Settling a parked operation: `unpark` applies it with its group, `dismiss` closes it with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from sync.canonical import digest
from sync.errors import Refused
from sync.judge import Judging, judge
from sync.parking import decided, outcome_id, settled
from sync.records import Record
from sync.versions import understood
from sync.workspace import Workspace


def _unpark(space: Workspace, judging: Judging) -> list[str]:
    met: list[str] = []
    for parked in _open_family(space, judging):
        met += _apply_parked(space, judging, parked)
        _close(space, judging, parked, "applied", None)
    return met


def _dismiss(space: Workspace, judging: Judging) -> list[str]:
    reason = str(judging.op.body["reason"]).strip()
    if not reason:
        raise Refused("invalid_value", {"field": "reason", "reason": "required"})
    for parked in _open_family(space, judging):
        _close(space, judging, parked, "dismissed", reason)
    return []


def _open_family(space: Workspace, judging: Judging) -> list[Record]:
    """The parked record and the other members of its group, in the order they were made."""
    op = judging.op
    record = space.record(op.record)
    if record is None or record.type != "parked":
        raise Refused("unknown_record", {"record": op.record})
    if op.root != op.record:
        raise Refused("root_mismatch", {"root": op.root})
    if "system" not in judging.roles and not space.sees(judging.author.id, record.id):
        raise Refused("no_access")
    if not judging.kind.settle.allows(judging.roles, None):
        raise Refused("forbidden_field", {"field": "", "state": None})
    if record.data["state"] != "open":
        raise Refused("already_resolved")
    mates = record.data["mates"]
    found = [record, *(one for one in map(space.record, mates) if one is not None)]
    return sorted(found, key=_number)


def _number(parked: Record) -> int:
    """The author's count of a parked operation, which may lack one."""
    n = parked.data["operation"].get("n")
    return n if isinstance(n, int) else 0


def _apply_parked(space: Workspace, judging: Judging, parked: Record) -> list[str]:
    """Judge a parked operation again with the rights of who sent it and of the supervisor together."""
    raw: Mapping[str, Any] = parked.data["operation"]
    op = understood(space.trade, raw)
    if op.by != parked.data["by"]:
        raise Refused("wrong_author")
    kind = space.trade.model.types.get(op.type)
    author = space.record(op.by)
    if kind is None or author is None:
        raise Refused("unknown_record", {"record": op.record})
    roles = judging.roles | frozenset(author.data.get("roles", []))
    again = replace(judging, op=op, digest=digest(raw), kind=kind, author=author, roles=roles, settler=judging.author)
    if op.do in SETTLING:
        raise Refused("unknown_do", {"do": op.do})
    return judge(space, again)


def _close(space: Workspace, judging: Judging, parked: Record, state: str, reason: str | None) -> None:
    by, at = judging.author.id, judging.op.at
    space.put(settled(parked, state, by, at, reason))
    author = str(parked.data["by"])
    op = str(parked.data["operation"]["id"])
    outcome = space.record(outcome_id(author, op, parked.id)) or space.record(outcome_id(author, op))
    if outcome is not None:
        space.put(decided(outcome, state, reason or state, by, at))


SETTLING: Mapping[str, Callable[[Workspace, Judging], list[str]]] = MappingProxyType(
    {"unpark": _unpark, "dismiss": _dismiss}
)
