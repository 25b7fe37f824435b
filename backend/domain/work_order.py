"""The state machine of a work order: states, transitions and guards as data, and how an order moves."""

from collections.abc import Mapping
from typing import Any

from backend.domain.conditions import Gap, holds, types
from backend.domain.guards import GUARDS
from backend.domain.transitions import Transition, demand, unmet
from sync.errors import Refused
from sync.policy import INSERTS
from sync.trade import Family

LADDER = (
    "intake", "triaged", "dispatched", "accepted", "departed", "arrived", "diagnosing", "plan_review", "quoted",
    "consented", "repairing", "testing", "cleaning_up", "acceptance", "settled", "reported", "in_review", "archived",
    "callback_due", "callback_done",
)  # fmt: skip
BESIDE = ("remote_support", "refused", "returned", "on_hold", "closed_remote", "closed_refused", "cancelled", "missed")
STATES = (*LADDER, *BESIDE)

PATROLS = frozenset(GUARDS["patrol"]["in"][1])

ON_SITE = frozenset(LADDER[LADDER.index("accepted") : LADDER.index("reported")]) | {"refused", "returned", "on_hold"}
ADDITIVE = ON_SITE | {"dispatched", "reported", "in_review"}
WAITING = frozenset(LADDER[: LADDER.index("diagnosing")]) - {"intake"}
APPROVED = frozenset(LADDER[LADDER.index("archived") :])
CLOSED = APPROVED | {"closed_remote", "closed_refused", "missed"}
ENDED_WITHOUT_REPORT = CLOSED - APPROVED | {"cancelled"}
UNFINISHED = frozenset(LADDER[: LADDER.index("reported")]) | {"remote_support", "refused", "on_hold"}


_step = Transition.of


def _from_any(name: str, start: frozenset[str], to: str, guards: str, by: str) -> Transition:
    return _step(name, " ".join(start), to, guards, by)


HELD = "held_from"
FIELD_LEADS = "engineer dispatcher supervisor"

TRANSITIONS = (
    _step("dispatch", "triaged", "dispatched", "assignee"),
    _step("accept", "dispatched", "accepted", "", "engineer"),
    _step("depart", "accepted", "departed", "G-05", "engineer"),
    _step("arrive", "departed", "arrived", "", "engineer"),
    _step("start", "arrived", "diagnosing", "", "engineer"),
    _step("quote", "diagnosing", "quoted", "offered"),
    _step("quote", "consented refused repairing testing", "quoted", "presented"),
    _step("consent", "quoted refused", "consented", "G-07"),
    _step("refuse", "quoted", "refused", "G-08"),
    _step("repair", "diagnosing consented", "repairing", "diagnosis G-09 G-10"),
    _step("test", "repairing", "testing", "diagnosis G-11 G-12 G-13 repaired test_started"),
    _step("clean_up", "testing", "cleaning_up", "G-15"),
    _step("hand_over", "cleaning_up", "acceptance", "cleaned_up after_photo"),
    _step("settle", "acceptance", "settled", "G-16 G-17"),
    _step("finish", "settled returned", "reported", "G-19", "engineer"),
    _step("close", "refused", "closed_refused", "G-08", "engineer"),
    _step("review", "reported", "in_review", "photos_stored"),
    _step("approve", "in_review", "archived", "G-20", "supervisor"),
    _step("return", "in_review", "returned", "review_returns", "supervisor"),
    _from_any("hold", ON_SITE - {"on_hold"} | {"dispatched"}, "on_hold", "hold_reason", FIELD_LEADS),
    _step("resume", "on_hold", HELD, "", FIELD_LEADS),
    _from_any("cancel", UNFINISHED, "cancelled", "cancel_reason", "dispatcher supervisor"),
    _step("reopen", "cancelled", HELD, "", "dispatcher supervisor"),
    _step("inspect", "dispatched accepted departed arrived", "diagnosing", "patrol", "engineer"),
    _step("inspected", "diagnosing", "settled", "patrol round_complete findings co_signed"),
    _from_any("miss", WAITING, "missed", "patrol missed_because", "engineer dispatcher supervisor system"),
)

