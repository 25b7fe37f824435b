"""Looks at roots and writes what the clock asks of them: rounds, deadlines, notices, callbacks, complaints, follow-ups.

A look works out everything anew from the stored records, so it may be repeated, interrupted or made twice at once.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

import structlog

from backend.domain import callbacks, complaint_times, findings, loaners, promises, rounds, stock
from backend.domain.deadline import LADDER
from backend.domain.derived import Change, operations
from backend.domain.promises import Circumstances
from backend.domain.rounds import Surroundings
from backend.domain.work_calendar import NoDayList, at, local_day
from backend.domain.work_order import ENDED_WITHOUT_REPORT
from backend.services.founding import SYSTEM_USER
from backend.services.parts import Parts
from backend.services.references import References
from backend.store import watch
from backend.store.sql import Sql
from sync.engine import Session
from sync.exchange import submit
from sync.push import PARKED
from sync.records import Decode, Record, from_row
from sync.store import Reader
from sync.trade import Family

SESSION = Session(SYSTEM_USER, "scheduler")
MOST_OPERATIONS = 30  # of one transaction, so that the write lock is never held for long
MOST_ROOTS = 200  # of one look


@dataclass(frozen=True, slots=True)
class Look:
    """What one root asks for now: groups of changes, when to look again, and until which day it is worked out."""

    changes: list[Change]
    wake_at: int | None = None
    done_until: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """How many records were made or changed, and what went wrong at which root."""

    made: int
    problems: tuple[str, ...] = ()

    def __add__(self, other: "Work") -> "Work":
        return Work(self.made + other.made, self.problems + other.problems)


NOTHING = Work(0)
AGAIN_MS = 300_000  # a root that cannot be looked at is tried again


@dataclass(frozen=True, slots=True)
class Around:
    """What every look of one run shares."""

    references: References
    done_until: Mapping[str, str]
    heard: Mapping[str, int]
    now: int


class Lead(Protocol):
    """The claim to lead of whoever looks; `guard` and `fence` raise if somebody else leads by now."""

    def guard(self) -> None:
        """Before a transaction whose operations carry ids of what they are about: made twice, they count once."""

    def fence(self, sql: Sql) -> None:
        """Within a transaction that would overwrite what a later leader noted."""

    def rest(self) -> None:
        """Between two transactions of one look."""


def look_at(parts: Parts, roots: Collection[str], lead: Lead) -> Work:
    """Look at these roots; one that cannot be looked at keeps nobody from the others."""
    now = parts.now()
    with parts.engine.store.read() as reader, parts.database.read() as sql:
        families = list(_families(reader, parts.engine.decode, roots))
        references = References(sql, reader, parts.engine.decode, families)
        heard = watch.heard_from(sql, _engineers(families))
        around = Around(references, watch.done_until(sql, list(roots)), heard, now)
        looks = [(family.root.id, *_tried(family, around)) for family in families if family.root is not None]
        wanted = missing(reader, [change for _, look, _ in looks for change in look.changes])
    made = _write(parts, wanted, lead)
    with parts.database.write() as sql:
        lead.fence(sql)
        noted = {root: (look.wake_at, look.done_until) for root, look, _ in looks}
        # A root of which nothing is left is not woken again.
        watch.save(sql, [(root, *noted.get(root, (None, None))) for root in dict.fromkeys(roots)])
    return Work(made, tuple(problem for _, _, problem in looks if problem))


def _families(reader: Reader, decode: Decode, roots: Collection[str]) -> Iterator[Family]:
    records: dict[str, list[Record]] = {root: [] for root in roots}
    for row in reader.families(list(roots)):
        records[row.root].append(from_row(row, decode))
    for root, members in records.items():
        head = next((one for one in members if one.id == root), None)
        yield Family(head, tuple(one for one in members if one.id != root))


def _engineers(families: Iterable[Family]) -> list[str]:
    roots = [family.root for family in families if family.root is not None]
    return sorted({str(root.data["assignee"]) for root in roots if root.data.get("assignee")})


def _tried(family: Family, around: Around) -> tuple[Look, str]:
    """The look, or when to try again and what went wrong."""
    assert family.root is not None
    try:
        return _look(family, around), ""
    except (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, TypeError, ValueError) as failure:
        structlog.get_logger().error("watch_failed", root=family.root.id, exc_info=failure)
        kept = around.done_until.get(family.root.id)
        return Look([], around.now + AGAIN_MS, kept), f"{family.root.id}: {type(failure).__name__}: {failure}"


def _look(family: Family, around: Around) -> Look:
    root = family.root
    rule = _RULES.get(root.type) if root is not None else None
    return rule(family, around) if rule is not None else Look([])


def _look_at_order(family: Family, around: Around) -> Look:
    order = family.root
    assert order is not None
    known, now = around.references, around.now
    calendar = known.calendar_of(order.data)
    policy = known.policy_of(order.data)
    spoke = around.heard.get(str(order.data.get("assignee")), now)
    ladder = known.ladder(str(order.data.get("branch")))
    circumstances = Circumstances(policy, calendar, known.band_of(order.data), ladder, spoke, now)
    ended = order.data.get("state") in ENDED_WITHOUT_REPORT
    found = [] if ended else promises.deadlines(family, circumstances)
    changes = [] if ended else [*promises.kept(family, found), *promises.notices(family, found, circumstances)]
    changes += rounds.missed(order, calendar, now)
    changes += callbacks.after_service(family, policy, known.questions, calendar)
    changes += _findings(family, known)
    changes += loaners.promised(order, policy, found)
    changes += stock.van_moves(family)
    closing = rounds.closing(order.data, calendar)
    moments = [promises.next_look(found, now), closing if closing is not None and closing > now else None]
    return Look(changes, min((one for one in moments if one is not None), default=None))


def _findings(family: Family, known: References) -> Iterator[Change]:
    """The orders that findings become, and what machines keep of them until somebody looked again."""
    yield from findings.ordered(family, known.version_for)
    yield from findings.kept(family, known.near)
    yield from findings.followed(family, known.near)
    yield from findings.inspected(family, known.kept_on(family), known.near)


def _look_at_plan(family: Family, around: Around) -> Look:
    plan = family.root
    assert plan is not None
    calendar = around.references.calendar_of(plan.data)
    today = local_day(around.now, calendar.zone)
    surroundings = around.references.surroundings(plan, calendar)
    tomorrow = at(today + timedelta(days=1), 0, calendar.zone)
    done = around.done_until.get(plan.id)
    if surroundings is None:
        return Look(_stopping(plan, "no_template", around), tomorrow, done)
    first = min(date.fromisoformat(done) + timedelta(days=1), today) if done else today
    changes, stopped = _rounds(plan, surroundings, first, today)
    changes += [change for group in rounds.by_usage(plan, surroundings, today) for change in group]
    changes += _stopping(plan, stopped, around)
    return Look(changes, tomorrow, today.isoformat())


def _rounds(plan: Record, around: Surroundings, first: date, today: date) -> tuple[list[Change], str | None]:
    """The rounds of the horizon, and why there are none, or no more than these."""
    found: list[Change] = []
    if not rounds.working(plan.data, around, today):
        return [], "retired"
    try:
        for group in rounds.rounds(plan, around, first, today + rounds.HORIZON):
            found += group
    except NoDayList:
        return found, "no_calendar"
    return found, None


def _stopping(plan: Record, because: str | None, around: Around) -> list[Change]:
    """A plan that stops says so on itself, and to the desk of its branch once."""
    before = plan.data.get("stopped_because")
    if because == before:
        return []
    body = {"stopped_because": {"was": before, "to": because}}
    changes = [Change(f"stop {plan.id} {plan.version}", "patrol_plan", plan.id, plan.id, "set", body, around.now)]
    if because is not None:
        for to in around.references.ladder(str(plan.data["branch"]))[100]:
            changes.append(promises.stopped_notice(plan, because, to, around.now))
    return changes


def _look_at_callback(family: Family, around: Around) -> Look:
    callback = family.root
    assert callback is not None
    known, order = around.references, around.references.order_of(callback.data)
    calendar = known.calendar_of(callback.data)
    follow_up = callbacks.follow_up(family, order, known.version_for, known.questions, calendar)
    return Look([*follow_up, *callbacks.complained(family)])


def _look_at_complaint(family: Family, around: Around) -> Look:
    complaint = family.root
    assert complaint is not None
    known, now = around.references, around.now
    order, calendar = known.order_of(complaint.data), known.calendar_of(complaint.data)
    policy = known.policy_of(order or complaint.data)
    ladder = complaint_times.told(known.ladder(str(complaint.data["branch"])), complaint.data)
    circumstances = Circumstances(policy, calendar, None, ladder, now, now)
    happened = complaint_times.course(complaint, now)
    found = promises.reckoned(complaint_times.timers(policy), happened, circumstances)
    changes = [*promises.kept(family, found), *promises.notices(family, found, circumstances)]
    changes += callbacks.after_complaint(complaint, order, policy, known.questions, calendar)
    audit, month_ends = complaint_times.audited(complaint, ladder[LADDER[-1]], calendar, now)
    moments = [promises.next_look(found, now), month_ends]
    return Look([*changes, *audit], min((one for one in moments if one is not None), default=None))


def _look_at_callback_plan(family: Family, around: Around) -> Look:
    plan = family.root
    assert plan is not None
    calendar = around.references.calendar_of(plan.data)
    today = local_day(around.now, calendar.zone)
    changes = list(callbacks.planned(plan, around.references.questions, calendar, today))
    return Look(changes, at(today + timedelta(days=1), 0, calendar.zone))


_RULES: Mapping[str, Callable[[Family, Around], Look]] = {
    "work_order": _look_at_order,
    "patrol_plan": _look_at_plan,
    "callback": _look_at_callback,
    "callback_plan": _look_at_callback_plan,
    "complaint": _look_at_complaint,
}


def missing(reader: Reader, changes: Sequence[Change]) -> list[Change]:
    """The changes that are still to be made: whole groups whose first record does not exist yet."""
    makes = [change.record for change in changes if change.do == "create"]
    there = {row.id for start in range(0, len(makes), 500) for row in reader.rows(makes[start : start + 500])}
    done = {change.group for change in changes if change.group and change.do == "create" and change.record in there}
    return [
        change
        for change in changes
        if not (change.group in done if change.group else change.do == "create" and change.record in there)
    ]


def _write(parts: Parts, changes: Sequence[Change], lead: Lead) -> int:
    made = 0
    for number, batch in enumerate(_batches(changes)):
        if number:
            lead.rest()
        lead.guard()
        wire = operations(batch, SYSTEM_USER, parts.engine.trade.schema)
        answers = submit(parts.engine, SESSION, wire, parts.now())
        refused = [answer for answer in answers if answer.verdict == PARKED]
        if refused:
            structlog.get_logger().error("watch_refused", codes=sorted({str(one.code) for one in refused}))
        made += len(answers) - len(refused)
    return made


def _batches(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """About MOST_OPERATIONS changes at a time; a group is never parted."""
    batch: list[Change] = []
    for index, change in enumerate(changes):
        batch.append(change)
        follows = changes[index + 1] if index + 1 < len(changes) else None
        together = follows is not None and change.group is not None and follows.group == change.group
        if len(batch) >= MOST_OPERATIONS and not together:
            yield batch
            batch = []
    if batch:
        yield batch
