"""What the engine asks of the trade: rights, guards and derived fields, all pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Protocol

from sync.event_time import Moment
from sync.operations import Operation
from sync.policy import Model
from sync.records import Record
from sync.values import value


class Family:
    """A root and its records as they stand inside the commit being judged.

    The records may be many: they are read only when somebody looks at them.
    """

    def __init__(self, root: Record | None, records: Iterable[Record] = ()) -> None:
        self.root = root
        self._records = records

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """All records beside the root, oldest first."""
        return tuple(self._records)

    @cached_property
    def _present(self) -> dict[str, list[Record]]:
        present: dict[str, list[Record]] = {}
        for record in self.records:
            if not record.gone:
                present.setdefault(record.type, []).append(record)
        return present

    def of(self, type_name: str) -> Iterator[Record]:
        """The root's records of one type that were not removed, oldest first."""
        return iter(self._present.get(type_name, ()))


@value
class Draft:
    """An operation about to be applied: the record before (None when made) and its fields after.

    `now` is the receipt, `moment` when its author did it as far as that is known.
    """

    operation: Operation
    record: Record | None
    data: Mapping[str, object]
    user: Record
    roles: frozenset[str]
    now: int
    moment: Moment


class Trade(Protocol):
    """The rules of the trade; every function is pure and raises Refused for what may not be.

    `placing` names every field that `scopes`, `closed_scopes`, `links` and `holdings` look at, `carried` the types that
    `links` may open to others, `deriving` the roles that may give a record an id which anybody can work out.
    """

    model: Model
    schema: int
    placing: frozenset[str]
    carried: frozenset[str]
    deriving: frozenset[str]

    def upcast(self, op: Operation) -> Operation:
        """An operation of an older schema as an app of today would have made it."""

    def scopes(self, root: Record) -> frozenset[str]:
        """The scopes a root lies in: `branch:<id>`, `user:<id>`, `reference`."""

    def closed_scopes(self, root: Record) -> frozenset[str]:
        """Scopes that a root would lie in as well if the work on it were not done and judged."""

    def links(self, root: Record) -> frozenset[str]:
        """Ids of other roots that are visible wherever this one is."""

    def holdings(self, user: Record) -> frozenset[str]:
        """The scopes a user holds."""

    def check(self, draft: Draft, family: Family) -> None:
        """Guards of create, set, append, move, sign, hide and restore."""

    def derive(self, draft: Draft, family: Family) -> Mapping[str, object]:
        """Fields the server makes when a record is made or changed."""

    def transition(self, name: str, start: str, draft: Draft, family: Family) -> Mapping[str, object]:
        """Fields that the named transition sets on the record; empty if it is already there."""

    def closed(self, state: str | None, do: str) -> str | None:
        """The code that says why a root in this state takes no such change any more; None if it is open."""

    def moves(self, type_name: str) -> bool:
        """True if a change of such a record may move its root on."""

    def advance(self, family: Family, changed: str | None = None) -> Mapping[str, object]:
        """Fields of the root that follow from its records; `changed` is the type of what alone is new, if known."""
