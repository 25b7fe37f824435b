"""Rule 10: what becomes of edits when a record is removed by somebody who had not seen them, and when it comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sync import conflicts, disputes
from sync.merge import Unit
from sync.operations import Operation
from sync.parking import APPLIED, parked_id
from sync.policy import ANSWER, INSERTS, PLAIN, RecordType
from sync.records import Mark, Record
from sync.store import Judged
from sync.workspace import Workspace


def removed(space: Workspace, op: Operation, record: Record, kind: RecordType, at: str) -> list[str]:
    """Write the removal of `record` on its conflicts, new ones for edits its author had not seen; returns those."""
    for one in map(space.record, record.disputed.values()):
        if one is not None:
            copy = one.copy()
            copy.data["removed"] = conflicts.removal(record)
            space.put(copy)
    met = []
    for unit in _unseen(space, op, record, kind):
        conflict = conflicts.opened(record, unit, op, disputes.live_entry(space, record, unit), at)
        record.disputed[unit.name] = conflict.id
        space.put(conflict)
        met.append(conflict.id)
    return met


def returned(space: Workspace, mark: Mark, record: Record) -> None:
    """Settle the conflicts of a record that is there again, where its removal was all that stood against its values."""
    for name, one in list(record.disputed.items()):
        conflict = space.record(one)
        if conflict is not None and not conflict.data["candidates"]:
            del record.disputed[name]
            body = {"choose": {"op": conflict.data["live"]["op"]}, "reason": None}
            disputes.settle(space, mark, conflict, body, gone=False)


def _unseen(space: Workspace, op: Operation, record: Record, kind: RecordType) -> Iterator[Unit]:
    """Fields and groups edited by others since the author of `op` had last looked, and not disputed already."""
    seen: dict[str, bool] = {}
    found: set[str] = set(record.disputed)
    for name, mark in record.marks.items():
        rule = kind.field(name)
        if rule is None or rule.merge not in (PLAIN, ANSWER) or mark.by == op.by:
            continue
        unit = rule.group or name
        if unit not in found and not seen.setdefault(mark.op, _was_seen(space, op, mark)):
            found.add(unit)
            fields = tuple(sorted(kind.members(unit))) if rule.group else (name,)
            yield Unit(unit, rule, fields, None, None)


def _was_seen(space: Workspace, op: Operation, mark: Mark) -> bool:
    """True for the value that a record was made with, and for an edit that `op`'s author had received."""
    written = [one for one in space.judged(mark.by, mark.op) if _took_effect(space, one)]
    if any(json.loads(one.body).get("do") in INSERTS for one in written):
        return True
    seen = space.seen(op)
    return seen is not None and all(_applied_at(space, one) <= seen for one in written)


def _took_effect(space: Workspace, judged: Judged) -> bool:
    """False for other words under the same id, which changed nothing."""
    parked = _parked(space, judged)
    return parked is None or parked.data["state"] == APPLIED


def _applied_at(space: Workspace, judged: Judged) -> int:
    """The commit that applied an operation: a parked one was applied when it was settled."""
    parked = _parked(space, judged)
    return parked.seq if parked is not None else judged.seq


def _parked(space: Workspace, judged: Judged) -> Record | None:
    if judged.verdict != "parked":
        return None
    return space.record(parked_id(judged.user, judged.id, judged.digest))
