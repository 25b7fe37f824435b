"""Push: every operation gets one stored verdict; a group has one outcome; nothing that fails stops the rest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sync import dependence
from sync.canonical import canonical_json
from sync.clock import format_time
from sync.engine import Engine, Session
from sync.errors import InvalidValue, Refused
from sync.judge import Judging, judge
from sync.operations import Group, Operation, group_of
from sync.parking import outcome_id, outcome_record, parked_id, parked_record
from sync.records import Record
from sync.settling import SETTLING
from sync.store import Judged
from sync.versions import readable, understood
from sync.workspace import Workspace

Raw = dict[str, Any]

APPLIED, CONFLICTED, PARKED = "applied", "conflicted", "parked"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one operation: a verdict with its commit, or the reason why it is held."""

    id: str
    verdict: str | None = None
    seq: int = 0
    conflicts: tuple[str, ...] = ()
    code: str | None = None
    detail: dict[str, object] = field(default_factory=dict)
    held: str | None = None

    def wire(self) -> dict[str, object]:
        """The answer as it is sent."""
        if self.held is not None:
            return {"id": self.id, "held": self.held}
        wire: dict[str, object] = {"id": self.id, "verdict": self.verdict, "seq": self.seq}
        if self.conflicts:
            wire["conflicts"] = list(self.conflicts)
        if self.code is not None:
            wire.update(code=self.code, detail=self.detail)
        return wire


@dataclass(slots=True)
class _Sent:
    """One operation as sent: its bytes as they are stored, and the hash that names its content."""

    raw: Raw
    body: bytes
    digest: str
    group: Group | None
    unreadable: Refused | None = None

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def root(self) -> str:
        """The root it names, as text even where it is none."""
        return str(self.raw.get("root"))


def push(space: Workspace, engine: Engine, session: Session, raws: Sequence[Raw], now: int) -> list[Answer]:
    """Judge the operations in order, one commit per group or single operation; the caller flushes the workspace."""
    sent = [_fingerprint(engine, raw) for raw in raws]
    stored = _stored(space, session, sent)
    owned = {one for one, _ in stored}
    roots = {one.root for one in sent}
    space.load({str(one.raw.get("record")) for one in sent} | roots | {session.user}, roots)
    answers: dict[int, Answer] = {}
    held_roots: set[str] = set()
    for unit in _units(sent):
        fresh = _fresh(unit, sent, stored)
        complete = _is_complete([sent[i] for i in unit])
        if fresh and (not complete or any(sent[i].root in held_roots for i in fresh)):
            held_roots.update(sent[i].root for i in fresh)
        elif fresh:
            members = [sent[i] for i in fresh]
            for judged in _commit(space, engine, session, members, now, owned):
                stored[judged.id, judged.digest] = judged
                owned.add(judged.id)
        for i in unit:
            known = stored.get((sent[i].id, sent[i].digest))
            answers[i] = _answer(known) if known else Answer(sent[i].id, held="group")
    return [answers[i] for i in range(len(sent))]


def _fresh(unit: Sequence[int], sent: Sequence[_Sent], stored: Container[tuple[str, str]]) -> list[int]:
    """The members without a verdict; a repetition inside one request counts once."""
    first = {(sent[i].id, sent[i].digest): i for i in reversed(unit)}
    return sorted(i for key, i in first.items() if key not in stored)


def _fingerprint(engine: Engine, raw: Raw) -> _Sent:
    group = _group(raw)
    try:
        body = engine.canonical(raw)
        return _Sent(raw, body, hashlib.sha256(body).hexdigest(), group)
    except Refused as refused:
        text = json.dumps(raw, sort_keys=True, default=str)
        named = canonical_json(["not_canonical", text])
        return _Sent(raw, engine.encode(raw), hashlib.sha256(named).hexdigest(), group, refused)


def _stored(space: Workspace, session: Session, sent: Iterable[_Sent]) -> dict[tuple[str, str], Judged]:
    known = space.writer.judged(session.user, {one.id for one in sent})
    return {(one.id, one.digest): one for one in known}


def _units(sent: Sequence[_Sent]) -> list[list[int]]:
    """Indexes of the operations that are judged together, in the order of their first member."""
    units: dict[object, list[int]] = {}
    for index, one in enumerate(sent):
        units.setdefault(one.group.id if one.group else index, []).append(index)
    return list(units.values())


def _group(raw: Raw) -> Group | None:
    try:
        return group_of(raw)
    except Refused:
        return None


def _is_complete(unit: Sequence[_Sent]) -> bool:
    group = unit[0].group
    return group is None or len({one.id for one in unit}) >= group.of


def _answer(judged: Judged) -> Answer:
    detail = json.loads(judged.detail) if judged.code is not None else {}
    return Answer(judged.id, judged.verdict, judged.seq, judged.conflicts, judged.code, detail)


