"""What is promised on an order or a complaint: its deadlines, and who is told when one draws near or is missed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.domain import course
from backend.domain.deadline import (
    BREACHED,
    FOREVER,
    LADDER,
    RUNNING,
    UNKNOWN,
    WARNINGS,
    WITHDRAWN,
    Course,
    Deadline,
    Timer,
    deadline,
)
from backend.domain.derived import Change, create, create_root, record_id, update
from backend.domain.timers import applies, grade
from backend.domain.work_calendar import MINUTE, WorkCalendar
from backend.domain.work_order import PATROLS
from sync.records import Record
from sync.trade import Family

Data = Mapping[str, Any]

AT_ONCE_EVERY = 5 * MINUTE  # "at once" is repeated until somebody accepts
AT_ONCE_TIMES = 12
LATE = frozenset({RUNNING, BREACHED, UNKNOWN})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a rule must know beside the order: its policy, calendar, region band, who leads, and what is known.

    `ladder` are the user ids told at 100, 150 and 200 percent.
    """

    policy: Data
    calendar: WorkCalendar
    band: str | None
    ladder: Mapping[int, Sequence[str]]
    known_until: int
    now: int

    @property
    def desk(self) -> Sequence[str]:
        """Who hands work out: whom the ladder tells first."""
        return self.ladder.get(LADDER[0], ())


def timers(policy: Data, order: Data, band: str | None) -> Iterator[tuple[str, Timer]]:
    """(key, timer) of the policy that applies to an order; a blank limit promises nothing."""
    facts = {**order, "band": order.get("region_band") or band, "grade": grade(policy, order)}
    for number, one in enumerate(policy.get("timers") or []):
        if order.get("type") in PATROLS and one["name"] != "report":
            continue  # a round has its window; only its report is promised
        if one["limit"] is None or not applies(one, facts):
            continue
        known = (one["name"], one["start"], one["stop"], one["limit"], one["unit"], one["calendar"], one["source"])
        yield f"{number} {one['name']}", Timer(*known, bool(one.get("pausable")))


def deadlines(family: Family, around: Circumstances) -> list[tuple[str, Deadline]]:
    """(key, deadline) of every timer of an order whose clock has started."""
    assert family.root is not None
    happened = course.course(family, around.known_until)
    return reckoned(timers(around.policy, family.root.data, around.band), happened, around)


def reckoned(timed: Iterable[tuple[str, Timer]], happened: Course, around: Circumstances) -> list[tuple[str, Deadline]]:
    """(key, deadline) of every timer whose clock has started."""
    found = []
    for key, timer in timed:
        one = deadline(timer, happened, around.calendar, around.now)
        if one is not None:
            found.append((key, one))
    return found


def kept(family: Family, found: Sequence[tuple[str, Deadline]]) -> Iterator[Change]:
    """The changes that bring the root's stored deadlines up to date; one that no timer asks for is withdrawn."""
    order = family.root
    assert order is not None
    stored = {one.id: one for one in family.of("deadline")}
    for key, one in found:
        about = f"deadline {order.id} {key}"
        record = record_id(about, one.start_at)
        known = stored.pop(record, None)
        if known is None:
            yield create(f"{about} from {one.start_at}", "deadline", record, order.id, fields(one), one.start_at)
        else:
            yield from update(about, known, _values(one), one.start_at)
    for left in stored.values():
        yield from update(f"deadline {left.id} withdrawn", left, {"state": WITHDRAWN}, left.data["start_at"])


def fields(one: Deadline) -> dict[str, Any]:
    """The fields of the record that keeps a deadline."""
    return {**_rule(one.timer), **_values(one)}


def _rule(timer: Timer) -> dict[str, Any]:
    return {
        "name": timer.name,
        "start": timer.start,
        "stop": timer.stop,
        "limit": timer.limit,
        "limit_unit": timer.unit,
        "calendar": timer.calendar,
        "source": timer.source,
        "pausable": timer.pausable or None,
    }


def _values(one: Deadline) -> dict[str, Any]:
    held = one.due_at is not None and one.due_at >= FOREVER
    points = [{"share": share, "at": at} for share, at in one.points if at < FOREVER]
    pauses = [{"from": start, "until": None if end >= FOREVER else end} for start, end in one.pauses]
    return {
        "start_at": one.start_at,
        "due_at": None if held else one.due_at,
        "points": points or None,
        "pauses": pauses or None,
        "state": one.state,
        "stopped_at": one.stopped_at,
        "missing_year": one.missing_year,
    }


