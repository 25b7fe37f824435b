"""What an engineer took out of his van stays known to him when the order has left his tablet (R-108)."""

from typing import Any

import pytest

from backend.store import watch
from tests.backend.company import ORDER
from tests.backend.jobs.clockwork import Clockwork, made_id

MACHINE, MOVE = made_id("machine 1"), made_id("move")


@pytest.fixture
def part(clockwork: Clockwork) -> str:
    """A part of the catalogue."""
    return clockwork.make("part", "belt", {"code": "P-BELT", "name": "皮带", "unit": "pcs"})


def uses(clockwork: Clockwork, part: str, move: str = MOVE) -> None:
    """Engineer one puts two pieces out of his van into the machine."""
    one = clockwork.company.speaker("one")
    body = {"part": part, "from": f"van:{clockwork.company.ids['one']}", "to": f"asset:{MACHINE}", "quantity": 2}
    assert one.sync(one.operation("stock_move", move, ORDER, "move", body))["answers"][0]["verdict"] == "applied"


def held(clockwork: Clockwork, name: str) -> list[tuple[str, Any]]:
    """(type, quantity) of the movements that a new tablet of this person gets."""
    rows = clockwork.company.speaker(name).sync()["changes"]
    return [(row["type"], row["data"]["quantity"]) for row in rows if row["type"] in ("stock_move", "van_move")]


def gives_away(clockwork: Clockwork) -> None:
    """The desk hands the order to the other engineer."""
    appointment = {"appointment_start": None, "appointment_end": None}
    clockwork.change("work_order", ORDER, assignee=clockwork.company.ids["two"], **appointment)


def test_r_108_the_van_keeps_what_moved_when_its_order_left(clockwork: Clockwork, part: str):
    uses(clockwork, part)
    clockwork.pass_time(seconds=3)
    assert sorted(held(clockwork, "one")) == [("stock_move", 2), ("van_move", -2)]
    gives_away(clockwork)
    clockwork.pass_time(seconds=3)
    assert held(clockwork, "one") == [("van_move", -2)]
    assert held(clockwork, "two") == [("stock_move", 2)]


def test_r_108_also_when_the_order_left_before_the_scheduler_looked(clockwork: Clockwork, part: str):
    uses(clockwork, part)
    gives_away(clockwork)
    clockwork.pass_time(seconds=3)
    assert held(clockwork, "one") == [("van_move", -2)]


def test_nobody_on_site_empties_the_van_of_another_one(clockwork: Clockwork, part: str):
    one = clockwork.company.speaker("one")
    body = {"part": part, "from": f"van:{clockwork.company.ids['two']}", "to": f"asset:{MACHINE}", "quantity": 2}
    (answer,) = one.sync(one.operation("stock_move", MOVE, ORDER, "move", body))["answers"]
    assert (answer["verdict"], answer["code"]) == ("parked", "no_access")


def test_a_root_of_which_nothing_is_left_is_not_looked_at_for_ever(clockwork: Clockwork):
    with clockwork.parts.database.write() as sql:
        watch.save(sql, [("d" * 32, 0, None)])
    clockwork.work()
    assert clockwork.watched("d" * 32) == (None, None)


def test_a_van_keeps_what_moved_once(clockwork: Clockwork, part: str):
    uses(clockwork, part)
    clockwork.pass_time(seconds=3)
    uses(clockwork, part, made_id("second move"))
    clockwork.pass_time(seconds=3)
    assert [one["quantity"] for one in clockwork.all("van_move")] == [-2, -2]
