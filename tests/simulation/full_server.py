"""The whole server in one process: the Flask app over a real database and real files, spoken to as HTTP."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import structlog
from flask.testing import FlaskClient

from backend.app import create_app
from backend.config import Config
from backend.services.parts import Parts
from backend.services.tokens import make_token
from backend.store.tables import Base
from sync import history
from sync.store import Row
from tests.simulation import company
from tests.simulation.network import Answer
from tests.simulation.server import FrailStore, ServerDied, Upload, stop
from tests.simulation.stage import Stage
from tests.support.postgres import running_cluster

STAYING = {"credentials", "devices", "sessions", "watches", "leases", "jobs", "job_runs"}
CHANGING = tuple(name for name in Base.metadata.tables if name not in STAYING)
SHARED_MEMORY = Path("/dev/shm")


@contextmanager
def database_url(database: str, folder: Path) -> Iterator[str]:
    """An empty database of this kind."""
    if database == "sqlite":
        yield f"sqlite:///{folder / 'huizhi.sqlite3'}"
        return
    with running_cluster() as cluster, cluster.database() as url:
        yield url


class Site:
    """One app with the company in it, put back to the company's first day before every schedule."""

    def __init__(self, url: str, folder: Path) -> None:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
        self.now, self.dice, self.folder = company.BEGIN, Random(0), folder
        app = create_app(Config(folder, database_url=url), lambda: self.now, lambda size: self.dice.randbytes(size))
        self.app = app
        parts: Parts = app.extensions["huizhi"]
        self.frail = FrailStore(parts.engine.store)
        self.parts = replace(parts, engine=replace(parts.engine, store=self.frail, report=stop))
        app.extensions["huizhi"] = self.parts
        company.build(self.parts.engine, self.parts.engine.trade.schema)
        self.parts.blobs.append(company.USERS["engineer2"], company.PICTURE_HASH, 0, company.PICTURE)
        self.parts.blobs.finish(company.USERS["engineer2"], company.PICTURE_HASH)
        self.tokens = {user: make_token(self.parts, user, "tablet") for user in company.USERS.values()}
        self.first_day = self.contents()

    def contents(self) -> dict[str, list[tuple]]:
        """Every row of every table that a schedule changes."""
        return {name: self.everything_in(name) for name in CHANGING}

    def everything_in(self, table: str) -> list[tuple]:
        with self.parts.database.read() as sql:
            return sql.all(f"SELECT {columns(table)} FROM {table}")

    def begin_again(self, seed: int) -> None:
        self.now, self.dice = company.BEGIN, Random(seed)
        self.load(self.first_day)

    def load(self, contents: dict[str, list[tuple]]) -> None:
        """Replace what the database holds."""
        with self.parts.database.write() as sql:
            for table, rows in contents.items():
                sql.run(f"DELETE FROM {table}")
                marks = ", ".join("?" * len(Base.metadata.tables[table].columns))
                sql.many(f"INSERT INTO {table} ({columns(table)}) VALUES ({marks})", rows)


def columns(table: str) -> str:
    return ", ".join(Base.metadata.tables[table].columns.keys())


class FullServer:
    """One schedule's view of the site."""

    def __init__(self, site: Site, seed: int) -> None:
        site.begin_again(seed)
        self.site = site
        self.client: FlaskClient = site.app.test_client()
        self.saved: dict[str, list[tuple]] | None = None

    def headers(self, user: str, kind: str, **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.site.tokens[user]}", "X-Huizhi": "1", "Content-Type": kind, **more}

    def sync(self, user: str, device: str, body: bytes, now: int, die_at: int | None = None) -> Answer | None:
        self.site.now = now
        with self.site.frail.dying(die_at):
            try:
                reply = self.client.post("/api/v1/sync", data=body, headers=self.headers(user, "application/json"))
            except ServerDied:
                return None
        return Answer(reply.status_code, reply.content_type, reply.data)

    def announce(self, user: str, sha256: str, size: int, now: int) -> Upload:
        self.site.now = now
        body = {"sha256": sha256, "size": size, "type": "image/jpeg"}
        reply = self.client.post("/api/v1/blobs", json=body, headers=self.headers(user, "application/json"))
        assert reply.status_code == 200, reply.data
        return Upload(reply.json["offset"], reply.json["seq"])

    def append(self, user: str, sha256: str, offset: int, content: bytes, now: int) -> Upload:
        self.site.now = now
        headers = self.headers(user, "application/octet-stream", **{"Upload-Offset": str(offset)})
        reply = self.client.patch(f"/api/v1/blobs/{sha256}", data=content, headers=headers)
        assert reply.status_code in (200, 409), reply.data
        return Upload(reply.json["offset"], reply.json["seq"]) if reply.status_code == 200 else Upload(offset)

    def restart(self) -> None:
        """A new process would find the same database and the same files."""

    def rows_after(self, seq: int) -> list[Row]:
        names = "id, type, root, version, seq, gone, body, marks"
        with self.site.parts.database.read() as sql:
            found = sql.all(f"SELECT {names} FROM records WHERE seq > ? ORDER BY seq, id", seq)
        return [Row(*row) for row in found]

    def newest(self) -> int:
        with self.site.parts.engine.store.store.read() as reader:
            return reader.head().seq

    def bytes_of(self, sha256: str) -> bytes | None:
        path = self.site.parts.blobs.path(sha256)
        return path.read_bytes() if path.exists() else None

    def back_up(self) -> None:
        with self.site.parts.database.write() as sql:
            sql.run("UPDATE head SET safe = seq WHERE id = 1")
        self.saved = self.site.contents()

    def collect(self, now: int, keep: int) -> int:
        return history.collect(self.site.parts.engine, now, keep)

    def restore(self, epoch: str | None) -> bool:
        """Only the database goes back; files it does not know any more are sent again."""
        if self.saved is None:
            return False
        self.site.load(self.saved)
        if epoch is not None:
            with self.site.parts.database.write() as sql:
                sql.run("UPDATE head SET epoch = ? WHERE id = 1", epoch)
        return True


class FullStage(Stage):
    """Plays schedules against the whole server on SQLite or PostgreSQL."""

    def __init__(self, database: str) -> None:
        super().__init__()
        self.open = ExitStack()
        memory = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
        folder = Path(tempfile.mkdtemp(prefix="huizhi-simulation-", dir=memory))
        self.open.callback(shutil.rmtree, folder)
        self.site = Site(self.open.enter_context(database_url(database, folder)), folder)
        self.open.callback(self.site.parts.database.engine.dispose)

    def server(self, seed: int) -> FullServer:
        return FullServer(self.site, seed)

    def close(self) -> None:
        self.open.close()