# Where an order stands once it was brought back: there, another tap was first.
BACK = {"resume": ON_SITE - {"on_hold"} | {"dispatched"}, "reopen": UNFINISHED | ON_SITE}

# Records whose change may move an order by itself; deciding a conflict changes the order too.
MOVERS = frozenset({"work_order", "conflict"}).union(
    *(types(GUARDS[guard]) for step in TRANSITIONS if step.auto for guard in step.guards)
)

# The automatic steps out of each state, in the order in which they are tried.
AUTOMATIC: Mapping[str, tuple[Transition, ...]] = {
    state: tuple(step for step in TRANSITIONS if step.auto and state in step.start) for state in STATES
}

ROAD = ("repair", "test", "clean_up", "hand_over", "settle", "finish")  # what a repair passes on its way to a report
ROUND = ("inspected", "finish")  # and what a patrol passes


def rank(data: Mapping[str, Any]) -> int | None:
    """How far up the ladder an order is, a held one where it was held; None if it left the ladder."""
    state = data.get(HELD) if data.get("state") == "on_hold" else data.get("state")
    return LADDER.index(state) if state in LADDER else None


def transition(name: str, roles: frozenset[str], family: Family) -> dict[str, object]:
    """Fields that a tapped step sets on the order; empty if another tap already brought it there or beyond."""
    data = _data(family)
    step = next((one for one in TRANSITIONS if one.name == name and not one.auto), None)
    if step is None:
        raise Refused("wrong_state", {"name": name, "state": data.get("state")})
    if not step.by & roles:
        raise Refused("forbidden_field", {"field": name, "state": data.get("state")})
    if data.get("state") in step.start:
        demand(step, GUARDS, data, family)
        return _moved(step, data)
    if _passed(step, data):
        return {}
    code = closed(str(data.get("state")), "transition")
    if code is not None:
        raise Refused(code, {"state": data.get("state")})
    raise Refused("wrong_state", {"name": name, "state": data.get("state")})


def closed(state: str | None, do: str) -> str | None:
    """The code that says why an order in this state takes no such change any more; None while it is open."""
    if state == "cancelled":
        return "order_cancelled"
    if state in APPROVED and do not in INSERTS:
        return "report_approved"
    return "order_closed" if state in CLOSED else None


def advance(family: Family) -> dict[str, object]:
    """The state an order reaches by itself from its facts; empty if it stays."""
    start = state = _data(family).get("state")
    seen: set[object] = set()
    while state not in seen:
        seen.add(state)
        state = next((step.to for step in AUTOMATIC.get(str(state), ()) if _ready(step, family)), state)
    return {} if state == start else {"state": state}


def missing(family: Family) -> list[tuple[str, Gap]]:
    """What lies between the order and its report: the finish check, each guard once, in working order."""
    data = _data(family)
    here = rank(data)
    road = ROUND if data.get("type") in PATROLS else ROAD
    steps = [one for name in road for one in TRANSITIONS if one.name == name]
    ahead = [one for one in steps if here is None or LADDER.index(one.to) > here]
    if data.get("state") == "returned":
        ahead = steps[-1:]
    return list(dict.fromkeys(entry for step in ahead for entry in unmet(step, GUARDS, data, family)))


def _ready(step: Transition, family: Family) -> bool:
    data = _data(family)
    return all(holds(GUARDS[guard], data, family) for guard in step.guards)


def _moved(step: Transition, data: Mapping[str, Any]) -> dict[str, object]:
    if step.name in ("hold", "cancel"):
        return {"state": step.to, HELD: data.get(HELD) if data["state"] == "on_hold" else data["state"]}
    if step.to == HELD:
        return {"state": data.get(HELD) or "triaged", HELD: None}
    return {"state": step.to}


def _passed(step: Transition, data: Mapping[str, Any]) -> bool:
    """True if the order is where the step leads, or further up the ladder."""
    here = rank(data)
    if data.get("state") == step.to or data.get("state") in BACK.get(step.name, ()):
        return True
    return step.to in LADDER and here is not None and here >= LADDER.index(step.to)


def _data(family: Family) -> Mapping[str, Any]:
    return family.root.data if family.root else {}
