"""Statements about the history as a whole: its epoch, what a backup holds of it, and what it forgets."""

from backend.store.sql import Sql
from sync.store import Batch

FORGET = (
    """DELETE FROM records WHERE gone = true AND seq <= ? AND root NOT IN
      (SELECT c.root FROM records c JOIN matters m ON m.id = c.id WHERE m.kind = 'conflict')""",
    "DELETE FROM members WHERE end_seq <= ? AND why IS NULL",
    "DELETE FROM holdings WHERE end_seq <= ?",
    "UPDATE head SET horizon = ? WHERE id = 1",
)


class HistoryWriting:
    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def save_history(self, batch: Batch) -> None:
        """Begin an epoch, move `safe`, forget what lies behind the horizon: whatever the batch asks for."""
        if batch.epoch is not None:
            self._sql.run("UPDATE head SET epoch = ? WHERE id = 1", batch.epoch)
        if batch.safe is not None:
            self._sql.run("UPDATE head SET safe = ? WHERE id = 1", batch.safe)
        if batch.horizon is not None:
            for statement in FORGET:
                self._sql.run(statement, batch.horizon)
