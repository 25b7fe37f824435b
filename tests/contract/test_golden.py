"""Golden outboxes: what every released app ever sent is understood by the server of today, with the same outcome."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from backend.domain.trade import SCHEMA
from backend.domain.upcasts import OLDEST
from backend.schemas.records import model
from backend.services.founding import SYSTEM
from backend.store.files import sha256_of
from sync.arrivals import blob_arrived
from sync.canonical import digest
from sync.engine import Engine, Session
from sync.exchange import submit
from sync.operations import BODIES, Operation
from sync.parking import parked_id
from sync.policy import INSERTS, RecordType
from sync.push import Answer
from sync.store import Store
from sync.versions import understood
from tests.contract.golden_play import RECEIVED, exchanged, new_server

GOLDEN = Path(__file__).parent / "golden"
RELEASED = sorted(GOLDEN.glob("schema-*.json"))
DECLINED, RATED = "01934f2a-0000-7000-8000-00000000004d", "01934f2a-0000-7000-8000-00000000004e"

VALUES = 100  # fewer fields than that prove little
PUBLISHED = {
    "app-0.1.0.tar.xz": "583767f7d845ba8d4c585cf2de1a0a4d8bdf52a1f5104a1d2b4bce3b58269405",
    "database-1.json": "16242aa2c1fa077d2571bbdff3da6c66eb60222dc03d6b21273790961dc37303",
    "schema-1.json": "45b2bb6fa7f3c3174c553ffa7e29d644d4fc99d92906c76aff6716d3d117b430",
}

Json = dict[str, Any]


def read(path: Path) -> Json:
    content: Json = json.loads(path.read_text(encoding="utf-8"))
    return content


@pytest.fixture
def engine(store: Store) -> Engine:
    """A new server of today on each store."""
    return new_server(store)


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
def test_r_226_every_value_that_an_old_app_wrote_is_stored_today(engine: Engine, path: Path) -> None:
    written: dict[str, Json] = {}
    said: dict[str, Operation] = {}
    for entry, answer in replay(engine, read(path)):
        raw = entry["operation"]
        op = said[answer.id] = understood(engine.trade, raw)
        said[parked_id(raw["by"], answer.id, digest(raw))] = op
        if answer.verdict == "applied":
            decided = {"resolve": op.body.get("choose", {}).get("op"), "unpark": op.record}
            counts = said[decided.get(op.do, answer.id)]
            written.setdefault(counts.record, {}).update(values_of(counts, engine.trade.model.types[counts.type]))
    with engine.store.read() as reader:
        stored = {row.id: json.loads(row.body)["data"] for row in reader.rows(list(written))}
    assert {one: {name: stored[one].get(name) for name in values} for one, values in written.items()} == written
    assert sum(map(len, written.values())) > VALUES


def values_of(op: Operation, kind: RecordType) -> Json:
    """The fields that an operation writes, in their one form; a decision or a step writes none itself."""
    said: Mapping[str, Any] = {}
    if op.do == "set":
        said = {name: change["to"] for name, change in op.body.items()}
    elif op.do in INSERTS:
        said = op.body["values"] if op.do in ("create", "append") else op.body
    known = {name: kind.field(name) for name in said}
    return {name: rule.check(said[name]) for name, rule in known.items() if rule is not None}


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_was_released_is_never_written_again(name: str) -> None:
    assert sha256_of(GOLDEN / name) == PUBLISHED[name]


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
