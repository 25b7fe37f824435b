"""Steps from state to state, as data, and what keeps a record from one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.domain.conditions import Condition, Gap, gaps
from sync.errors import Refused
from sync.trade import Family

Data = Mapping[str, Any]
Guards = Mapping[str, Condition]


@dataclass(frozen=True, slots=True)
class Transition:
    """A named step; `auto` ones follow from the facts, the others from a tap by one of the roles `by`."""

    name: str
    start: frozenset[str]
    to: str
    guards: tuple[str, ...] = ()
    by: frozenset[str] = frozenset()

    @property
    def auto(self) -> bool:
        """True if nobody taps it."""
        return not self.by

    @classmethod
    def of(cls, name: str, start: str, to: str, guards: str = "", by: str = "") -> "Transition":
        """A step as tables write it: several states, guards or roles lie in one text."""
        return cls(name, frozenset(start.split()), to, tuple(guards.split()), frozenset(by.split()))


def unmet(step: Transition, guards: Guards, data: Data, family: Family) -> list[tuple[str, Gap]]:
    """(guard, gap) for everything that keeps a record from a step."""
    return [(guard, gap) for guard in step.guards for gap in gaps(guards[guard], data, family)]


def demand(step: Transition, guards: Guards, data: Data, family: Family) -> None:
    """Raises Refused("guard_failed") for the first thing that keeps a record from a step."""
    for guard, gap in unmet(step, guards, data, family):
        raise Refused("guard_failed", {"guard": guard, "kind": gap.kind, "target": gap.target})
