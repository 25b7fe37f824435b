"""What the app reckons itself: round-the-clock deadlines of an order, and the time left to the nearest one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.domain import work_order
from backend.domain.timers import applies, grade

MINUTE = 60_000

# The clock starts, and the field of the order that holds each.
STARTS = {
    "received": "received_at",
    "appointment_start": "appointment_start",
    "appointment_end": "appointment_end",
}

# The first state of the ladder in which a timer is met.
MET_FROM = {"respond": "accepted", "arrive": "arrived", "plan": "quoted", "solve": "cleaning_up"}

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A timer of the policy applied to one order; `due_at` in milliseconds."""

    name: str
    due_at: int


def deadlines(policy: Data, order: Data) -> list[Deadline]:
    """Every timer that applies to the order's priority and whose clock has started, the nearest first."""
    found = [
        Deadline(timer["name"], order[STARTS[timer["start"]]] + timer["limit"] * MINUTE)
        for timer in policy.get("timers") or []
        if _reckoned(timer) and _applies(timer, policy, order) and order.get(STARTS[timer["start"]]) is not None
    ]
    return sorted(found, key=lambda one: (one.due_at, one.name))


def _reckoned(timer: Data) -> bool:
    """True for a timer that needs no working calendar and starts with a field of the order."""
    known = timer["start"] in STARTS and timer["name"] in MET_FROM
    return known and timer["limit"] is not None and timer["unit"] == "min" and timer["calendar"] == "24x7"


def _applies(timer: Data, policy: Data, order: Data) -> bool:
    """True if the order is what the timer asks for; a case, a region or what it leaves out the scheduler knows."""
    if timer.get("case") or timer.get("band") or timer.get("exclude"):
        return False
    return applies(timer, {**order, "grade": grade(policy, order)})


def nearest(policy: Data, order: Data) -> Deadline | None:
    """The first deadline that the order's state does not meet yet; None when none runs."""
    return next((one for one in deadlines(policy, order) if not met(one.name, order)), None)


def met(name: str, order: Data) -> bool:
    """True if the order went as far as the timer asks, or needs no more work."""
    here = work_order.rank(order)
    return here is None or here >= work_order.LADDER.index(MET_FROM[name])


def time_left(policy: Data, order: Data, now: int) -> int | None:
    """Milliseconds to the nearest deadline, negative when it is past; None when none runs."""
    due = nearest(policy, order)
    return None if due is None else due.due_at - now