def notices(family: Family, found: Sequence[tuple[str, Deadline]], around: Circumstances) -> Iterator[Change]:
    """Each warning and each step of the ladder once, in the order they fall due."""
    for key, one in found:
        if one.state not in LATE:
            continue
        reached = [point for point in one.points if point[1] <= around.now]
        for share, at in reached:
            yield from _told(family, key, one, share, at, around)
        yield from _desk_warned(family, key, one, reached, around)
        if _is_at_once(one.timer):
            yield from _at_once(family, key, one, around)


def _told(family: Family, key: str, one: Deadline, share: int, at: int, around: Circumstances) -> Iterator[Change]:
    root = family.root
    assert root is not None
    responsible = _responsible(root)
    if share in WARNINGS and responsible:
        yield _notice(root, key, one, "warning", share, at, responsible)
    if share in LADDER:
        # While the tablet has not synced since the due moment nobody knows: that is all there is to tell.
        kind = "waiting_for_sync" if one.state == UNKNOWN else "escalation"
        for to in around.ladder.get(share, ()):
            if kind == "escalation" or share == LADDER[0]:
                yield _notice(root, key, one, kind, share, at, to)


def _desk_warned(
    family: Family, key: str, one: Deadline, reached: Sequence[tuple[int, int]], around: Circumstances
) -> Iterator[Change]:
    """What nobody has taken on is the desk's to hand out: it hears of the last share reached before the ladder does."""
    root = family.root
    assert root is not None
    if reached and reached[-1][0] not in LADDER and not _responsible(root):
        share, at = reached[-1]
        for to in around.desk:
            yield _notice(root, key, one, "warning", share, at, to)


def _responsible(root: Record) -> str | None:
    found = root.data.get("assignee") or root.data.get("handler")
    return str(found) if found else None


def _is_at_once(timer: Timer) -> bool:
    """True for what is promised without delay on receipt; an appointment is no such promise."""
    return timer.limit == 0 and timer.start == "received"


def _at_once(family: Family, key: str, one: Deadline, around: Circumstances) -> Iterator[Change]:
    assert family.root is not None
    for turn in range(1, AT_ONCE_TIMES):
        at = one.start_at + turn * AT_ONCE_EVERY
        if at <= around.now:
            for to in around.desk:
                yield _notice(family.root, f"{key} again {turn}", one, "escalation", 100, at, to)


ABOUT = {"work_order": "order", "complaint": "complaint"}


def _notice(root: Record, key: str, one: Deadline, kind: str, share: int, at: int, to: str) -> Change:
    about = f"notice {root.id} {key} from {one.start_at} {kind} {share} {to}"
    record = record_id(about, one.start_at)
    due = one.due_at if one.due_at is not None and one.due_at < FOREVER else None
    told = {"to": to, "kind": kind, "timer": one.timer.name, "share": share, "at": at, "due_at": due}
    values = {**told, ABOUT[root.type]: root.id}
    return create(about, "notice", record, record, values, at)


def next_look(found: Sequence[tuple[str, Deadline]], now: int) -> int | None:
    """The next moment at which one of the deadlines has something to say; None if no clock runs."""
    moments = [at for _, one in found if one.state in LATE for _, at in one.points if now < at < FOREVER]
    moments += [
        one.start_at + turn * AT_ONCE_EVERY
        for _, one in found
        if one.state in LATE and _is_at_once(one.timer)
        for turn in range(1, AT_ONCE_TIMES)
        if one.start_at + turn * AT_ONCE_EVERY > now
    ]
    moments += [end for _, one in found for _, end in one.pauses if now < end < FOREVER]
    return min(moments, default=None)


def stopped_notice(plan: Record, because: str, to: str, at: int) -> Change:
    """Tells the desk that a plan makes no more rounds, once for each version of the plan."""
    about = f"notice {plan.id} {because} {plan.version} {to}"
    kind = "no_calendar" if because == "no_calendar" else "plan_stopped"
    return create_root(about, "notice", {"to": to, "kind": kind, "plan": plan.id, "at": at}, at)
