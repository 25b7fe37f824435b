"""Complaints in a line, for the tests of their steps and the vectors made of them."""

from typing import Any

from backend.domain import complaint
from backend.domain.complaint import GUARDS, STATES, STEPS
from sync.errors import Refused
from sync.records import Record
from sync.trade import Family
from tests.backend.domain.orders import ORDER, draft

# Everything that the steps ask for.
WRITTEN: dict[str, Any] = {
    "handler": "h", "finding": "接线松动", "solution": "repair", "confirmed_by": "演示联系人", "root_cause": "未复紧",
    "prevention": "加入检查表", "told_at": 1, "satisfaction": 4, "attempted": "三次电话未接",
}  # fmt: skip
FIELDS = {guard: tuple(name for name in WRITTEN if name == guard) for guard in GUARDS} | {
    "told": ("told_at", "satisfaction", "attempted")
}

# Each step in each state: where it leads, `=` where another tap was first, `.` where it is refused.
TABLE = {
    #               opened         acknowledged   investigated confirmed  executed closed
    "acknowledge": ("acknowledged", "=",           "=",         "=",       "=",     "="),
    "investigate": (".",            "investigated", "=",        "=",       "=",     "="),
    "confirm":     (".",            ".",           "confirmed", "=",       "=",     "="),
    "execute":     (".",            ".",           ".",         "executed", "=",    "="),
    "close":       (".",            ".",           ".",         ".",       "closed", "="),
    "give_up":     (".",            ".",           "closed",    "closed",  ".",     "="),
}  # fmt: skip


def found(**data: Any) -> Family:
    """A complaint; `opened` unless another state is given."""
    return Family(Record(ORDER, "complaint", ORDER, {"state": "opened", **data}))


def taken(step: str, family: Family, role: str = "dispatcher") -> str:
    """The state that a step leads to, `=` for none, `.` for a refusal."""
    root = family.root
    assert root is not None
    made = draft("complaint", "transition", root.data, root, role)
    try:
        return str(complaint.transition(step, made, family).get("state", "="))
    except Refused:
        return "."


CASES = [(step, state, expected) for step, row in TABLE.items() for state, expected in zip(STATES, row, strict=True)]
LACKING = [
    (step.name, state, guard)
    for step in STEPS
    for state in sorted(step.start)
    for guard in step.guards
]  # fmt: skip
