"""What the server refuses or derives when a record is made or changed."""

from collections.abc import Mapping
from typing import Any

import pytest

from backend.domain.stock import van_moves
from backend.domain.trade import FieldService
from backend.schemas.records import model
from sync.canonical import digest
from sync.errors import Refused
from sync.records import Record
from sync.trade import Draft, Family
from tests.backend.domain.orders import LINE, ORDER, draft, item, order, quotation, record

TRADE = FieldService(model())
EARTH = item("earth", "inspect", kind="number", maximum="4")
WIRING = item("wiring", "inspect")
SIGNED = {"document": "acceptance", "act": "accept", "content": {"title": "验收单"}}


def refusal(made: Draft, family: Family | None = None) -> str:
    """The reason of the refusal, or its code; empty if nothing is refused."""
    try:
        TRADE.check(made, family or order())
    except Refused as refused:
        return str(refused.detail.get("reason", refused.code))
    return ""


def lines(**changes: Any) -> dict[str, Any]:
    return {"number": 1, "currency": "CNY", "lines": [{**LINE, **changes}]}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"result": "pass", "value": "4"}, ""),
        ({"result": "fail", "value": "4.05"}, ""),
        ({"result": "pass", "value": "4.05"}, "wrong_verdict"),
        ({"result": "fail", "value": "3.9"}, "wrong_verdict"),
        ({"result": None, "value": "3.9"}, "wrong_verdict"),
        ({"result": "na", "value": "9"}, ""),
        ({"result": "pass", "value": None}, ""),
        ({"result": "pass", "value": "４"}, "not_decimal"),
        ({"result": "pass", "value": "NaN"}, "not_decimal"),
    ],
)
def test_r_156_an_answer_may_not_contradict_the_limits_but_any_value_is_taken(given: Mapping[str, Any], expected: str):
    answered = {"items": [EARTH, WIRING], "answers/earth": given}
    assert refusal(draft("checklist", "set", answered, record("checklist", "list"))) == expected


def test_an_answer_to_an_item_that_is_not_on_the_list_is_refused():
    answered = {"items": [WIRING], "answers/earth": {"result": "pass", "value": None}}
    assert refusal(draft("checklist", "set", answered, record("checklist", "list"))) == "unknown_item"


def test_an_item_of_another_kind_takes_any_words_beside_its_result():
    answered = {"items": [WIRING], "answers/wiring": {"result": "pass", "value": "端子已紧固"}}
    assert refusal(draft("checklist", "set", answered, record("checklist", "list"))) == ""


def test_r_157_the_server_judges_a_reading_itself():
    reading = draft("reading", "append", {"value": "0.4", "minimum": "0.5"})
    assert TRADE.derive(reading, order()) == {"verdict": "fail"}
    assert refusal(draft("reading", "append", {"value": "0.4", "minimum": "0.5", "verdict": "pass"})) == "wrong_verdict"


def test_r_092_a_line_must_cost_what_price_and_quantity_give():
    assert refusal(draft("quotation", "create", lines())) == ""
    assert refusal(draft("quotation", "create", lines(amount=18001))) == "wrong_amount"
    assert refusal(draft("quotation", "create", lines(quantity="-0.50", amount=6000))) == "wrong_amount"


@pytest.mark.parametrize("do", ["set", "hide"])
def test_r_093_a_presented_revision_never_changes_or_disappears(do: str):
    presented = quotation()
    assert refusal(draft("quotation", do, presented.data, presented)) == "immutable"
    assert refusal(draft("quotation", do, {**lines(), "state": "draft"}, quotation(state="draft"))) == ""


def present(before: Record, state: str, *roles: str) -> Mapping[str, object]:
    made = draft("quotation", "transition", before.data, before, *roles)
    return TRADE.transition("present", "draft", made, order(before, state=state))


def test_r_093_presenting_fixes_total_and_hash():
    before = quotation(state="draft")
    fields = present(before, "diagnosing", "engineer")
    assert fields == {"state": "presented", "total": 18000, "hash": before.data["hash"]}
    assert present(quotation(), "quoted", "engineer") == {}


@pytest.mark.parametrize(
    ("before", "state", "role", "code"),
    [
        (quotation(state="draft", lines=[]), "diagnosing", "engineer", "guard_failed"),
        (quotation(state="draft"), "diagnosing", "dispatcher", "forbidden_field"),
        (quotation(state="draft"), "archived", "engineer", "forbidden_field"),
    ],
)
def test_a_revision_is_presented_by_the_engineer_on_site_with_something_to_show(
    before: Record, state: str, role: str, code: str
):
    with pytest.raises(Refused, match=code):
        present(before, state, role)


