"""Thousands of refused operations on one record cost whoever sends the next one little more than the first."""

from __future__ import annotations

import json
from dataclasses import replace

from sync.engine import Session
from sync.exchange import submit
from tests.sync.bench import ONE, ORDER, Bench, changed

MANY, MORE = 200, 100


def test_what_waits_on_a_record_is_read_once_in_a_push(bench: Bench) -> None:
    forbidden = changed(engineers=([ONE], []))
    bench.push(ONE, *(bench.op(ONE, "order", ORDER, ORDER, "set", forbidden) for _ in range(MANY)))
    read: list[object] = []
    counting = replace(bench.engine, decode=lambda body: read.append(body) or json.loads(body))
    steps = [
        bench.op(ONE, "order", ORDER, ORDER, "transition", {"name": "close", "from": "elsewhere"}) for _ in range(MORE)
    ]
    codes = {answer.code for answer in submit(counting, Session(ONE, "device"), steps, 1_000)}
    assert codes <= {"wrong_state", "depends_on"}
    assert len(read) < 4 * (MANY + MORE)
