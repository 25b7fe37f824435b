"""How a complaint is handled: its states, the steps between them and what each step asks for, as data."""

from collections.abc import Mapping
from typing import Any

from backend.domain.conditions import gaps
from backend.domain.transitions import Transition, demand
from sync.errors import InvalidValue, Refused
from sync.trade import Draft, Family

STATES = ("opened", "acknowledged", "investigated", "confirmed", "executed", "closed")
OPEN = frozenset(STATES[:-1])
HANDLERS = frozenset({"dispatcher", "supervisor"})

# What whoever was on site hands in; the rest is written at the desk.
HANDED_IN = frozenset({
    "number", "branch", "customer", "site", "contact", "asset", "order", "engineers", "channel", "complainant",
    "received_at", "description", "demand",
})  # fmt: skip

TOLD = {"all": [{"set": "told_at"}, {"set": "satisfaction"}]}
GUARDS: Mapping[str, Mapping[str, Any]] = {
    "handler": {"set": "handler"},
    "finding": {"set": "finding"},
    "solution": {"set": "solution"},
    "confirmed_by": {"set": "confirmed_by"},
    "root_cause": {"set": "root_cause"},
    "prevention": {"set": "prevention"},
    "told": {"any": [TOLD, {"set": "attempted"}]},
    "attempted": {"set": "attempted"},
}


# What a whole record tells, for the monthly audit; a key complaint has a paper file too.
WHOLE = {
    "all": [
        {"any": [{"set": "complainant"}, {"set": "contact"}]},
        *({"set": name} for name in ("demand", "handler", "finding", "solution", "root_cause", "prevention")),
        {"any": [{"set": "paper_file"}, {"not": {"equals": ["key_complaint", True]}}]},
    ]
}


def _step(name: str, start: str, to: str, guards: str = "") -> Transition:
    return Transition.of(name, start, to, guards, " ".join(HANDLERS))


STEPS = (
    _step("acknowledge", "opened", "acknowledged", "handler"),
    _step("investigate", "acknowledged", "investigated", "finding solution"),
    _step("confirm", "investigated", "confirmed", "confirmed_by"),
    _step("execute", "confirmed", "executed"),
    _step("close", "executed", "closed", "root_cause prevention told"),
    _step("give_up", "investigated confirmed", "closed", "root_cause prevention attempted"),
)


def transition(name: str, draft: Draft, family: Family) -> dict[str, object]:
    """The new state and when it was reached; empty if another tap already brought the complaint there or beyond."""
    state = str(draft.data.get("state"))
    step = next((one for one in STEPS if one.name == name), None)
    if step is None:
        raise Refused("wrong_state", {"name": name, "state": state})
    if not step.by & draft.roles:
        raise Refused("forbidden_field", {"field": name, "state": state})
    if state in step.start:
        demand(step, GUARDS, draft.data, family)
        return {"state": step.to, f"{step.to}_at": draft.moment.counted}
    if STATES.index(state) >= STATES.index(step.to):
        return {}
    raise Refused("wrong_state", {"name": name, "state": state})


def absent(data: Mapping[str, Any]) -> list[str]:
    """The fields that a complaint's record lacks to be whole."""
    return [gap.target for gap in gaps(WHOLE, data, Family(None))]


def check_new(draft: Draft, family: Family) -> None:
    """A complaint goes to the desk of the branch that its author works for."""
    if "system" not in draft.roles and draft.data["branch"] != draft.user.data.get("branch"):
        raise Refused("no_access")
    if not draft.roles & {*HANDLERS, "system"}:
        _check_handed_in(draft.data)
    check_handler(draft, family)


def _check_handed_in(data: Mapping[str, object]) -> None:
    written = (name for name, value in data.items() if value is not None and name not in HANDED_IN)
    for name in written:
        raise Refused("forbidden_field", {"field": name})


def check_handler(draft: Draft, _: Family) -> None:
    """Nobody handles a complaint about his own work."""
    if draft.data.get("handler") in (draft.data.get("engineers") or ()):  # type: ignore[operator]
        raise InvalidValue("concerned", field="handler")


def derived(draft: Draft) -> dict[str, object]:
    """A new complaint is open, and says who registered it."""
    return {"state": STATES[0], "registered_by": draft.user.id} if draft.record is None else {}