def test_a_quotation_knows_no_other_step():
    before = quotation(state="draft")
    with pytest.raises(Refused, match="wrong_state"):
        TRADE.transition("finish", "draft", draft("quotation", "transition", before.data, before), order(before))


@pytest.mark.parametrize(
    ("changes", "ink", "expected"),
    [
        ({}, [[1, 2, 3]], ""),
        ({"act": "accept_with_remarks"}, [[1, 2, 3]], ""),
        ({}, [], "missing_ink"),
        ({"act": "refuse", "reason": "对外观不满"}, [], ""),
        ({"act": "absent"}, [], "missing_reason"),
        ({"act": "nod"}, [[1, 2, 3]], "unknown_act"),
        ({"document": "napkin"}, [[1, 2, 3]], "unknown_document"),
    ],
)
def test_r_127_a_signature_says_what_was_signed_and_how(changes: dict[str, str], ink: list[list[int]], expected: str):
    assert refusal(draft("signature", "sign", {"statement": {**SIGNED, **changes}, "ink": ink})) == expected


def test_r_125_the_server_computes_the_hash_of_what_was_signed():
    made = TRADE.derive(draft("signature", "sign", {"statement": SIGNED, "ink": [[1, 2, 3]]}), order())
    assert made["sha256"] == digest(SIGNED)
    assert (made["document"], made["act"], made["state"]) == ("acceptance", "accept", "unverified")


def test_a_report_of_unfinished_work_says_why():
    assert refusal(draft("report", "append", {"result": "done"})) == ""
    assert refusal(draft("report", "append", {"result": "cannot_complete"})) == "missing_reason"
    assert refusal(draft("report", "append", {"result": "temporary_fix", "reason": "等待配件"})) == ""


def test_r_142_a_review_looks_at_a_report_of_this_order():
    family = order(record("report", "t1", result="done"))
    assert refusal(draft("review", "append", {"report": "t1", "decision": "approve"}), family) == ""
    assert refusal(draft("review", "append", {"report": "t9", "decision": "approve"}), family) == "unknown_record"


def test_r_108_a_van_keeps_what_a_move_on_an_order_took_or_brought():
    ways = [("van:u", "asset:m"), ("warehouse:b", "van:u"), ("van:u", "van:mate"), ("warehouse:b", "asset:m")]
    moves = []
    for number, (start, end) in enumerate(ways, 1):
        moves.append(record("stock_move", str(number), **{"part": "p", "from": start, "to": end, "quantity": number}))
    family = Family(Record(ORDER, "work_order", ORDER, {}), moves)
    kept = [change.body["values"] for change in van_moves(family)]
    found = sorted((one["move"], one["engineer"], one["quantity"]) for one in kept)
    assert found == [("1", "u", -1), ("2", "u", 2), ("3", "mate", 3), ("3", "u", -3)]
    assert [change.record for change in van_moves(family)] == [change.record for change in van_moves(family)]


@pytest.mark.parametrize(
    ("role", "start", "end", "expected"),
    [
        ("engineer", "van:u", "asset:m", ""),
        ("engineer", "warehouse:b", "van:u", ""),
        ("engineer", "van:mate", "asset:m", "no_access"),
        ("engineer", "van:mate", "van:u", "no_access"),
        ("engineer", "van:u", "van:mate", "no_access"),
        ("dispatcher", "van:mate", "van:u", ""),
    ],
)
def test_on_site_everybody_moves_what_is_in_his_own_van(role: str, start: str, end: str, expected: str):
    made = draft("stock_move", "move", {"from": start, "to": end}, None, role)
    assert refusal(made) == expected


def test_a_move_leads_somewhere_else():
    assert refusal(draft("stock_move", "move", {"from": "van:u", "to": "van:u"})) == "same_place"


def test_a_new_order_begins_triaged_and_a_changed_one_stays_where_it_is():
    assert TRADE.derive(draft("work_order", "create", {"title": "无暖气"}), Family(None)) == {"state": "triaged"}
    before = Record(ORDER, "work_order", ORDER, {"state": "testing"})
    assert TRADE.derive(draft("work_order", "set", before.data, before), order()) == {}
