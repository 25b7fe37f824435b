"""Judging one operation: rights as they are now, the shape of the change, then the trade's guards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sync import disputes, lateness, removal
from sync.conflicts import Receipt
from sync.errors import Refused
from sync.judging import Judging
from sync.operations import Operation, is_derived, is_digest
from sync.policy import DERIVED, FIXED, INSERTS, Access, RecordType
from sync.records import Record
from sync.trade import Family
from sync.workspace import Workspace


def judge(space: Workspace, judging: Judging) -> list[str]:
    """Apply the operation to the workspace's draft and return the conflicts it met; raises Refused if it cannot."""
    root = space.record(judging.op.root)
    if root is None or _may_see(space, judging, root):
        return _judge(space, judging)
    if judging.forced:
        raise Refused("no_access")
    lateness.admit(space, judging.op, judging.kind, judging.author.id)
    try:
        return _judge(space, replace(judging, late=True))
    except Refused as refused:
        raise lateness.told_to_late_author(refused) from None


def _judge(space: Workspace, judging: Judging) -> list[str]:
    before = space.record(judging.op.root)
    met = _change(space, judging)
    _check_links(space, judging, before)
    _advance(space, judging)
    return met


def _change(space: Workspace, judging: Judging) -> list[str]:
    op, kind = judging.op, judging.kind
    if op.do not in kind.does:
        raise Refused("unknown_do", {"do": op.do})
    record = space.record(op.record)
    root = _root(space, judging, record)
    state = str(root.data.get("state")) if root is not None and "state" in root.data else None
    if record is not None and record.erased:
        raise Refused("erased")
    if op.do in INSERTS:
        _insert(space, judging, record, state)
        return []
    if record is None:
        raise Refused("unknown_record", {"record": op.record})
    return _CHANGES[op.do](space, judging, record, state)


def _root(space: Workspace, judging: Judging, record: Record | None) -> Record | None:
    op, kind = judging.op, judging.kind
    if record is not None and record.type != op.type:
        raise Refused("type_mismatch", {"type": op.type})
    if (record is not None and record.root != op.root) or (kind.is_root and op.root != op.record):
        raise Refused("root_mismatch", {"root": op.root})
    root = space.record(op.root)
    if root is None and not (kind.is_root and op.do in INSERTS):
        raise Refused("unknown_record", {"record": op.root})
    return root


def _may_see(space: Workspace, judging: Judging, root: Record) -> bool:
    """True for what lies in the scopes of who answers for it, and for a root that the same group has just made."""
    return "system" in judging.roles or root.version == 0 or space.sees(judging.answerable.id, root.id)


def _check_links(space: Workspace, judging: Judging, before: Record | None) -> None:
    """Nobody opens a record to others by naming it, unless it is open to himself."""
    root, placing = space.record(judging.op.root), space.trade.placing
    if root is None or root is before or (judging.op.do == "set" and placing.isdisjoint(judging.op.body)):
        return
    known = space.trade.links(before) if before is not None else frozenset()
    for one in sorted(space.trade.links(root) - known):
        linked = space.record(one)
        if linked is None or linked.type not in space.trade.carried or not _may_carry(space, judging, root, linked):
            raise Refused("no_access")


def _may_carry(space: Workspace, judging: Judging, root: Record, linked: Record) -> bool:
    """The system follows the words of others: it carries nothing to where it does not belong already."""
    if "system" in judging.roles:
        return not space.trade.scopes(root).isdisjoint(space.trade.scopes(linked))
    return _may_see(space, judging, linked)


def _forbidden(space: Workspace, judging: Judging, access: Access, name: str, state: str | None) -> Refused:
    """Why he may not: because of the state the root is in, or not at all."""
    code = space.trade.closed(state, judging.op.do)
    if code is not None and access.allows(judging.roles, state, any_state=True):
        return Refused(code, {"state": state})
    return Refused("forbidden_field", {"field": name, "state": state})


def _insert(space: Workspace, judging: Judging, record: Record | None, state: str | None) -> None:
    op, kind = judging.op, judging.kind
    if is_digest(op.record) or (is_derived(op.record) and judging.roles.isdisjoint(space.trade.deriving)):
        raise Refused("malformed_operation", {"path": "record", "reason": "id"})
    if record is not None:
        raise Refused("exists")
    _check_place(space, op, kind)
    if not kind.create.allows(judging.roles, state, any_state=judging.any_state):
        raise _forbidden(space, judging, kind.create, "", state)
    data = _checked_values(kind, _values_of(op))
    family = space.family(op.root) if not kind.is_root else Family(None)
    draft = judging.draft(op, None, data)
    space.trade.check(draft, family)
    data.update({k: v for k, v in space.trade.derive(draft, family).items() if v is not None})
    made = Record(op.record, op.type, op.root, data)
    made.marks = dict.fromkeys(data, judging.mark)
    if kind.is_root and not _in_reach(space, judging, made):
        raise Refused("no_access")
    if kind.blob is not None:
        data["stored"] = space.name_blob(str(data[kind.blob]), judging.author.id, op.record, op.root)
    space.put(made)


def _check_place(space: Workspace, op: Operation, kind: RecordType) -> None:
    """A record is made under a root of the right type, and nowhere else."""
    root = None if kind.is_root else space.record(op.root)
    if root is not None and kind.under is not None and root.type not in kind.under:
        raise Refused("root_mismatch", {"root": op.root})


