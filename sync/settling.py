"""Settling what is parked, with all that belongs to it: `unpark` applies it, also edited, `dismiss` closes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from sync.canonical import digest
from sync.dependence import close, family
from sync.errors import Refused
from sync.event_time import moment_of
from sync.judge import judge
from sync.judging import Judging
from sync.operations import Operation
from sync.parking import APPLIED, DISMISSED, Decision
from sync.policy import ROLE_SIDE, SITE
from sync.records import Record
from sync.versions import understood
from sync.workspace import Workspace

EDITABLE = frozenset({"create", "append", "set", "move", "hide"})


def _unpark(space: Workspace, judging: Judging) -> list[str]:
    """What the applied operations clash with is their authors' matter: the decision to apply them is carried out."""
    named, body, mark = _open_record(space, judging), judging.op.body, judging.mark
    reason = _reason(body) if "edited" in body else str(body.get("reason", "")).strip() or None
    for parked in family(space, named, upwards=True):
        edited = body.get("edited") if parked.id == named.id else None
        conflicts = _apply_parked(space, judging, parked, edited)
        decision = Decision(APPLIED, mark.by, mark.at, reason, edited, tuple(conflicts))
        close(space, parked, decision)
    return []


def _dismiss(space: Workspace, judging: Judging) -> list[str]:
    reason, mark = _reason(judging.op.body), judging.mark
    for parked in family(space, _open_record(space, judging), upwards=False):
        close(space, parked, Decision(DISMISSED, mark.by, mark.at, reason))
    return []


def _reason(body: Mapping[str, Any]) -> str:
    reason = str(body.get("reason", "")).strip()
    if not reason:
        raise Refused("invalid_value", {"field": "reason", "reason": "required"})
    return reason


def _open_record(space: Workspace, judging: Judging) -> Record:
    """The parked record, if it is open and the decider's to settle."""
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
    return record


def _apply_parked(space: Workspace, judging: Judging, parked: Record, edited: Mapping[str, Any] | None) -> list[str]:
    """Judge a parked operation again with the rights of who sent it and of the decider together."""
    raw: Mapping[str, Any] = parked.data["operation"]
    op = understood(space.trade, raw)
    if op.by != parked.data["by"]:
        raise Refused("wrong_author")
    if edited is not None:
        op = _edited(space, op, edited)
    kind = space.trade.model.types.get(op.type)
    author = space.record(op.by)
    if kind is None or author is None:
        raise Refused("unknown_record", {"record": op.record})
    if op.do in SETTLING:
        raise Refused("unknown_do", {"do": op.do})
    lent = frozenset(author.data.get("roles", [])) if edited is None else _at_site(author)
    roles = judging.roles | lent
    content = digest(raw)
    again = replace(judging, op=op, digest=content, kind=kind, author=author, roles=roles, settler=judging.author)
    for first in space.judged(op.by, op.id):
        if first.digest == content:
            moment = moment_of(first.evidence, op.at, first.received_at)
            again = replace(again, moment=moment, offset=first.evidence.offset)
    return judge(space, again)


def _at_site(author: Record) -> frozenset[str]:
    """What an author lends to who writes his own values: the rights of the field, none of another desk."""
    return frozenset(role for role in author.data.get("roles", []) if ROLE_SIDE.get(role) == SITE)


def _edited(space: Workspace, op: Operation, body: Mapping[str, Any]) -> Operation:
    """The operation with the decider's values: it stays its author's, so it changes no field that he did not."""
    if op.do not in EDITABLE:
        raise Refused("immutable", {"field": op.do})
    added = sorted(set(body) - set(op.body)) if op.do == "set" else []
    if added:
        raise Refused("forbidden_field", {"field": added[0], "state": None})
    return understood(space.trade, {**op.raw, "schema": space.trade.schema, op.do: body})


SETTLING: Mapping[str, Callable[[Workspace, Judging], list[str]]] = MappingProxyType(
    {"unpark": _unpark, "dismiss": _dismiss}
)
