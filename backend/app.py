"""Joins the parts of the server; nothing else knows all of them."""

import time
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter

from backend.api import compression, errors, headers, limits, metrics
from backend.api.admission import Admission, Crowd
from backend.api.blobs import blobs
from backend.api.blueprint import Api
from backend.api.devices import devices
from backend.api.docs import docs
from backend.api.erasures import erasures
from backend.api.headers import Protection
from backend.api.health import health
from backend.api.jobs import jobs
from backend.api.pages import pages
from backend.api.reports import reports
from backend.api.rounds import rounds
from backend.api.session import session
from backend.api.sync import sync
from backend.api.tokens import tokens
from backend.api.users import users
from backend.config import Config
from backend.domain.trade import FieldService
from backend.schemas.records import model
from backend.services.encoding import canonical, decode, encode
from backend.services.erasure import follow
from backend.services.founding import found
from backend.services.parts import Parts, password_hasher
from backend.services.randomness import random_bytes
from backend.store.blobs.local import LocalBlobs
from backend.store.engine import Database
from backend.store.extension import attach
from backend.store.high_water import HighWater
from backend.store.keys import load_or_make
from backend.store.schema import upgrade
from backend.store.sql_store import SqlStore
from sync.engine import Engine
from sync.store import Twin

OPENAPI = {
    "API_TITLE": "Huizhi 回执",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.0.3",
    "API_SPEC_OPTIONS": {"info": {"description": "The REST part; synchronisation is described in docs/protocol.md."}},
}


class Sha256(BaseConverter):
    """A blob's name in an address."""

    regex = "[0-9a-f]{64}"


class App(Flask):
    """Nothing here is a coroutine, which Flask would ask of every function on every request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(
    config: Config,
    now: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    random: Callable[[int], bytes] = random_bytes,
) -> Flask:
    """The WSGI app on an up-to-date database; clock and randomness can be handed in."""
    app = App(__name__, static_folder=None)
    app.config.update(OPENAPI)
    app.url_map.converters["sha256"] = Sha256
    config.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    crowd = Crowd(config.exchanges, lambda: int.from_bytes(random(4)) / 2**32)
    app.extensions["crowd"] = crowd
    app.extensions["huizhi"] = _join(config, attach(app, config.database), now, random, crowd.next_sync_ms)
    for part in (metrics, headers, compression):
        part.register(app)
    _mount(app)
    app.wsgi_app = Protection(Admission(app.wsgi_app, crowd))  # type: ignore[method-assign]
    if config.trust_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app


def _join(
    config: Config,
    database: Database,
    now: Callable[[], int],
    random: Callable[[int], bytes],
    pace: Callable[[], int],
) -> Parts:
    upgrade(database)
    keys = config.data_dir / "keys"
    high_water = HighWater(keys / "high-water.json")
    store = SqlStore(database, high_water.note_now_and_then)
    store.open(random(16).hex())
    key = load_or_make(keys / "cursor.key", random)
    engine = Engine(
        store,
        FieldService(model()),
        key,
        lambda: random(16).hex(),
        encode,
        _report,
        decode=decode,
        canonical=canonical,
        ticks=lambda: time.monotonic_ns() // 1_000_000,
        budget_ms=config.sync_budget_ms,
        notice=_notice,
        pace=pace,
    )
    if high_water.check(engine):
        structlog.get_logger().warning("new_epoch", reason="the database is behind the high-water file")
    found(engine, now())
    blobs = LocalBlobs(config.data_dir / "blobs")
    parts = Parts(config, database, engine, blobs, high_water, password_hasher(), now, random)
    follow(parts)
    return parts


def _mount(app: Flask) -> None:
    api = Api(app)
    errors.register(app)
    app.extensions["openapi"] = api
    limits.register(app)
    for blueprint in (sync, session, users, devices, tokens, blobs, reports, jobs, rounds, erasures):
        api.register_blueprint(blueprint)
    for page in (health, metrics.metrics, docs, pages):
        app.register_blueprint(page)


def _report(failure: Exception) -> None:
    structlog.get_logger().error("operation_failed", exc_info=failure)


def _notice(twin: Twin) -> None:
    structlog.get_logger().warning("device_copied", device=twin.device, user=twin.user, n=twin.n)
