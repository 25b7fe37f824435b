"""docs/protocol.md shows one example for every kind of change, and each gets the answer the page states."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from backend.domain.trade import FieldService
from backend.schemas.limits import LIMITS
from backend.schemas.records import model
from backend.services.encoding import encode
from backend.services.founding import SYSTEM, found
from sync.engine import Engine, Session
from sync.errors import CATALOGUE, Problem
from sync.exchange import submit
from sync.memory_store import MemoryStore
from sync.operations import BODIES, LONGEST_REASON, OperationMaker
from sync.protocol.request import LARGEST_PAGE

PAGE = Path(__file__).parents[2] / "docs" / "protocol.md"
EXAMPLES = [
    (answer, json.loads(text)) for answer, text in re.findall(r"```json (\w+)\n(.*?)\n```", PAGE.read_text(), re.S)
]
AT = "2026-11-22T08:00:00.000Z"


def person(number: int) -> str:
    return f"01934f2a-0000-7000-8000-{number:012d}"


ROLES = {person(1): "engineer", person(2): "engineer", person(3): "dispatcher", person(4): "supervisor"}


@pytest.fixture
def engine() -> Engine:
    """A new server with the people and things that the page mentions."""
    ids = itertools.count(10_000)
    failures: list[Exception] = []
    made = Engine(MemoryStore("e"), FieldService(model()), b"k", lambda: f"{next(ids):032x}", encode, failures.append)
    found(made, 0)
    maker = OperationMaker(SYSTEM.user, AT, 1, made.new_nonce)
    things: list[tuple[str, str, dict[str, Any]]] = [("branch", person(10), {"code": "main", "name": "演示网点"})]
    things += [
        (
            "user",
            one,
            {"username": f"u{one[-1]}", "name": "演示", "roles": [role], "branch": person(10), "active": True},
        )
        for one, role in ROLES.items()
    ]
    things.append(("customer", person(11), {"name": "演示客户", "branch": person(10)}))
    operations = [maker.make(kind, one, one, "create", {"values": values}) for kind, one, values in things]
    answers = submit(made, SYSTEM, operations, 0)
    assert [answer.code for answer in answers] == [None] * len(answers)
    return made


def test_the_page_shows_every_kind_of_change() -> None:
    assert {operation["do"] for _, operation in EXAMPLES} == {*BODIES, "set"}


def test_the_page_names_every_code_that_parks_with_its_detail() -> None:
    told = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", PAGE.read_text().partition("## 9. Codes")[2], re.M)
    assert told == [(one.code, one.detail, one.message) for one in CATALOGUE.values() if parks(one)]


def parks(problem: Problem) -> bool:
    return problem.status is None and problem.code != "reset"


def test_the_page_states_the_limits_that_hold() -> None:
    limits, page = {**LIMITS, "page": LARGEST_PAGE, "reason": LONGEST_REASON}, PAGE.read_text()
    missing = [f"{number:,}" for name, number in limits.items() if name != "depth" and f"{number:,}" not in page]
    assert missing == []


def test_every_example_gets_the_answer_the_page_states(engine: Engine) -> None:
    groups = itertools.groupby(EXAMPLES, key=lambda example: json.dumps(example[1].get("group") or example[1]["id"]))
    for _, members in groups:
        examples = list(members)
        operations = [operation for _, operation in examples]
        answers = submit(engine, Session(operations[0]["by"], "device"), operations, 1)
        told = [(answer.verdict, answer.code, answer.detail) for answer in answers]
        assert [verdict for verdict, _, _ in told] == [verdict for verdict, _ in examples], (operations, told)
