"""Who had which order when: the judge's own memory, for facts that arrive after an order was given to somebody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from tests.simulation.rights import only_adds, role_may, roles_of, visible

Row = dict


class Past:
    """Every order and every user as they were whenever the judge looked at this history.

    Of several commits of one request only the last is seen: what was between, nobody can say.
    """

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[int, Row]]] = defaultdict(list)
        self.blind: dict[str, list[range]] = defaultdict(list)
        self.horizon = 0

    def learn(self, seen: int, seq: int, row: Row) -> None:
        """A row as commit `seq` left it; the judge had looked at commit `seen` before."""
        if row["type"] in ("work_order", "user"):
            self.rows[row["id"]].append((seq, row))
            self.blind[row["id"]].append(range(seen + 1, seq))

    def rewind(self, newest: int) -> None:
        """Commits after `newest` never were."""
        for one, known in self.rows.items():
            self.rows[one] = [(seq, row) for seq, row in known if seq <= newest]
            self.blind[one] = [between for between in self.blind[one] if between.stop <= newest]

    def may_have_had(self, epoch: str, user: str, operation: Mapping) -> bool:
        """True unless it is certain that its author did not see the order when he acted, or that it changes more."""
        return only_adds(operation) and (self._unsure(user, operation) or self.had(epoch, user, operation))

    def _unsure(self, user: str, operation: Mapping) -> bool:
        position = operation["seen"]["position"] if operation["seen"] else -1
        return any(position in between for one in (user, operation["root"]) for between in self.blind[one])

    def had(self, epoch: str, user: str, operation: Mapping) -> bool:
        """True if it only adds a fact and its author saw the order when he acted."""
        seen = operation["seen"]
        if seen is None or seen["epoch"] != epoch or not only_adds(operation):
            return False
        then = {one: self._at(one, seen["position"]) for one in (user, operation["root"])}
        return None not in then.values() and visible(then, user, operation["root"])

    def is_welcome(self, epoch: str, user: str, operation: Mapping, states: set[str]) -> bool:
        """True for a single fact of a time not forgotten that only the state of the order could keep out."""
        if operation["do"] != "append" or operation.get("group") or not self.had(epoch, user, operation):
            return False
        if operation["seen"]["position"] < self.horizon or self._unsure(user, operation):
            return False
        order, person = (self.rows[one][-1][1] for one in (operation["root"], user))
        around = states | {str(order["data"].get("state"))}
        return any(all(role_may(role, operation, {one}) for one in around) for role in roles_of({user: person}, user))

    def _at(self, record: str, position: int) -> Row | None:
        return next((row for seq, row in reversed(self.rows[record]) if seq <= position), None)
