"""Rule 12: what an author who lost a root while he was offline may still add to it, and how a refusal is told."""

from __future__ import annotations

from sync.errors import Refused
from sync.operations import Operation
from sync.policy import INSERTS, RecordType
from sync.scopes import closed_by, ever_visible, visible_at
from sync.workspace import Workspace

# What is wrong with these lies in the operation itself; everything else would tell what the root holds now.
_OWN = frozenset(
    {"malformed_operation", "unknown_do", "unknown_field", "invalid_value", "incomplete_group", "depends_on"}
)


def admit(space: Workspace, op: Operation, kind: RecordType, author: str) -> None:
    """Let an operation on a root that its author does not see pass if it only adds what he saw himself.

    Raises Refused: to one who had the root until it was closed how that is called, `handed_over` to one who had it at
    some time, `no_access` to one who never had.
    """
    members, holdings = space.members(op.root), space.holdings(author)
    if not ever_visible(members, holdings):
        raise Refused("no_access")
    over = closed_by(members, holdings)  # the root itself, or the order that carried it along
    root = space.record(over) if over is not None else None
    state = root.data.get("state") if root is not None else None
    closed = space.trade.closed(state, op.do)
    if closed is not None:
        raise Refused(closed, {"state": state})
    seen = space.seen(op)
    had_it = seen is not None and visible_at(members, holdings, seen)
    if not (had_it and _only_adds(op, kind)):
        raise Refused("handed_over")


def told_to_late_author(refused: Refused) -> Refused:
    """The same refusal if it speaks of the operation alone, else that the root is somebody else's."""
    return refused if refused.code in _OWN else Refused("handed_over")


def _only_adds(op: Operation, kind: RecordType) -> bool:
    if op.do in INSERTS:
        return kind.additive
    if op.do != "set":
        return False
    return all(rule is not None and rule.additive for rule in map(kind.field, op.body))
