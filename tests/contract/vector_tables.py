"""Vectors of the machines of orders and complaints, made from the decision tables of its tests."""

import random
from collections.abc import Iterator
from typing import Any

from backend.domain import complaint, work_order
from sync.trade import Family
from tests.backend.domain import complaints, test_advance, test_guards, test_round, test_states
from tests.backend.domain.orders import order

DRAWN = 60

Case = dict[str, Any]


def guards() -> Iterator[Case]:
    """Every row of every decision table."""
    for guard, table in test_guards.TABLES.items():
        for name, (family, expected) in table.items():
            yield {"name": f"{guard}: {name}", "guard": guard, **_family(family), "holds": expected}


def steps() -> Iterator[Case]:
    """Every tapped step in every state: `y` leads on, `=` is there already or beyond, `.` is refused."""
    for step in test_states.TAPS:
        outcomes = {state: expected for state, tap, expected in test_states.CASES if tap == step}
        yield {"step": step, **_family(test_states.willing("", step)), "outcomes": outcomes}


def journeys() -> Iterator[Case]:
    """Orders with facts drawn at random: where they go by themselves, and what they lack for their report."""
    dice = random.Random(2)
    for _ in range(DRAWN):
        facts = {one.id: one for one in dice.sample(test_advance.FACTS, dice.randint(0, 9))}
        data = {"diagnosis": "x", "state": dice.choice(work_order.STATES), "held_from": "quoted"}
        entitlement = dice.choice(["free", "list_price", None])
        yield _journey(order(*facts.values(), **data, **({"entitlement": entitlement} if entitlement else {})))
    for family, _ in test_round.ROUNDS.values():
        yield _journey(family)


def complaint_steps() -> Iterator[Case]:
    """Every step of a complaint in every state, with all that is asked for and without each of it."""
    for step, state, _ in complaints.CASES:
        for lacking in ((), *complaints.FIELDS.values()):
            data = {name: value for name, value in complaints.WRITTEN.items() if name not in lacking}
            family = complaints.found(state=state, **data)
            yield {"step": step, "data": {"state": state, **data}, "leads": complaints.taken(step, family)}


def complaint_records() -> Iterator[Case]:
    """Records with some of their fields, and which of them are absent for the audit."""
    dice = random.Random(3)
    told = {**complaints.WRITTEN, "complainant": "演示联系人", "contact": "c", "demand": "清理", "paper_file": "K-1"}
    for _ in range(DRAWN):
        data = {name: told[name] for name in dice.sample(sorted(told), dice.randint(0, len(told)))}
        data |= {"key_complaint": True} if dice.random() < 0.5 else {}
        yield {"data": data, "absent": complaint.absent(data)}


def _journey(family: Family) -> Case:
    missing = [[guard, gap.kind, gap.target] for guard, gap in work_order.missing(family)]
    return {**_family(family), "advance": work_order.advance(family), "missing": missing}


def _family(family: Family) -> Case:
    assert family.root is not None
    records = [{"type": one.type, "id": one.id, "data": one.data, "gone": one.gone} for one in family.records]
    return {"root": {"type": "work_order", "id": family.root.id, "data": family.root.data}, "records": records}


MADE = {
    "complaint_records": complaint_records,
    "complaint_steps": complaint_steps,
    "guards": guards,
    "steps": steps,
    "journeys": journeys,
}
