"""Which orders a timer of a policy is for: what it asks for, and what it leaves out."""

from collections.abc import Mapping
from typing import Any

Data = Mapping[str, Any]

CONDITIONS = ("priority", "severity", "grade", "band", "case")


def grade(policy: Data, order: Data) -> str | None:
    """The service grade of an order; if nobody gave it one, what its policy says of its fault level."""
    by_level = (policy.get("settings") or {}).get("grades") or {}
    return order.get("grade") or by_level.get(order.get("severity"))


def applies(timer: Data, facts: Data) -> bool:
    """True if the facts are all that the timer asks for, and none that it leaves out."""
    left_out = timer.get("exclude") or {}
    asked = all(timer.get(name) in (None, facts.get(name)) for name in CONDITIONS)
    return asked and not any(left_out.get(name) == facts.get(name) for name in CONDITIONS if left_out.get(name))
