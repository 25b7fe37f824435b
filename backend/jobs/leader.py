"""Leading: of several schedulers one works, by a lease that the database times."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic, sleep

from backend.store import lease
from backend.store.engine import Database
from backend.store.sql import Sql


class NotLeading(Exception):
    """Somebody else leads by now; what was not written is his to write."""


RENEW_SECONDS = 2.0  # far less than the lease lasts; this clock goes on while the process is frozen
REST_SECONDS = 0.005


@dataclass
class Leader:
    """One scheduler's claim to lead."""

    database: Database
    holder: str
    clock: Callable[[], float] = monotonic
    pause: Callable[[float], None] = sleep
    _claimed_at: float = field(default=float("-inf"), init=False)

    def claim(self) -> bool:
        """Take or renew the lease; True while this scheduler leads."""
        asked = self.clock()
        with self.database.write() as sql:
            taken = lease.take(sql, self.holder)
        self._claimed_at = asked if taken else float("-inf")
        return taken

    def guard(self) -> None:
        """Make sure of the lease before a transaction; raises NotLeading once somebody else has it."""
        if self.clock() - self._claimed_at > RENEW_SECONDS and not self.claim():
            raise NotLeading(self.holder)

    def fence(self, sql: Sql) -> None:
        """The same inside a transaction, for what a later leader's work must not be undone by."""
        if not lease.keep(sql, self.holder):
            raise NotLeading(self.holder)

    def rest(self) -> None:
        """Between two transactions, so that devices which wait for their turn to write get it."""
        self.pause(REST_SECONDS)

    def resign(self) -> None:
        """Let another lead at once."""
        with self.database.write() as sql:
            lease.give_up(sql, self.holder)
