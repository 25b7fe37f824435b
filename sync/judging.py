"""One operation in its circumstances: who made it, when, with which rights, and who lets it through."""

from __future__ import annotations

from collections.abc import Mapping

from sync.clock import format_time
from sync.event_time import Moment
from sync.operations import Operation
from sync.policy import RecordType, side
from sync.records import Mark, Record
from sync.trade import Draft
from sync.values import value


@value
class Judging:
    """One operation in its circumstances; `settler` is who lets a parked one through.

    `late` if its author no longer has the root: he only adds what he saw himself.
    """

    op: Operation
    digest: str
    kind: RecordType
    author: Record
    roles: frozenset[str]
    now: int
    at: str
    moment: Moment
    settler: Record | None = None
    offset: int | None = None
    late: bool = False

    @property
    def forced(self) -> bool:
        """True if it was parked and somebody lets it through."""
        return self.settler is not None

    @property
    def any_state(self) -> bool:
        """True if somebody else than its author lets it through: he may look away from the state of the order."""
        return self.settler is not None and self.settler.id != self.author.id

    @property
    def answerable(self) -> Record:
        """Who answers for it, and must see what it touches: the settler, else the author."""
        return self.settler or self.author

    @property
    def mark(self) -> Mark:
        """The writer's mark that values of this operation get."""
        return Mark(
            self.op.id,
            self.author.id,
            side(self.author.data.get("roles", ())),
            format_time(self.moment.counted),
            self.late,
        )

    def draft(self, op: Operation, before: Record | None, data: Mapping[str, object]) -> Draft:
        """An operation as the trade looks at it: the record before and its fields after."""
        return Draft(op, before, data, self.author, self.roles, self.now, self.moment)
