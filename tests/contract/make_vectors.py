"""Writes the vectors of the order's machine from the decision tables: `python -m tests.contract.make_vectors`."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backend.domain import work_order
from sync.trade import Family
from tests.backend.domain import test_advance, test_guards, test_states
from tests.backend.domain.orders import order

VECTORS = Path(__file__).parent / "vectors"
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
        family = order(*facts.values(), **data, **({"entitlement": entitlement} if entitlement else {}))
        missing = [[guard, gap.kind, gap.target] for guard, gap in work_order.missing(family)]
        yield {**_family(family), "advance": work_order.advance(family), "missing": missing}


MADE = {"guards": guards, "steps": steps, "journeys": journeys}


def _family(family: Family) -> Case:
    assert family.root is not None
    records = [{"type": one.type, "id": one.id, "data": one.data, "gone": one.gone} for one in family.records]
    return {"root": {"type": "work_order", "id": family.root.id, "data": family.root.data}, "records": records}


def lines(cases: Iterator[Case]) -> str:
    """One case a line, so that a change shows as what it is."""
    return "[\n" + ",\n".join("  " + json.dumps(case, ensure_ascii=False) for case in cases) + "\n]\n"


def main() -> None:
    """Write the vectors that are made, and count all of them."""
    for name, make in MADE.items():
        (VECTORS / f"{name}.json").write_text(lines(make()), encoding="utf-8")
    known = sorted(path for path in VECTORS.glob("*.json") if path.stem != "counts")
    counts = {path.stem: len(json.loads(path.read_text(encoding="utf-8"))) for path in known}
    (VECTORS / "counts.json").write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
