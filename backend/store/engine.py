"""One database, two ways in: `read()` is a snapshot, `write()` is the only place where anything changes."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from select import POLLIN, poll
from threading import Lock
from time import monotonic, sleep
from typing import Any

import psycopg
from psycopg import IsolationLevel
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Connection, Engine, PoolProxiedConnection, create_engine, event, exc, make_url

from backend.store.sql import Sql

WAL_RESET_FIXED = (3, 51, 3)
BUSY_MS = 15_000
POOL: Mapping[str, Any] = {"pool_size": 16, "max_overflow": 16, "pool_use_lifo": True}
AT_HAND = 8  # connections that skip the pool's bookkeeping; the pool has room for more beside them

# The driver asks of each None, flag and bytes in vain whether they want to be bound as something else, which takes
# longer than everything else an insert does. It asks an adapter first: this one gives back what it got.
for _kind, _as_it_is in ((type(None), {None: None}.get), (bool, int), (bytes, bytes)):
    sqlite.register_adapter(_kind, _as_it_is)

OUT_OF_ORDER = (
    sqlite.OperationalError,
    psycopg.OperationalError,
    psycopg.errors.ReadOnlySqlTransaction,  # the other side of a failover
    psycopg.errors.IdleInTransactionSessionTimeout,  # this process was frozen in the middle
    exc.TimeoutError,
)


class Unavailable(Exception):
    """The database cannot do this now: full, locked, restarting. Nothing was written."""


class AffectedLibrary(RuntimeError):
    """The SQLite library may corrupt a database in WAL mode (the WAL-reset bug)."""


class Database:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        # Waiting in line beats SQLite's own busy polling: its worst wait was ten times longer.
        self._writer: AbstractContextManager[object] = Lock() if self.is_sqlite else nullcontext()
        self._begin = _begin_sqlite if self.is_sqlite else _begin_postgresql
        self._at_hand: list[PoolProxiedConnection] = []
        self._pen: list[PoolProxiedConnection] = []

    def read(self) -> AbstractContextManager[Sql]:
        """One snapshot of the database."""
        return self._transaction(reads=True)

    def rewrite(self) -> None:
        """Leave nothing of what was deleted in the database's own files: pages that are free keep their old content."""
        with _told_apart(), self._writer, closing(self.engine.raw_connection()) as connection:
            driver: Any = connection.driver_connection
            if self.is_sqlite:
                driver.execute("VACUUM")
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return
            driver.autocommit = True
            try:
                driver.execute("VACUUM FULL records, judged")
            finally:
                driver.autocommit = False

    @contextmanager
    def write(self) -> Iterator[Sql]:
        """One transaction: committed when the block ends, gone if it raises."""
        with self._writer, self._transaction(reads=False) as sql:
            yield sql

    @contextmanager
    def tables(self, *, reads: bool = False) -> Iterator[Connection]:
        """As `write`, or `read`, on a connection that the migrations understand."""
        engine, turn = self.engine.execution_options(reads=reads), nullcontext() if reads else self._writer
        with _told_apart(), turn, engine.begin() as connection:
            if not self.is_sqlite:  # who had it before may have read only
                _begin_postgresql(connection.connection.driver_connection, reads)
            yield connection

    @contextmanager
    def _transaction(self, *, reads: bool) -> Iterator[Sql]:
        """On the driver's own connection, pooled: a begin of SQLAlchemy's costs more than many a question."""
        try:
            borrowed = self._borrow(reads)
            driver: Any = borrowed.driver_connection
            try:
                self._begin(driver, reads)
                with closing(Sql(driver, self.is_sqlite)) as sql:
                    yield sql
                driver.commit()
            except BaseException:
                borrowed.close()  # takes back what was not committed; a connection that was cut is not kept
                raise
            self._give_back(borrowed, reads)
        except OUT_OF_ORDER as failure:
            raise Unavailable(str(failure)) from failure

    def _borrow(self, reads: bool) -> PoolProxiedConnection:
        """Of a file the one given back last: the pool's way out and in costs more than a short question.

        Writers have one for themselves: what another connection writes makes a connection forget every page it read.
        """
        try:
            return (self._at_hand if reads else self._pen).pop()
        except IndexError:
            return self.engine.raw_connection()

    def _give_back(self, borrowed: PoolProxiedConnection, reads: bool) -> None:
        keeping, most = (self._at_hand, AT_HAND) if reads else (self._pen, 1)
        if self.is_sqlite and len(keeping) < most:
            keeping.append(borrowed)
        else:
            borrowed.close()

    def close(self) -> None:
        """Let go of every connection."""
        for kept in (self._at_hand, self._pen):
            while kept:
                kept.pop().close()
        self.engine.dispose()


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except OUT_OF_ORDER as failure:
        raise Unavailable(str(failure)) from failure
    except exc.DBAPIError as failure:
        if isinstance(failure.orig, OUT_OF_ORDER):
            raise Unavailable(str(failure)) from failure
        raise


def open_database(url: str) -> Database:
    return Database(prepare(create_engine(url, **engine_options(url))))


def engine_options(url: str) -> dict[str, Any]:
    """What `create_engine` needs for this address."""
    if make_url(url).get_backend_name() == "sqlite":
        refuse_affected(sqlite.sqlite_version_info)
        return {**POOL, "module": sqlite}
    return {**POOL, "isolation_level": "READ COMMITTED"}


def prepare(engine: Engine) -> Engine:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_tables)
    else:
        event.listen(engine, "checkout", _refuse_ended)
    return engine


def refuse_affected(version: tuple[int, ...]) -> None:
    if version < WAL_RESET_FIXED:
        found = ".".join(map(str, version))
        raise AffectedLibrary(f"SQLite {found} can corrupt a WAL database; 3.51.3 or newer is needed")


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    _write_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    """SQLite waits for nobody here: of two that open a new file at once one is refused, whatever its busy timeout."""
    until = monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite.OperationalError as failure:
            if failure.sqlite_errorcode != sqlite.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(0.01)


def _refuse_ended(connection: Any, _record: object, _borrowed: object) -> None:
    """Nothing is to be read on an idle connection, unless PostgreSQL ended it, and with it all the others."""
    idle = poll()
    idle.register(connection.fileno(), POLLIN)
    if idle.poll(0):
        raise exc.InvalidatePoolError


def _begin_tables(connection: Connection) -> None:
    _begin_sqlite(connection.connection.driver_connection, connection.get_execution_options().get("reads", False))


def _begin_sqlite(driver: Any, reads: bool) -> None:
    driver.execute("BEGIN" if reads else "BEGIN IMMEDIATE")


def _begin_postgresql(driver: Any, reads: bool) -> None:
    """The driver begins with the first statement, on these terms."""
    driver.isolation_level = IsolationLevel.REPEATABLE_READ if reads else IsolationLevel.READ_COMMITTED
    driver.read_only = reads
