"""A company with a past: the demo company as it was some days ago, with a repair that was finished then."""

import time
from collections.abc import Iterator
from pathlib import Path

from backend.app import create_app
from backend.config import Config
from backend.domain.trade import SCHEMA
from backend.services.ids import operation_id, record_id
from backend.services.parts import Parts
from backend.services.seed import seed
from backend.services.seed_company import demo_id
from sync.clock import format_time
from sync.engine import Session
from sync.exchange import submit
from sync.operations import OperationMaker

DAY_MS = 86_400_000
ORDER = demo_id("work_order 2")
ENGINEER = Session(demo_id("user engineer1"), "tablet of engineer1")
VISIT = (("accept", "dispatched"), ("finish", None))


def finished_repair(folder: Path, days: int) -> None:
    """The demo company in an empty folder, founded so many days ago; its first engineer finished a repair at once."""
    then = int(time.time() * 1000) - days * DAY_MS
    app = create_app(Config(data_dir=folder), now=lambda: then)
    parts: Parts = app.extensions["huizhi"]
    seed(parts)
    maker = OperationMaker(ENGINEER.user, format_time(then), SCHEMA, lambda: operation_id(parts.random))
    answers = submit(parts.engine, ENGINEER, list(_visit(maker, parts)), then)
    assert {one.verdict for one in answers} == {"applied"}
    parts.database.close()


def _visit(maker: OperationMaker, parts: Parts) -> Iterator[dict[str, object]]:
    """What the engineer's tablet told of the visit."""
    for kind, start in VISIT:
        if start:
            yield maker.make("work_order", ORDER, ORDER, "transition", {"name": kind, "from": start})
        event = record_id(parts.now(), parts.random)
        yield maker.make("visit_event", event, ORDER, "append", {"values": {"kind": kind, "place_missing": "off"}})
