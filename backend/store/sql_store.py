"""The core's store port on SQLite and PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from backend.store.engine import Database
from backend.store.sql_history import HistoryWriting
from backend.store.sql_rows import RowQueries, RowWriting
from backend.store.sql_scopes import ScopeQueries, ScopeWriting
from backend.store.sql_verdicts import VerdictQueries, VerdictWriting
from sync.store import Batch, Reader, Writer

# A process that freezes while it holds the head keeps everybody waiting for ten seconds, not for ever.
LOCK_HEAD = """SELECT seq, set_config('idle_in_transaction_session_timeout', '10s', true)
  FROM head WHERE id = 1 FOR UPDATE"""
FIRST_HEAD = "INSERT INTO head (id, epoch, seq, nonce, safe) VALUES (1, ?, 0, '', 0) ON CONFLICT (id) DO NOTHING"


class SqlReader(RowQueries, ScopeQueries, VerdictQueries):
    """Questions to one transaction."""


class SqlWriter(SqlReader, RowWriting, ScopeWriting, VerdictWriting, HistoryWriting):
    """The same, and the one way to change the synced tables."""

    def save(self, batch: Batch) -> None:
        self.take_out(batch.unjudged, batch.unnamed)
        self.save_commits(batch.commits)
        self.save_judged(batch.judged)
        self.save_rows(batch.rows)
        self.save_members(batch.members)
        self.save_holdings(batch.holdings)
        self.save_refs(batch.blob_refs)
        self.save_matters(batch.matters, batch.settled)
        self.save_twins(batch.twins)
        self.save_history(batch)


class SqlStore:
    """`committed` is called after every transaction that may have written."""

    def __init__(self, database: Database, committed: Callable[["SqlStore"], None] = lambda _: None) -> None:
        self._database, self._committed = database, committed

    def open(self, epoch: str) -> None:
        """Begin the history, unless it began before."""
        with self._database.write() as sql:
            sql.run(FIRST_HEAD, epoch)

    def close(self) -> None:
        """Let go of every connection."""
        self._database.close()

    @contextmanager
    def read(self) -> Iterator[Reader]:
        with self._database.read() as sql:
            yield SqlReader(sql)

    @contextmanager
    def write(self) -> Iterator[Writer]:
        with self._database.write() as sql:
            if not sql.is_sqlite:
                # Writers queue here: whoever holds the head gives out the next commit number.
                sql.one(LOCK_HEAD)
            yield SqlWriter(sql)
        self._committed(self)