def _commit(
    space: Workspace,
    engine: Engine,
    session: Session,
    unit: Sequence[_Sent],
    now: int,
    owned: set[str],
) -> list[Judged]:
    try:
        met = _apply(space, engine, session, unit, now, owned)
        problems: list[tuple[str, dict[str, object]] | None] = [None] * len(unit)
    except _UnitRefused as refused:
        space.discard()
        met = [[] for _ in unit]
        problems = [refused.problem_of(index) for index in range(len(unit))]
        _park(space, session, unit, problems, now, owned)
    _tell_conflicts(space, session, unit, met)
    seq = space.settle(now, session.user, session.device)
    result = [
        _judged(engine, session, one, seq, now, problem, conflicts)
        for one, problem, conflicts in zip(unit, problems, met, strict=True)
    ]
    for judged in result:
        space.keep(judged)
    return result


class _UnitRefused(Exception):
    """A unit that cannot be applied because of one member."""

    def __init__(self, index: int, op: str, refused: Refused) -> None:
        super().__init__(refused.code)
        self.index, self.op, self.refused = index, op, refused

    def problem_of(self, index: int) -> tuple[str, dict[str, object]]:
        """Code and detail for one member: its own, or that a mate could not be applied."""
        if index == self.index:
            return self.refused.code, self.refused.detail
        return "group_mate", {"operation": self.op, "code": self.refused.code}


def _apply(
    space: Workspace, engine: Engine, session: Session, unit: Sequence[_Sent], now: int, owned: set[str]
) -> list[list[str]]:
    met: list[list[str]] = []
    ids: set[str] = set()
    for index, one in enumerate(unit):
        try:
            if one.id in owned or one.id in ids:
                raise Refused("id_reused")
            ids.add(one.id)
            judging = _judging(space, session, one, now)
            settle = SETTLING.get(judging.op.do, judge)
            met.append(settle(space, judging))
        except Refused as refused:
            explained = dependence.explained(space, readable(space.trade, one.raw), refused)
            raise _UnitRefused(index, one.id, explained) from None
        except (ArithmeticError, AssertionError, LookupError, TypeError, ValueError, AttributeError) as failure:
            engine.report(failure)
            raise _UnitRefused(index, one.id, Refused("internal_error")) from failure
    return met


def _judging(space: Workspace, session: Session, one: _Sent, now: int) -> Judging:
    if one.unreadable is not None:
        raise one.unreadable
    op = understood(space.trade, one.raw)
    if op.by != session.user:
        raise Refused("wrong_author")
    kind = space.trade.model.types.get(op.type)
    if kind is None:
        raise Refused("unknown_type", {"type": op.type})
    author = space.record(session.user)
    if author is None:
        raise Refused("no_access")
    roles = frozenset(author.data.get("roles", []))
    return Judging(op, one.digest, kind, author, roles, now, format_time(now))


def _author(space: Workspace, session: Session) -> Record:
    return space.record(session.user) or Record(session.user, "user", session.user, {})


def _park(
    space: Workspace,
    session: Session,
    unit: Sequence[_Sent],
    problems: Sequence[tuple[str, dict[str, object]] | None],
    now: int,
    owned: set[str],
) -> None:
    author = _author(space, session)
    ids = [parked_id(session.user, one.id, one.digest) for one in unit]
    for one, record_id, problem in zip(unit, ids, problems, strict=True):
        assert problem is not None
        mates = [other for other in ids if other != record_id]
        root = space.record(one.root)
        kept = parked_record(record_id, one.raw, author, root, problem, mates, format_time(now))
        space.put(kept)
        reused = record_id if one.id in owned else None
        outcome = outcome_id(session.user, one.id, reused)
        space.put(outcome_record(outcome, one.raw, author.id, PARKED, problem[0], []))
        op = readable(space.trade, one.raw)
        if op is not None and op.by == session.user:
            dependence.tied(space, kept, op)
            _name_parked_blob(space, op)


def _name_parked_blob(space: Workspace, op: Operation) -> None:
    """Bytes that a parked operation names are wanted too."""
    kind = space.trade.model.types.get(op.type)
    if kind is None or kind.blob is None:
        return
    try:
        sha256 = kind.fields[kind.blob].check(op.body.get("values", {}).get(kind.blob))
    except InvalidValue:
        return
    if sha256 is not None:
        space.name_blob(str(sha256), op.by, op.record, op.root)


def _tell_conflicts(space: Workspace, session: Session, unit: Sequence[_Sent], met: Sequence[list[str]]) -> None:
    for one, conflicts in zip(unit, met, strict=True):
        if conflicts:
            outcome = outcome_id(session.user, one.id)
            space.put(outcome_record(outcome, one.raw, session.user, CONFLICTED, None, conflicts))


def _judged(
    engine: Engine,
    session: Session,
    one: _Sent,
    seq: int,
    now: int,
    problem: tuple[str, dict[str, object]] | None,
    conflicts: list[str],
) -> Judged:
    verdict = PARKED if problem else CONFLICTED if conflicts else APPLIED
    code, detail = problem or (None, {})
    return Judged(
        session.user,
        one.id,
        one.digest,
        seq,
        verdict,
        code,
        engine.encode(detail),
        tuple(conflicts),
        str(one.raw.get("record"))[:64],
        str(one.raw.get("root"))[:64],
        session.device,
        now,
        one.body,
    )
