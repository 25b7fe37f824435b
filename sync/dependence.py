"""What belongs to a parked operation: its group, what it builds on, what builds on it, and decisions that failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sync.errors import Refused
from sync.operations import Operation
from sync.parking import APPLIED, DISMISSED, Decision, outcome_id, parked_id, settled, told
from sync.policy import INSERTS
from sync.records import Record
from sync.workspace import Workspace

_DECISIONS = frozenset({"resolve", "unpark", "dismiss"})
_LACKING = frozenset({"unknown_record", "order_closed", "report_approved"})  # what it changes may not be there
_FOLLOWS = frozenset(
    {
        "wrong_state",
        "guard_failed",
        "forbidden_field",
        "order_cancelled",
        "order_closed",
        "report_approved",
        "handed_over",
    }
)


def explained(space: Workspace, op: Operation | None, refused: Refused) -> Refused:
    """`depends_on` instead of a refusal that only follows from an own operation which was not applied."""
    if op is None or (refused.code not in _LACKING and not (op.do == "transition" and refused.code in _FOLLOWS)):
        return refused
    base = _base(space, op)
    return Refused("depends_on", {"operation": base.data["operation"]["id"]}) if base else refused


def tied(space: Workspace, parked: Record, op: Operation) -> None:
    """Tie a parked record in the draft to what it builds on, or to the matter that it failed to decide."""
    base = _named_base(space, parked, op) or _base(space, op)
    if base is not None:
        copy = parked.copy()
        copy.data["builds_on"] = base.id
        space.put(copy)
        space.put(_with(base, "dependants", parked.id))
    elif op.do in _DECISIONS:
        _note_attempt(space, parked, op)


def family(space: Workspace, parked: Record, *, upwards: bool) -> list[Record]:
    """Everything open that is settled together with `parked`, in the order it was made.

    The group it came in and what builds on it always; `upwards` also what it builds on, and all that belongs to that.
    """
    found = {parked.id: parked}
    waiting = [parked]
    while waiting:
        kin = list(_kin(waiting.pop(), upwards=upwards))
        space.load(kin)
        fresh = [one for one in map(space.record, kin) if one is not None and one.id not in found]
        fresh = [one for one in fresh if one.data["state"] == "open"]
        found.update({one.id: one for one in fresh})
        waiting += fresh
    return sorted(found.values(), key=_order)


def close(space: Workspace, parked: Record, decision: Decision) -> None:
    """Settle one parked operation and tell its author; decisions about it that failed fall away."""
    closed = settled(parked, decision)
    space.put(closed)
    drop_attempts(space, closed, decision)
    operation = parked.data["operation"]
    author, op = str(parked.data["by"]), str(operation["id"])
    outcome = space.record(outcome_id(author, op, parked.id)) or space.record(outcome_id(author, op))
    if outcome is not None:
        space.put(told(outcome, decision, sees=space.sees(author, str(operation.get("root")))))


def drop_attempts(space: Workspace, matter: Record, decision: Decision) -> None:
    """Dismiss the parked decisions about `matter`, now that it is decided."""
    known: Iterable[str] = matter.data.get("attempts", ())
    for attempt in map(space.record, known):
        if attempt is not None and attempt.data["state"] == "open":
            close(space, attempt, replace(decision, state=DISMISSED, edited=None, conflicts=()))


def _kin(parked: Record, *, upwards: bool) -> Iterator[str]:
    yield from parked.data["mates"]
    yield from parked.data.get("dependants", ())
    if upwards and "builds_on" in parked.data:
        yield parked.data["builds_on"]


def _order(parked: Record) -> tuple[int, str]:
    """The author's count of a parked operation, which may lack one, then the time it was received."""
    n = parked.data["operation"].get("n")
    return n if isinstance(n, int) else 0, parked.data["received_at"]


def _base(space: Workspace, op: Operation) -> Record | None:
    """The own operation, parked and not applied, that makes what this one changes."""
    missing = [one for one in dict.fromkeys((op.record, op.root)) if space.record(one) is None]
    makers = [parked for one in missing for made, parked in space.parked_of(op.by, one) if _makes(made, op)]
    if missing:
        return _last(makers)
    return _step_before(space, op) if op.do == "transition" else None


def _makes(made: Operation, op: Operation) -> bool:
    return made.do in INSERTS and made.id != op.id


def _step_before(space: Workspace, op: Operation) -> Record | None:
    """The parked step to the state that its author saw, if the record is in another one."""
    record = space.record(op.record)
    if record is None or record.data.get("state") == op.body["from"]:
        return None
    steps = [(made, parked) for made, parked in space.parked_of(op.by, op.record) if made.do == "transition"]
    return _last(parked for made, parked in steps if made.id != op.id and parked.data["state"] == "open")


def _named_base(space: Workspace, parked: Record, op: Operation) -> Record | None:
    """The parked operation whose value this one was built on."""
    if parked.data["code"] != "depends_on":
        return None
    named = space.judged(op.by, parked.data["detail"]["operation"])
    kept = (space.record(parked_id(one.user, one.id, one.digest)) for one in named if one.verdict == "parked")
    return _last(one for one in kept if one is not None and one.data["state"] != APPLIED)


def _note_attempt(space: Workspace, parked: Record, op: Operation) -> None:
    """Only who may decide leaves a trace on what he failed to decide, and only while it waits.

    What is decided stays as its author was told: by its last change it is known whether his device knows.
    """
    matter, author = space.record(op.record), space.record(op.by)
    if matter is None or author is None or matter.type not in ("parked", "conflict") or matter.type != op.type:
        return
    if matter.data["state"] != "open":
        return
    settle = space.trade.model.types[matter.type].settle
    if settle.allows(author.data.get("roles", []), None) and space.sees(author.id, matter.root):
        space.put(_with(matter, "attempts", parked.id))


def _with(record: Record, name: str, one: str) -> Record:
    known: list[str] = record.data.get(name, [])
    copy = record.copy()
    copy.data[name] = [*known, one]
    return copy


def _last(records: Iterable[Record]) -> Record | None:
    return next(reversed(list(records)), None)
