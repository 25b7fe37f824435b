"""Merging a `set` into a record, and settling what clashed: the bridge from rule 8 to stored records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sync import conflicts
from sync.dependence import drop_attempts, family
from sync.errors import InvalidValue, Refused
from sync.merge import Outcome, Unit, decide, prevails
from sync.operations import Operation
from sync.parking import DISMISSED, Decision, conflict_decided, outcome_id, outcome_record
from sync.policy import SITE, Field, RecordType
from sync.records import Mark, Record
from sync.workspace import Workspace

_NOBODY = Mark("", "", SITE, "")


def checked(rule: Field, name: str, value: object) -> object:
    """The canonical value of a field; the error names the field."""
    if value is None:
        return None
    try:
        return rule.check(value)
    except InvalidValue as refused:
        raise Refused("invalid_value", {"field": name, **refused.detail}) from None


def wanted(rule: Field, name: str, value: object) -> object:
    """The canonical value that a field is to have; a required one is not taken away."""
    to = checked(rule, name, value)
    if to is None and rule.required:
        raise Refused("invalid_value", {"field": name, "reason": "required"})
    return to


def merged(
    space: Workspace, op: Operation, mark: Mark, record: Record, kind: RecordType, receipt: conflicts.Receipt
) -> tuple[Record, list[str]]:
    """A copy of `record` after the `set` in `op`, and the conflicts it met; conflict records join the draft.

    What is written into a removed record is kept beside its values until a person decides.
    """
    changed = record.copy()
    met: list[str] = []
    for unit in units(op, kind):
        conflict = _open_conflict(space, changed, unit.name)
        known = conflicts.candidates_of(conflict) if conflict else []
        values = [one["value"] for one in known]
        outcome = decide(unit, live_value(changed, unit), values)
        if outcome is Outcome.CLASH:
            outcome = decide(unit, _today(kind, unit, live_value(changed, unit)), values)
        if outcome is Outcome.APPLY and not record.gone:
            changed.write(_by_field(unit, unit.to), mark)
            if conflict is not None:
                _supersede(space, conflict, conflicts.proposal(unit, mark, receipt))
        elif outcome is not Outcome.NOTHING:
            _refuse_if_built_on_parked(space, op, kind, unit)
            mine = conflicts.proposal(unit, mark, receipt)
            opened = conflict or conflicts.opened(changed, unit, op, live_entry(space, changed, unit), receipt.at)
            met.append(_clash(space, changed, unit, mark, mine, opened))
    return changed, met


def units(op: Operation, kind: RecordType) -> Iterator[Unit]:
    """The fields and merge groups of a `set`, each with canonical `was` and `to`."""
    grouped: set[str] = set()
    for name in op.body:
        rule = kind.field(name)
        assert rule is not None
        if rule.group is None:
            was, to = _change(op, rule, name)
            yield Unit(name, rule, (name,), was, to)
        elif rule.group not in grouped:
            grouped.add(rule.group)
            yield _group_unit(op, kind, rule)


def _group_unit(op: Operation, kind: RecordType, rule: Field) -> Unit:
    assert rule.group is not None
    fields = tuple(sorted(kind.members(rule.group)))
    if any(name not in op.body for name in fields):
        raise Refused("incomplete_group", {"group": rule.group})
    changes = {name: _change(op, kind.fields[name], name) for name in fields}
    was = {name: change[0] for name, change in changes.items()}
    to = {name: change[1] for name, change in changes.items()}
    return Unit(rule.group, rule, fields, was, to)


def _change(op: Operation, rule: Field, name: str) -> tuple[object, object]:
    change = op.body[name]
    return checked(rule, name, change["was"]), wanted(rule, name, change["to"])


def live_value(record: Record, unit: Unit) -> object:
    """The live value of a field, or the mapping of a merge group's live values."""
    return _of_unit(unit, record.data.get)


def _today(kind: RecordType, unit: Unit, value: object) -> object:
    """The value in its canonical form of today: a structure may have gained members since it was stored or sent."""
    if unit.fields == (unit.name,):
        return _canonical_today(kind.field(unit.name), value)
    if not isinstance(value, Mapping):
        return value
    return {name: _canonical_today(kind.field(name), value.get(name)) for name in unit.fields}


def _canonical_today(rule: Field | None, value: object) -> object:
    try:
        return value if rule is None or value is None else rule.check(value)
    except InvalidValue:
        return value


def holder_of(record: Record, unit: Unit) -> Mark:
    """Who wrote the live value; for a group the newest of its members' writers."""
    marks = [record.marks[name] for name in unit.fields if name in record.marks]
    return max(marks, key=lambda mark: (mark.at, mark.op), default=_NOBODY)


def _of_unit(unit: Unit, value_of: Callable[[str], object]) -> object:
    """The value of a field, or the mapping of a merge group's values."""
    if unit.fields == (unit.name,):
        return value_of(unit.name)
    return {name: value_of(name) for name in unit.fields}


def _by_field(unit: Unit, value: Any) -> dict[str, object]:
    return {unit.name: value} if unit.fields == (unit.name,) else {**value}


def _open_conflict(space: Workspace, record: Record, unit: str) -> Record | None:
    one = record.disputed.get(unit)
    return space.record(one) if one is not None else None


def live_entry(space: Workspace, record: Record, unit: Unit) -> conflicts.Candidate:
    """The live value with its writer and his device's clock, in wire form."""
    mark = holder_of(record, unit)
    offsets = [one.evidence.offset for one in space.judged(mark.by, mark.op)]
    return conflicts.candidate(live_value(record, unit), mark, offsets[0] if offsets else None)


