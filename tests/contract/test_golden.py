"""Golden outboxes: what every released app ever sent is understood by the server of today, with the same outcome."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.domain.trade import SCHEMA
from backend.domain.upcasts import OLDEST
from backend.schemas.records import model
from backend.services.founding import SYSTEM
from sync.arrivals import blob_arrived
from sync.engine import Engine, Session
from sync.exchange import submit
from sync.operations import BODIES
from sync.push import Answer
from tests.contract.golden_play import RECEIVED, exchanged, new_server

GOLDEN = Path(__file__).parent / "golden"
RELEASED = sorted(GOLDEN.glob("schema-*.json"))
DECLINED, RATED = "01934f2a-0000-7000-8000-00000000004d", "01934f2a-0000-7000-8000-00000000004e"

Json = dict[str, Any]


def read(path: Path) -> Json:
    content: Json = json.loads(path.read_text(encoding="utf-8"))
    return content


@pytest.fixture
def engine() -> Engine:
    """A new server of today."""
    return new_server()


def replay(engine: Engine, golden: Json) -> Iterator[tuple[Json, Answer]]:
    """Sends everything group by group, and the bytes of each photo right behind it."""
    submit(engine, SYSTEM, golden["world"], 0)
    groups = itertools.groupby(golden["operations"], lambda one: json.dumps(one["operation"].get("group") or one))
    for _, members in groups:
        entries = list(members)
        by = entries[0]["operation"]["by"]
        answers = exchanged(engine, by, [one["operation"] for one in entries])
        for entry in entries:
            if entry["operation"]["type"] == "photo" and entry["operation"]["do"] == "append":
                blob_arrived(engine, Session(by, "device"), entry["operation"]["append"]["values"]["sha256"], RECEIVED)
        yield from zip(entries, answers, strict=True)


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.stem)
def test_r_226_every_operation_of_a_released_app_has_the_outcome_it_had_then(engine: Engine, path: Path) -> None:
    for entry, answer in replay(engine, read(path)):
        then = (entry["operation"]["id"], entry["verdict"], entry.get("code"))
        assert (answer.id, answer.verdict, answer.code) == then, answer.detail


def test_the_outbox_of_schema_1_says_today_that_a_customer_declined(engine: Engine) -> None:
    list(replay(engine, read(GOLDEN / "schema-1.json")))
    with engine.store.read() as reader:
        rows = {row.id: json.loads(row.body)["data"] for row in reader.rows([DECLINED, RATED])}
    assert rows[DECLINED]["declined"] is True
    assert (rows[RATED]["score"], "declined" in rows[RATED]) == (4, False)


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.stem)
def test_a_golden_outbox_holds_every_kind_of_change_and_only_its_own_schema(path: Path) -> None:
    golden = read(path)
    operations = [one["operation"] for one in golden["operations"]]
    assert {one["do"] for one in operations} == {*BODIES, "set"}
    assert {one["schema"] for one in operations} == {golden["schema"]}


def test_there_is_a_golden_outbox_of_every_schema() -> None:
    assert [read(path)["schema"] for path in RELEASED] == list(range(OLDEST, SCHEMA + 1))


def test_the_outbox_of_today_holds_every_change_of_every_type() -> None:
    operations = [one["operation"] for one in read(GOLDEN / f"schema-{SCHEMA}.json")["operations"]]
    known = {(kind.name, do) for kind in model().types.values() for do in kind.does}
    assert known - {(one["type"], one["do"]) for one in operations} == set()
