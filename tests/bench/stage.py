"""The databases that servers start from: the product's, written by the product, and the baselines', copied from it."""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import orjson

from backend.api.access import PLAIN_COOKIE
from backend.app import create_app
from backend.config import Config
from backend.services.ids import device_id
from backend.services.parts import Parts
from backend.services.session import COOKIE_LIFE_MS
from backend.store import devices, sessions
from sync.exchange import submit
from sync.push import APPLIED
from tests.bench import apps, baseline
from tests.bench.company import BRANCH, DISPATCHER, Company, engineer
from tests.bench.servers import Server, granian, waitress
from tests.support.postgres import running_cluster

PRODUCT = "backend.wsgi:application"
SLOW_DISK = "tests.bench.slow_disk"
Headers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Size:
    """How much is measured: `rush` devices at once, `rounds` of every case."""

    orders: int
    rush: int
    rounds: int
    pushes: int
    exchanges: int


FULL = Size(orders=10_000, rush=200, rounds=5, pushes=20, exchanges=300)
QUICK = Size(orders=600, rush=20, rounds=2, pushes=5, exchanges=50)
HISTORY = 10  # times the records, and times the operations of each record


@dataclass(frozen=True)
class Stage:
    """All servers; `more_records` and `more_operations` are the product with a longer history.

    `slow_raw`, `slow_flask` and `slow_product` write to a slower disk.
    """

    company: Company
    raw: Server
    flask: Server
    product: Server
    more_records: Server
    more_operations: Server
    slow_raw: Server
    slow_flask: Server
    slow_product: Server
    waitress: Server
    postgresql: Server


@contextmanager
def stage(folder: Path, size: Size) -> Iterator[Stage]:
    """Build every database under `folder` and start every server."""
    company = Company(size.orders)
    users = [DISPATCHER, *(engineer(index) for index in range(size.rush))]
    with ExitStack() as stack:
        address = stack.enter_context(stack.enter_context(running_cluster()).database())
        with ProcessPoolExecutor(2) as builders:
            build = partial(builders.submit, _write)
            one = build(Config(folder / "product"), company, users)
            often = build(Config(folder / "operations"), Company(size.orders, 2 * HISTORY - 2), [engineer(0)])
            more = build(Config(folder / "records"), Company(size.orders * HISTORY), [engineer(0)])
            there = build(Config(folder / "postgresql", database_url=address), company, users)
        headers = one.result()
        for other in ("waitress", "slow"):
            shutil.copytree(folder / "product", folder / other)
        _copy_to_baseline(folder / "product", folder / "baseline.sqlite3")
        for other in ("flask", "slow_raw", "slow_flask"):
            shutil.copy(folder / "baseline.sqlite3", folder / f"{other}.sqlite3")
        known = {user: {apps.USER: baseline.DESK if user == DISPATCHER else user} for user in users}

        def product(name: str, users: Headers, app: str = PRODUCT, **environment: str) -> Server:
            settings = {"DATA_DIR": str(folder / name), **environment}
            return stack.enter_context(granian(name, app, users, settings, folder / f"{name}.log"))

        def plain(name: str, app: str, file: str) -> Server:
            settings = {"DATABASE": str(folder / f"{file}.sqlite3")}
            return stack.enter_context(granian(name, app, known, settings, folder / f"{name}.log"))

        yield Stage(
            company,
            plain("raw", "tests.bench.apps:raw", "baseline"),
            plain("flask", "tests.bench.apps:flask", "flask"),
            product("product", headers),
            product("records", more.result()),
            product("operations", often.result()),
            plain("slow_raw", f"{SLOW_DISK}:raw", "slow_raw"),
            plain("slow_flask", f"{SLOW_DISK}:flask", "slow_flask"),
            product("slow", headers, f"{SLOW_DISK}:product"),
            stack.enter_context(
                waitress("waitress", headers, {"DATA_DIR": str(folder / "waitress")}, folder / "waitress.log")
            ),
            product("postgresql", there.result(), DATABASE_URL=address),
        )


def _write(config: Config, company: Company, users: list[str]) -> Headers:
    """The company in a new database, and how its users are known to the server."""
    app = create_app(config)
    parts: Parts = app.extensions["huizhi"]
    for session, operations in company.history():
        answers = submit(parts.engine, session, operations, parts.now())
        assert all(one.verdict == APPLIED for one in answers), answers[0]
    headers = {user: {"Cookie": f"{PLAIN_COOKIE}={_signed_in(parts, user)}"} for user in users}
    parts.database.close()
    return headers


def _signed_in(parts: Parts, user: str) -> str:
    """The secret of a new session on a new device, as after a password."""
    secret, device, now = parts.random(32).hex(), device_id(parts.random), parts.now()
    with parts.database.write() as sql:
        devices.add(sql, device, "bench", now)
        hashed = hashlib.sha256(secret.encode()).digest()
        sessions.add(sql, hashed, "cookie", user, device, now, now + COOKIE_LIFE_MS)
    return secret


def _copy_to_baseline(data_dir: Path, target: Path) -> None:
    """The very bytes of every record, owned by whom the order is assigned to."""
    parts: Parts = create_app(Config(data_dir)).extensions["huizhi"]
    with parts.engine.store.read() as reader:
        roots = {member.root for member in reader.inside({"reference", f"branch:{BRANCH}"})}
        rows = sorted(reader.rows(roots), key=lambda row: (row.seq, row.id))
    parts.database.close()
    baseline.fill(target, ((row.id, _owner(row.body), row.body) for row in rows))


def _owner(body: bytes) -> str:
    data = orjson.loads(body)["data"]
    return str(data.get("assignee", baseline.DESK))
