"""Every state of an order against every step a person can tap: nothing is left unspecified."""

import pytest

from backend.domain import guards, work_order
from backend.domain.work_order import STATES, TRANSITIONS
from sync.errors import Refused
from sync.trade import Family
from tests.backend.domain.orders import consent, order, quotation, record, signature

TAPS = (
    "accept",
    "depart",
    "arrive",
    "start",
    "finish",
    "close",
    "hold",
    "resume",
    "cancel",
    "approve",
    "return",
    "inspect",
    "miss",
    "reopen",
)

# A letter per step: y leads on, = is there already or beyond, . is the wrong state.
TABLE = """
                accept depart arrive start finish close hold resume cancel approve return inspect miss reopen
intake            .      .      .      .     .      .     .     .      y      .      .      .      .      =
triaged           .      .      .      .     .      .     .     .      y      .      .      .      y      =
dispatched        y      .      .      .     .      .     y     =      y      .      .      y      y      =
accepted          =      y      .      .     .      .     y     =      y      .      .      y      y      =
departed          =      =      y      .     .      .     y     =      y      .      .      y      y      =
arrived           =      =      =      y     .      .     y     =      y      .      .      y      y      =
diagnosing        =      =      =      =     .      .     y     =      y      .      .      =      .      =
plan_review       =      =      =      =     .      .     y     =      y      .      .      =      .      =
quoted            =      =      =      =     .      .     y     =      y      .      .      =      .      =
consented         =      =      =      =     .      .     y     =      y      .      .      =      .      =
repairing         =      =      =      =     .      .     y     =      y      .      .      =      .      =
testing           =      =      =      =     .      .     y     =      y      .      .      =      .      =
cleaning_up       =      =      =      =     .      .     y     =      y      .      .      =      .      =
acceptance        =      =      =      =     .      .     y     =      y      .      .      =      .      =
settled           =      =      =      =     y      .     y     =      y      .      .      =      .      =
reported          =      =      =      =     =      .     .     .      .      .      .      =      .      .
in_review         =      =      =      =     =      .     .     .      .      y      y      =      .      .
archived          =      =      =      =     =      .     .     .      .      =      .      =      .      .
callback_due      =      =      =      =     =      .     .     .      .      =      .      =      .      .
callback_done     =      =      =      =     =      .     .     .      .      =      .      =      .      .
remote_support    .      .      .      .     .      .     .     .      y      .      .      .      .      =
refused           .      .      .      .     .      y     y     =      y      .      .      .      .      =
returned          .      .      .      .     y      .     y     =      .      .      =      .      .      =
on_hold           =      =      =      .     .      .     =     y      y      .      .      .      .      =
closed_remote     .      .      .      .     .      .     .     .      .      .      .      .      .      .
closed_refused    .      .      .      .     .      =     .     .      .      .      .      .      .      .
cancelled         .      .      .      .     .      .     .     .      =      .      .      .      .      y
missed            .      .      .      .     .      .     .     .      .      .      .      .      =      .
"""  # an order on hold was held where it had arrived

_HEADER, *_ROWS = (line.split() for line in TABLE.strip().splitlines())
CASES = [(row[0], tap, cell) for row in _ROWS for tap, cell in zip(_HEADER, row[1:], strict=True)]
EVERYBODY = frozenset({"engineer", "dispatcher", "supervisor"})


def willing(state: str, tap: str) -> Family:
    """An order in `state` for which every guard of the step is met."""
    offer = quotation()
    decision = consent(offer, "no") if tap == "close" else consent(offer)
    review = {"approve": "approve", "return": "return"}.get(tap)
    reviews = [record("review", "v1", report="t1", decision=review)] if review else []
    facts = [offer, decision, signature(), record("report", "t1", result="done"), *reviews]
    kind = {"type": "patrol", "missed_because": "现场停电"} if tap in ("inspect", "miss") else {}
    return order(*facts, state=state, held_from="arrived", hold_reason="parts", cancel_reason="客户取消", **kind)


