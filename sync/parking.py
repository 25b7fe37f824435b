"""Parked operations are kept whole for a supervisor; every conflicted or parked one has an outcome for its author."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sync.records import Record

APPLIED, DISMISSED = "applied", "dismissed"


@dataclass(frozen=True, slots=True)
class Decision:
    """How a parked operation was settled: by whom, why, with which values instead, and what it then clashed with."""

    state: str
    by: str
    at: str
    reason: str | None
    edited: Mapping[str, object] | None = None
    conflicts: tuple[str, ...] = ()


def parked_id(user: str, op: str, digest: str) -> str:
    """The id of the record that keeps a parked operation."""
    return hashlib.sha256(f"parked|{user}|{op}|{digest}".encode()).hexdigest()


def outcome_id(user: str, op: str, parked: str | None = None) -> str:
    """The id of the author's outcome record; only a reused operation id needs its parked record's id too."""
    return hashlib.sha256(f"outcome|{user}|{op}|{parked or ''}".encode()).hexdigest()


def parked_record(
    one: str,
    raw: Mapping[str, object],
    author: Record,
    root: Record | None,
    problem: tuple[str, Mapping[str, object]],
    mates: Sequence[str],
    received_at: str,
) -> Record:
    """A supervisor's view of an operation that was not applied; `mates` are the other members of its group.

    It lies in the author's branch, and in that of the root: there are those who can see what it would change.
    """
    data: dict[str, object] = {
        "operation": dict(raw),
        "code": problem[0],
        "detail": dict(problem[1]),
        "by": author.id,
        "mates": list(mates),
        "received_at": received_at,
        "state": "open",
    }
    branch, root_branch = author.data.get("branch"), root.data.get("branch") if root else None
    if branch:
        data["branch"] = branch
    if root_branch and root_branch != branch:
        data["root_branch"] = root_branch
    return Record(one, "parked", one, data)


def outcome_record(
    one: str, raw: Mapping[str, object], author: str, verdict: str, code: str | None, conflicts: Sequence[str]
) -> Record:
    """The author's view of what became of an operation that was not simply applied."""
    data: dict[str, object] = {
        "operation": dict(raw),
        "by": author,
        "verdict": verdict,
        "conflicts": list(conflicts),
        "state": "open",
    }
    if code:
        data["code"] = code
    return Record(one, "outcome", one, data)


def settled(parked: Record, decision: Decision) -> Record:
    """A copy of a parked record that carries the decision."""
    copy = parked.copy()
    copy.data.update(state=decision.state, settled_by=decision.by, settled_at=decision.at)
    if decision.reason:
        copy.data["reason"] = decision.reason
    if decision.edited is not None:
        copy.data["edited"] = dict(decision.edited)
    return copy


def told(outcome: Record, decision: Decision, *, sees: bool) -> Record:
    """A copy of an outcome record that tells its author of the decision; edited values only if he `sees` the root."""
    copy = decided(outcome, decision.state, decision.reason or decision.state, decision.by, decision.at)
    if decision.edited is not None:
        copy.data["edited"] = dict(decision.edited) if sees else {}
    if decision.conflicts:
        copy.data["conflicts"] = list(decision.conflicts)
    return copy


def decided(outcome: Record, state: str, decision: str, by: str, at: str) -> Record:
    """A copy of an outcome record that tells its author what was decided, by whom and when."""
    copy = outcome.copy()
    copy.data.update(state=state, decision=decision, decided_by=by, decided_at=at)
    return copy


def conflict_decided(outcome: Record, conflict: str, mine: bool, by: str, at: str) -> Record:
    """A copy of an outcome record with one of its conflicts decided; it is resolved when all of them are."""
    decisions = {**outcome.data.get("decisions", {}), conflict: "mine" if mine else "other"}
    conflicts = outcome.data["conflicts"]
    open_still = any(one not in decisions for one in conflicts)
    copy = decided(outcome, "open" if open_still else "resolved", decisions[conflict], by, at)
    copy.data["decisions"] = decisions
    return copy
