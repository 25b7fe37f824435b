"""Push: every operation gets one stored verdict; a group has one outcome; nothing that fails stops the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from sync import dependence
from sync.clock import format_time
from sync.engine import Engine, Session
from sync.errors import InvalidValue, Refused
from sync.event_time import moment_of
from sync.judge import judge
from sync.judging import Judging
from sync.operations import Operation
from sync.parking import outcome_id, outcome_record, parked_id, parked_record
from sync.records import Record
from sync.salted import by_digest
from sync.sent import Raw, Sent, fingerprint, in_units, lacking, without_verdict
from sync.settling import SETTLING
from sync.store import Judged
from sync.values import value
from sync.versions import readable, understood
from sync.witness import Witness
from sync.workspace import Workspace

APPLIED, CONFLICTED, PARKED = "applied", "conflicted", "parked"
GROUP, TIME = "group", "time"


@value
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


def push(
    space: Workspace, engine: Engine, session: Session, raws: Sequence[Raw], now: int, offset: int | None = None
) -> list[Answer]:
    """Judge the operations in order, one commit per group or single operation; the caller flushes the workspace.

    `offset` is the server's clock minus the device's, None for the server's own writers.
    """
    started = engine.ticks()
    sent = [fingerprint(engine, raw) for raw in raws]
    stored = _stored(space, session, sent)
    owned = {one for one, _ in stored}
    roots = {one.root for one in sent}
    space.load({str(one.raw.get("record")) for one in sent} | roots | {session.user}, roots)
    witness = Witness(space, session, raws, now, offset)
    answers: dict[int, Answer] = {}
    held: dict[str, str] = {}
    for unit in in_units(sent):
        fresh = [sent[i] for i in without_verdict(unit, sent, stored)]
        late = offset is not None and space.batch.commits and engine.ticks() - started > engine.budget_ms
        why = TIME if fresh and late else _why_held(space, session, [sent[i] for i in unit], fresh, held)
        if why is not None:
            held.update((one.root, why) for one in fresh)
        elif fresh:
            for one in fresh:
                one.evidence = witness.evidence(one.raw)
            for judged in _commit(space, engine, session, fresh, now, owned):
                stored[judged.id, judged.digest] = judged
                owned.add(judged.id)
        for i in unit:
            known = stored.get((sent[i].id, sent[i].digest))
            answers[i] = _answer(known) if known else Answer(sent[i].id, held=why)
    return [answers[i] for i in range(len(sent))]


def _why_held(
    space: Workspace, session: Session, unit: Sequence[Sent], fresh: Sequence[Sent], held: Mapping[str, str]
) -> str | None:
    """Why these operations are not judged now: their group is not whole, or something on their root waits.

    What a group lacks because it was erased nobody can send again.
    """
    if fresh and lacking(unit) and lacking(unit, _erased(space, session, unit[0])):
        return GROUP
    return next((held[one.root] for one in fresh if one.root in held), None)


def _erased(space: Workspace, session: Session, member: Sent) -> list[str]:
    return space.writer.erased(session.user, member.group.id) if member.group is not None else []


def _stored(space: Workspace, session: Session, sent: Iterable[Sent]) -> dict[tuple[str, str], Judged]:
    known = space.writer.judged(session.user, {one.id for one in sent})
    return by_digest(known, {one.digest for one in sent}, space.salt)


def _answer(judged: Judged) -> Answer:
    detail = json.loads(judged.detail) if judged.code is not None else {}
    return Answer(judged.id, judged.verdict, judged.seq, judged.conflicts, judged.code, detail)


def _commit(
    space: Workspace,
    engine: Engine,
    session: Session,
    unit: Sequence[Sent],
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
    if any(met):
        _tell_conflicts(space, session, unit, met)
    seq = space.settle(now, session.user, session.device)
    result = []
    for one, problem, conflicts in zip(unit, problems, met, strict=True):
        judged = _judged(engine, session, one, seq, now, problem, conflicts)
        space.keep(judged)
        result.append(judged)
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
    space: Workspace, engine: Engine, session: Session, unit: Sequence[Sent], now: int, owned: set[str]
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


def _judging(space: Workspace, session: Session, one: Sent, now: int) -> Judging:
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
    moment = moment_of(one.evidence, op.at, now)
    return Judging(op, one.digest, kind, author, roles, now, format_time(now), moment, offset=one.evidence.offset)


def _author(space: Workspace, session: Session) -> Record:
    return space.record(session.user) or Record(session.user, "user", session.user, {})


def _park(
    space: Workspace,
    session: Session,
    unit: Sequence[Sent],
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


def _tell_conflicts(space: Workspace, session: Session, unit: Sequence[Sent], met: Sequence[list[str]]) -> None:
    for one, conflicts in zip(unit, met, strict=True):
        if conflicts:
            outcome = outcome_id(session.user, one.id)
            space.put(outcome_record(outcome, one.raw, session.user, CONFLICTED, None, conflicts))


def _judged(
    engine: Engine,
    session: Session,
    one: Sent,
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
        one.evidence,
    )
