"""What each schema changed: an operation of an older app, step by step in the words of today.

A step is kept for at least 24 months after the release that made it necessary.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from backend.domain.deadline import MINUTES, ROUND_THE_CLOCK, STOPS
from sync.errors import Refused
from sync.operations import Operation

OLDEST = 1


def upcast(op: Operation) -> Operation:
    """The operation as an app of today would have made it."""
    if op.schema < OLDEST:
        raise Refused("schema_unsupported", {"schema": op.schema})
    for step in _STEPS[op.schema - OLDEST :]:
        op = step(op)
    return replace(op, schema=SCHEMA)


def _say_declined(op: Operation) -> Operation:
    """2: a customer who would not rate is `declined`; before, a missing score meant that."""
    if op.type != "rating" or op.do != "append":
        return op
    values = op.body["values"]
    if values.get("score") is not None:
        return op
    return replace(op, body={"values": {**values, "declined": True}})


def _name_units(op: Operation) -> Operation:
    """2: a timer's limit has a unit, a calendar and an end; before, all were minutes round the clock."""
    if op.type != "service_policy" or op.do != "create":
        return op
    values = op.body["values"]
    timers = values.get("timers")
    if not isinstance(timers, list) or not any(
        isinstance(timer, dict) and "limit_minutes" in timer for timer in timers
    ):
        return op
    return replace(op, body={"values": {**values, "timers": [_with_unit(timer) for timer in timers], "active": True}})


def _with_unit(timer: Any) -> Any:
    if not isinstance(timer, dict):
        return timer
    known = {name: value for name, value in timer.items() if name != "limit_minutes"}
    limit = {"limit": timer.get("limit_minutes"), "unit": MINUTES, "calendar": ROUND_THE_CLOCK}
    return {"stop": STOPS.get(str(timer.get("name"))), **limit, **known}


def _to_schema_2(op: Operation) -> Operation:
    return _name_units(_say_declined(op))


_STEPS: tuple[Callable[[Operation], Operation], ...] = (_to_schema_2,)
SCHEMA = OLDEST + len(_STEPS)
