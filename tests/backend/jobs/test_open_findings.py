"""A finding goes with its machine to whoever inspects it next, until it is put right or looked at again (R-160)."""

import pytest

from backend.domain.findings import kept_id
from tests.backend.jobs.clockwork import Clockwork, Data, made_id
from tests.backend.jobs.tour import Tour

FINDING = made_id("finding")


@pytest.fixture
def first(clockwork: Clockwork) -> Tour:
    """The round of the engineer who found something."""
    return Tour(clockwork, "one")


def carried(first: Tour) -> Data:
    """What a colleague who never had the first round carries of it, a day later."""
    first.clockwork.pass_time(days=1)
    (known,) = Tour(first.clockwork, "two").carried()
    return known


def ends(first: Tour, *, state: str) -> None:
    """The order that the finding became reaches its end at the desk."""
    first.clockwork.pass_time(hours=1)
    (order,) = (one for one in first.clockwork.all("work_order") if one.get("opened_from") == FINDING)
    desk = first.clockwork.company.speaker("boss")
    reason = {"cancel_reason": {"was": None, "to": "客户自行更换"}}
    step = {"name": "cancel", "from": state}
    answers = desk.sync(
        desk.operation("work_order", order["id"], order["id"], "set", reason),
        desk.operation("work_order", order["id"], order["id"], "transition", step),
    )["answers"]
    assert [one["verdict"] for one in answers] == ["applied", "applied"], answers


def test_r_160_the_next_engineer_has_the_finding_with_the_machine(first: Tour):
    first.finds(FINDING)
    known = carried(first)
    assert (known["finding"], known["description"], known["severity"]) == (FINDING, "灯杆倾斜", "major")
    assert (known["action"], known["advice"]) == ("advise", "replacement")
    assert first.clockwork.local(known["found_at"]) == "2026-11-22 16:00"


def test_r_160_he_reads_the_number_of_the_order_it_became_and_that_nobody_repaired_it(first: Tour):
    first.finds(FINDING, action="work_order")
    ends(first, state="triaged")
    known = carried(first)
    assert (known["order_number"], known["order_end"]) == (f"YH-{FINDING[-8:].upper()}", "unrepaired")


def test_r_160_what_was_fixed_after_all_says_so(first: Tour):
    first.finds(FINDING)
    first.clockwork.pass_time(hours=1)
    fixed = {"action": {"was": "advise", "to": "fixed"}, "advice": {"was": "replacement", "to": None}}
    first.does("finding", FINDING, "set", fixed)
    assert carried(first)["action"] == "fixed"


def test_r_160_a_later_round_has_the_last_word_on_the_item(first: Tour):
    first.finds(FINDING)
    first.clockwork.pass_time(days=1)
    again = Tour(first.clockwork, "two")
    again.passes()
    first.clockwork.pass_time(hours=1)
    (known,) = again.carried()
    assert first.clockwork.local(known["inspected_at"]) == "2026-11-23 16:00"


def test_r_160_a_reworded_finding_stays_one_order_and_one_entry(first: Tour):
    first.finds(FINDING, action="work_order")
    first.clockwork.pass_time(hours=1)
    first.does("finding", FINDING, "set", {"description": {"was": "灯杆倾斜", "to": "灯杆倾斜五度"}})
    assert carried(first)["description"] == "灯杆倾斜五度"
    assert len([one for one in first.clockwork.all("work_order") if one.get("opened_from") == FINDING]) == 1


def test_r_160_nothing_is_written_while_nothing_changes(first: Tour):
    first.finds(FINDING)
    first.clockwork.pass_time(hours=1)
    first.does("note", made_id("note"), "append", {"values": {"text": "已拍照"}})
    first.clockwork.pass_time(hours=1)
    with first.clockwork.parts.engine.store.read() as reader:
        (row,) = reader.rows([kept_id(FINDING)])
    assert row.version == 1