def _supersede(space: Workspace, conflict: Record, mine: conflicts.Candidate) -> None:
    """The author saw the live value; what others wrote without having seen it stays open beside the new one."""
    live = conflicts.superseding(conflict.data["live"], mine)
    space.put(conflicts.extended(conflict, live, conflicts.candidates_of(conflict)))


def _clash(
    space: Workspace, changed: Record, unit: Unit, mark: Mark, mine: conflicts.Candidate, conflict: Record
) -> str:
    """Keep the new value beside the others, in the place of the one its author saw; the policy says which shows."""
    live, known = conflict.data["live"], conflicts.candidates_of(conflict)
    values = [one["value"] for one in known]
    place = values.index(unit.was) if unit.was in values else len(known)
    if place < len(known):
        mine = conflicts.superseding(known[place], mine)
    if not changed.gone and prevails(unit, live["value"], mark.side, holder_of(changed, unit).side):
        live, mine = mine, live
        changed.write(_by_field(unit, unit.to), mark)
    known[place : place + 1] = [mine]
    changed.disputed[unit.name] = conflict.id
    space.put(conflicts.extended(conflict, live, known))
    return conflict.id


def _refuse_if_built_on_parked(space: Workspace, op: Operation, kind: RecordType, unit: Unit) -> None:
    """A value whose author saw only his own parked change waits for the same decision.

    A dismissed change holds it up too, as long as its author's device may have shown it still: only who lets the later
    one through itself has decided otherwise. Nothing waits for itself, nor for what is settled together with it.
    """
    let_through = [kept for waiting, kept in space.parked_of(op.by, op.record) if waiting.id == op.id]
    with_it = {one.id for parked in let_through for one in family(space, parked, upwards=False)}
    for waiting, kept, value in (*_parked_edits(space, op, unit), *_parked_choices(space, op, unit)):
        if kept.id in with_it or _today(kind, unit, value) != unit.was:
            continue
        if kept.data["state"] == "open" or not (let_through or _was_told(space, op, kept)):
            raise Refused("depends_on", {"operation": waiting.id})


def _was_told(space: Workspace, op: Operation, settled: Record) -> bool:
    """True if the author's device had received the settlement when he acted."""
    seen = space.seen(op)
    return seen is not None and settled.seq <= seen


def _parked_edits(space: Workspace, op: Operation, unit: Unit) -> Iterator[tuple[Operation, Record, object]]:
    """The author's parked changes of this unit, and the value each wants."""
    for waiting, kept in space.parked_of(op.by, op.record):
        if waiting.do == "set" and all(name in waiting.body for name in unit.fields):
            values = {name: change["to"] for name, change in waiting.body.items()}
            yield waiting, kept, _of_unit(unit, values.get)


def _parked_choices(space: Workspace, op: Operation, unit: Unit) -> Iterator[tuple[Operation, Record, object]]:
    """The author's parked decisions about conflicts on this unit, which his device showed as the value."""
    for conflict in space.family(op.root).of("conflict"):
        if (conflict.data["record"], conflict.data["field"]) == (op.record, unit.name):
            for waiting, kept in space.parked_of(op.by, conflict.id):
                if waiting.do == "resolve":
                    yield waiting, kept, conflicts.wish(conflict, waiting.body)


def resolve(space: Workspace, op: Operation, mark: Mark, conflict: Record, target: Record, kind: RecordType) -> Record:
    """A copy of the live record with the chosen value; the settled conflict and the outcomes join the draft."""
    value = conflicts.chosen_value(conflict, op.body)
    name = str(conflict.data["field"])
    fields: list[str] = conflict.data["fields"]
    values = {name: value} if fields == [name] else value
    if not isinstance(values, dict) or set(values) != set(fields):
        raise Refused("incomplete_group", {"group": name})
    changed = target.copy()
    rules = {field: kind.field(field) for field in fields}
    changed.write({f: wanted(rule, f, values[f]) for f, rule in rules.items() if rule is not None}, mark)
    changed.disputed.pop(name, None)
    settle(space, mark, conflict, op.body, gone=target.gone)
    return changed


def settle(space: Workspace, mark: Mark, conflict: Record, body: Mapping[str, Any], *, gone: bool) -> None:
    """Close a conflict with the decision in `body` and tell its authors; `gone` if its record is removed now."""
    chosen = body["choose"].get("op")
    space.put(conflicts.resolved(conflict, body, mark))
    told = [(entry, entry["op"] == chosen and not gone) for entry in conflicts.entries(conflict)]
    if "removed" in conflict.data:
        told.append((conflict.data["removed"], gone))
    for entry, mine in told:
        outcome = _outcome(space, entry, conflict.id)
        if outcome is not None:
            space.put(conflict_decided(outcome, conflict.id, mine, mark.by, mark.at))
    drop_attempts(space, conflict, Decision(DISMISSED, mark.by, mark.at, None))


def _outcome(space: Workspace, entry: conflicts.Candidate, conflict: str) -> Record | None:
    """What tells an author of the decision; one whose value was applied and met another later has none so far."""
    one = outcome_id(entry["by"], entry["op"])
    known = space.record(one)
    if known is not None:
        return known
    for judged in space.judged(entry["by"], entry["op"]):
        if judged.verdict != "parked":
            return outcome_record(one, json.loads(judged.body), judged.user, judged.verdict, None, [conflict])
    return None
