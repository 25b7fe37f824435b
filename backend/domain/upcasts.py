"""What each schema changed: an operation of an older app, step by step in the words of today.

A step is kept for at least 24 months after the release that made it necessary.
"""

from collections.abc import Callable
from dataclasses import replace

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


_STEPS: tuple[Callable[[Operation], Operation], ...] = (_say_declined,)
SCHEMA = OLDEST + len(_STEPS)
