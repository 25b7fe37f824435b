"""The database's own history: brings a database to the newest tables, and says which it has."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from backend.store.engine import Database

MIGRATIONS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 7_233_401  # any fixed number: two servers that start together must not both migrate


def upgrade(database: Database, to: str = "head") -> None:
    """Apply what is missing up to a revision, whole or not at all."""
    with database.tables() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        command.upgrade(_config(connection), to)


def is_current(database: Database) -> bool:
    """True if the database has the newest tables."""
    return revision(database) == _steps().get_current_head()


def revision(database: Database) -> str:
    """The name of the last migration applied; empty if there was none."""
    with database.tables(reads=True) as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def is_known(name: str) -> bool:
    """True if this version has the migration of that name, so that it can bring such tables up to date."""
    return name in {step.revision for step in _steps().walk_revisions()}


def _steps() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