# Why an order in such a state takes no step any more.
TOO_LATE = {
    "cancelled": "order_cancelled",
    "closed_remote": "order_closed",
    "closed_refused": "order_closed",
    "missed": "order_closed",
    "archived": "report_approved",
    "callback_due": "report_approved",
    "callback_done": "report_approved",
}


def outcome(tap: str, family: Family, roles: frozenset[str] = EVERYBODY) -> str:
    """`y`, `=`, or the code of the refusal."""
    try:
        return "y" if work_order.transition(tap, roles, family) else "="
    except Refused as refused:
        return refused.code


def test_the_table_names_every_state_and_every_tapped_step():
    assert {state for state, _, _ in CASES} == set(STATES)
    assert set(_HEADER) == {step.name for step in TRANSITIONS if not step.auto} == set(TAPS)


@pytest.mark.parametrize(("state", "tap", "expected"), CASES)
def test_r_224_every_step_is_judged_in_every_state(state: str, tap: str, expected: str):
    refusal = TOO_LATE.get(state, "wrong_state")
    assert outcome(tap, willing(state, tap)) == (refusal if expected == "." else expected)


@pytest.mark.parametrize("state", STATES)
def test_a_change_that_comes_too_late_is_told_why(state: str):
    edited = TOO_LATE.get(state)
    made = "order_closed" if edited == "report_approved" else edited
    assert (work_order.closed(state, "set"), work_order.closed(state, "append")) == (edited, made)


@pytest.mark.parametrize(
    ("tap", "roles"),
    [
        ("accept", {"engineer"}),
        ("depart", {"engineer"}),
        ("arrive", {"engineer"}),
        ("start", {"engineer"}),
        ("finish", {"engineer"}),
        ("close", {"engineer"}),
        ("hold", {"engineer", "dispatcher", "supervisor"}),
        ("resume", {"engineer", "dispatcher", "supervisor"}),
        ("cancel", {"dispatcher", "supervisor"}),
        ("approve", {"supervisor"}),
        ("return", {"supervisor"}),
        ("inspect", {"engineer"}),
        ("miss", {"engineer", "dispatcher", "supervisor", "system"}),
        ("reopen", {"dispatcher", "supervisor"}),
    ],
)
def test_r_212_only_these_roles_may_take_a_step(tap: str, roles: set[str]):
    start = next(iter(sorted(next(step for step in TRANSITIONS if step.name == tap).start)))
    for role in ("engineer", "dispatcher", "supervisor", "admin", "system"):
        expected = "y" if role in roles else "forbidden_field"
        assert outcome(tap, willing(start, tap), frozenset({role})) == expected


def test_a_held_order_resumes_where_it_was_held():
    held = order(state="testing", hold_reason="parts")
    moved = work_order.transition("hold", frozenset({"engineer"}), held)
    assert moved == {"state": "on_hold", "held_from": "testing"}
    resumed = work_order.transition("resume", frozenset({"engineer"}), order(**moved))
    assert resumed == {"state": "testing", "held_from": None}


def test_nobody_taps_a_step_that_follows_from_facts():
    with pytest.raises(Refused, match="wrong_state"):
        work_order.transition("settle", EVERYBODY, order(state="acceptance"))


def test_every_guard_that_a_step_names_exists_and_every_guard_is_used():
    assert {guard for step in TRANSITIONS for guard in step.guards} == set(guards.GUARDS)


@pytest.mark.parametrize(("state", "back"), [("testing",) * 2, ("dispatched",) * 2, ("on_hold", "arrived")])
def test_a_cancelled_order_reopens_where_the_work_stood(state: str, back: str):
    cancelled = willing(state, "cancel")
    assert cancelled.root is not None
    cancelled.root.data.update(work_order.transition("cancel", EVERYBODY, cancelled))
    assert work_order.transition("reopen", EVERYBODY, cancelled)["state"] == back


def test_an_order_cancelled_before_that_was_noted_reopens_at_its_beginning():
    cancelled = order(state="cancelled")
    assert work_order.transition("reopen", EVERYBODY, cancelled) == {"state": "triaged", "held_from": None}