def _in_reach(space: Workspace, judging: Judging, made: Record) -> bool:
    """Nobody makes a root outside the scopes he holds, unless he hands it in; to which persons he gives it he says."""
    if "system" in judging.roles or judging.kind.handed_in:
        return True
    held = {holding.scope for holding in space.holdings(judging.answerable.id) if holding.end is None}
    wanted = space.trade.scopes(made)
    return bool(wanted & held) and all(scope in held for scope in wanted if not scope.startswith("user:"))


def _values_of(op: Operation) -> Mapping[str, object]:
    return op.body["values"] if op.do in ("create", "append") else op.body


def _checked_values(kind: RecordType, values: Mapping[str, object]) -> dict[str, object]:
    data: dict[str, object] = {}
    for name, value in values.items():
        rule = kind.field(name)
        if rule is None:
            raise Refused("unknown_field", {"field": name})
        if rule.merge == DERIVED:
            raise Refused("forbidden_field", {"field": name, "state": None})
        checked = disputes.checked(rule, name, value)
        if checked is not None:
            data[name] = checked
    for name, rule in kind.fields.items():
        if rule.required and name not in data:
            raise Refused("invalid_value", {"field": name, "reason": "required"})
    return data


def _set(space: Workspace, judging: Judging, record: Record, state: str | None) -> list[str]:
    op, kind = judging.op, judging.kind
    for name in op.body:
        rule = kind.field(name)
        if rule is None:
            raise Refused("unknown_field", {"field": name})
        if rule.merge == FIXED:
            raise Refused("immutable", {"field": name})
        if rule.merge == DERIVED or not rule.write.allows(judging.roles, state, any_state=judging.any_state):
            raise _forbidden(space, judging, rule.write, name, state)
    changed, conflicts = disputes.merged(space, op, judging.mark, record, kind, Receipt(judging.at, judging.offset))
    _complete(space, judging, op, record, changed)
    if changed != record:
        space.put(changed)
    return conflicts


def _complete(space: Workspace, judging: Judging, op: Operation, record: Record, changed: Record) -> None:
    """Hold a change to the trade's rules and add the fields that follow from it."""
    family = space.family(op.root)
    draft = judging.draft(op, record, changed.data)
    space.trade.check(draft, family)
    derived = space.trade.derive(draft, family)
    if derived:
        changed.write(dict(derived), judging.mark)


def _transition(space: Workspace, judging: Judging, record: Record, state: str | None) -> list[str]:
    if record.gone:
        raise Refused("gone")
    family = space.family(judging.op.root)
    draft = judging.draft(judging.op, record, record.data)
    body = judging.op.body
    fields = space.trade.transition(str(body["name"]), str(body["from"]), draft, family)
    if fields:
        changed = record.copy()
        changed.write(dict(fields), judging.mark)
        space.put(changed)
    return []


def _show(space: Workspace, judging: Judging, record: Record, state: str | None) -> list[str]:
    """Hide a record with a reason, or bring it back; returns the conflicts with edits that were not seen."""
    if judging.kind.is_root or not judging.kind.hide.allows(judging.roles, state, any_state=judging.any_state):
        raise _forbidden(space, judging, judging.kind.hide, "", state)
    hidden = judging.op.do == "hide"
    if record.gone == hidden:
        return []
    changed = record.copy()
    changed.gone = hidden
    reason = str(judging.op.body["reason"]) if hidden else None
    draft = judging.draft(judging.op, record, changed.data)
    space.trade.check(draft, space.family(judging.op.root))
    changed.write({"hidden_because": reason}, judging.mark)
    space.put(changed)
    if hidden:
        return removal.removed(space, judging.op, changed, judging.kind, judging.at)
    removal.returned(space, judging.mark, changed)
    return []


def _resolve(space: Workspace, judging: Judging, record: Record, state: str | None) -> list[str]:
    """A decision that changes the live value is held to the rules of any other change."""
    _may_settle(space, judging, state)
    target = space.record(str(record.data["record"]))
    if target is None:
        raise Refused("gone")
    kind = space.trade.model.types[target.type]
    changed = disputes.resolve(space, judging.op, judging.mark, record, target, kind)
    changes = {
        name: {"was": target.data.get(name), "to": changed.data.get(name)}
        for name in record.data["fields"]
        if target.data.get(name) != changed.data.get(name)
    }
    if changes:
        as_set = replace(judging.op, type=target.type, record=target.id, do="set", body=changes)
        _complete(space, judging, as_set, target, changed)
    space.put(changed)
    return []


def _may_settle(space: Workspace, judging: Judging, state: str | None) -> None:
    """Only who may make such roots decides what they hold."""
    root = space.record(judging.op.root)
    assert root is not None
    makers = space.trade.model.types[root.type].create
    if not (judging.kind.settle.allows(judging.roles, state) and makers.allows(judging.roles, None)):
        raise Refused("forbidden_field", {"field": "", "state": state})


def _advance(space: Workspace, judging: Judging) -> None:
    """Let satisfied guards move the root on, as part of the same commit."""
    root = space.record(judging.op.root)
    if root is None or root.data.get("state") is None or not space.trade.moves(judging.op.type):
        return
    fields = space.trade.advance(space.family(root.id), judging.op.type)
    if any(root.data.get(name) != value for name, value in fields.items()):
        changed = root.copy()
        changed.write(dict(fields), judging.mark)
        space.put(changed)


_CHANGES = {
    "set": _set,
    "transition": _transition,
    "hide": _show,
    "restore": _show,
    "resolve": _resolve,
}
