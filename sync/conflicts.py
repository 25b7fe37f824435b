"""Conflicts as records: opened, extended and resolved; no value that met another is ever dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sync.errors import Refused
from sync.merge import Unit
from sync.operations import Operation
from sync.records import Mark, Record

Candidate = dict[str, Any]


class Receipt(NamedTuple):
    """When the server received an operation, and how far its device's clock was off, in ms, if that is known."""

    at: str
    offset: int | None


def conflict_id(record: str, unit: str, op: str) -> str:
    """The same conflict has the same id in every history: hash of record, field or group, and opening operation."""
    return hashlib.sha256(f"{record}|{unit}|{op}".encode()).hexdigest()


def candidate(value: object, mark: Mark, offset: int | None) -> Candidate:
    """A value with its author and his device's clock, in wire form."""
    known: Candidate = {"value": value, "op": mark.op, "by": mark.by, "at": mark.at}
    return known if offset is None else {**known, "offset": offset}


def proposal(unit: Unit, mark: Mark, receipt: Receipt) -> Candidate:
    """The value an operation wants, with its author and what he saw."""
    return {**candidate(unit.to, mark, receipt.offset), "was": unit.was}


def opened(record: Record, unit: Unit, op: Operation, live: Candidate, at: str) -> Record:
    """A new open conflict on one unit of `record`, its candidates still to come."""
    data: dict[str, object] = {
        "record_type": record.type,
        "record": record.id,
        "field": unit.name,
        "fields": list(unit.fields),
        "was": unit.was,
        "live": live,
        "candidates": [],
        "severity": unit.rule.severity,
        "state": "open",
        "opened_at": at,
    }
    if record.gone:
        data["removed"] = removal(record)
    return Record(conflict_id(record.id, unit.name, op.id), "conflict", record.root, data)


def removal(record: Record) -> dict[str, object]:
    """Who removed the record, and why."""
    mark = record.marks["hidden_because"]
    return {"op": mark.op, "by": mark.by, "at": mark.at, "reason": record.data.get("hidden_because")}


def candidates_of(conflict: Record) -> list[Candidate]:
    """The candidates beside the live value."""
    return list(conflict.data["candidates"])


def extended(conflict: Record, live: Candidate, candidates: Sequence[Candidate]) -> Record:
    """A copy with this live value and these candidates."""
    copy = conflict.copy()
    copy.data["live"] = live
    copy.data["candidates"] = list(candidates)
    return copy


def superseding(old: Candidate, new: Candidate) -> Candidate:
    """`new` in the place of `old`, whose history stays."""
    earlier = {name: part for name, part in old.items() if name != "history"}
    return {**new, "history": [*old.get("history", []), earlier]}


def entries(conflict: Record) -> list[Candidate]:
    """Every value that met here: the live one, the candidates, and what stood in their places before."""
    current = [conflict.data["live"], *candidates_of(conflict)]
    return [entry for one in current for entry in (one, *one.get("history", []))]


def chosen_value(conflict: Record, body: Mapping[str, Any]) -> Any:
    """The value that a `resolve` chooses; raises Refused for a view that is out of date."""
    if body["conflict"] != conflict.id:
        raise Refused("malformed_operation", {"path": "resolve.conflict", "reason": "another"})
    if conflict.data["state"] != "open":
        raise Refused("already_resolved")
    current: list[Candidate] = [conflict.data["live"], *candidates_of(conflict)]
    unseen = [one["op"] for one in current if one["op"] not in body["saw"]]
    if unseen:
        raise Refused("stale_view", {"unseen": len(unseen)})
    choose = body["choose"]
    if not isinstance(choose, dict) or set(choose) not in ({"op"}, {"value"}):
        raise Refused("malformed_operation", {"path": "resolve.choose", "reason": "shape"})
    if "value" in choose:
        return choose["value"]
    for one in current:
        if one["op"] == choose["op"]:
            return one["value"]
    raise Refused("invalid_value", {"field": "choose", "reason": "not_a_candidate"})


def wish(conflict: Record, body: Mapping[str, Any]) -> Any:
    """The value that a `resolve` asked for, whatever became of it; None if it named none."""
    choose = body["choose"]
    named = (one["value"] for one in entries(conflict) if one["op"] == choose.get("op"))
    return choose["value"] if "value" in choose else next(named, None)


def resolved(conflict: Record, body: Mapping[str, Any], mark: Mark) -> Record:
    """A copy that carries the decision."""
    copy = conflict.copy()
    copy.data.update(
        state="resolved",
        choice=body["choose"],
        reason=body["reason"],
        resolved_by=mark.by,
        resolved_at=mark.at,
    )
    return copy
