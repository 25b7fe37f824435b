"""What a supervisor decides is held to the rules of any other change, and everything parked can be settled."""

import pytest

from backend.services import erasure
from backend.services.founding import SYSTEM
from tests.backend.company import ORDER, Company, Speaker

QUOTE, SHEET = "1" * 31 + "a", "2" * 31 + "a"
NAMES = {"zh-CN": "接地电阻", "zh-TW": "接地電阻", "en": "Earth resistance"}
ITEM = {
    "id": "earth", "phase": "inspect", "kind": "number", "label": NAMES, "required": True, "critical": True,
    "unit": "Ω", "minimum": None, "maximum": "4.00", "decimals": 2, "photo_on_fail": True, "options": [],
}  # fmt: skip


def line(price: int) -> dict[str, object]:
    return {"code": "L1", "name": "工时", "kind": "labour", "price": price, "quantity": "1.00", "amount": price}


def answer(value: str, result: str) -> dict[str, object]:
    return {"result": result, "value": value, "note": None, "reason": None}


def apply(speaker: Speaker, *operations: dict) -> None:
    assert {one["verdict"] for one in speaker.sync(*operations)["answers"]} == {"applied"}


@pytest.fixture
def mate(company: Company, stranger: Speaker) -> Speaker:
    """The second engineer, in the crew of the order."""
    crew = {"crew": {"was": None, "to": [stranger.user]}}
    apply(company.speaker("desk"), company.speaker("desk").operation("work_order", ORDER, ORDER, "set", crew))
    return stranger


@pytest.fixture
def quoted(engineer: Speaker, mate: Speaker) -> dict:
    """A conflict about the lines of a quotation that was presented afterwards."""
    values = {"number": 1, "currency": "CNY", "lines": [line(100)]}
    apply(engineer, engineer.operation("quotation", QUOTE, ORDER, "create", {"values": values}))
    return disputed(engineer, mate, QUOTE, "lines", [line(100)], [line(200)], [line(900)], "quotation")


def disputed(
    one: Speaker, two: Speaker, record: str, field: str, was: object, first: object, second: object, kind: str
) -> dict:
    for speaker, to in ((one, first), (two, second)):
        speaker.sync(speaker.operation(kind, record, ORDER, "set", {field: {"was": was, "to": to}}))
    (conflict,) = [change for change in one.sync()["changes"] if change["type"] == "conflict"]
    return conflict


def decide(speaker: Speaker, conflict: dict, choose: dict) -> dict:
    saw = [conflict["data"]["live"]["op"], *(one["op"] for one in conflict["data"]["candidates"])]
    body = {"conflict": conflict["id"], "choose": choose, "reason": "已核实", "saw": saw}
    return speaker.sync(speaker.operation("conflict", conflict["id"], ORDER, "resolve", body))["answers"][0]


def test_a_decision_does_not_change_what_the_customer_was_shown(engineer: Speaker, company: Company, quoted: dict):
    apply(engineer, engineer.operation("quotation", QUOTE, ORDER, "transition", {"name": "present", "from": "draft"}))
    other = {"op": quoted["data"]["candidates"][0]["op"]}
    assert decide(company.speaker("boss"), quoted, other)["code"] == "immutable"
    assert company.record(QUOTE)["lines"][0]["price"] == 200


def test_a_decision_may_let_stand_what_the_customer_was_shown(engineer: Speaker, company: Company, quoted: dict):
    apply(engineer, engineer.operation("quotation", QUOTE, ORDER, "transition", {"name": "present", "from": "draft"}))
    live = {"op": quoted["data"]["live"]["op"]}
    assert decide(company.speaker("boss"), quoted, live)["verdict"] == "applied"


def test_a_decision_brings_the_total_along(company: Company, quoted: dict):
    other = {"op": quoted["data"]["candidates"][0]["op"]}
    assert decide(company.speaker("boss"), quoted, other)["verdict"] == "applied"
    assert company.record(QUOTE)["total"] == 900


@pytest.mark.parametrize("value", [None, [], 7, {"lines": []}, [line(3) | {"amount": 4}]])
def test_a_decision_takes_no_value_that_the_field_does_not(company: Company, quoted: dict, value: object):
    answered = decide(company.speaker("boss"), quoted, {"value": value})
    assert answered["code"] == "invalid_value" if value != [] else answered["verdict"] == "applied"


def test_a_decision_does_not_turn_a_failed_measurement_into_a_pass(engineer: Speaker, mate: Speaker, company: Company):
    values = {"name": NAMES, "items": [ITEM]}
    apply(engineer, engineer.operation("checklist", SHEET, ORDER, "create", {"values": values}))
    met = disputed(
        engineer, mate, SHEET, "answers/earth", None, answer("6.00", "fail"), answer("7.00", "fail"), "checklist"
    )
    assert decide(company.speaker("boss"), met, {"value": answer("6.00", "pass")})["code"] == "invalid_value"


@pytest.mark.parametrize("numbers", [("one", 2), (None, 2), ([], {})])
def test_a_group_that_nobody_can_count_is_settled_all_the_same(engineer: Speaker, company: Company, numbers: tuple):
    group = {"group": {"id": "7" * 32, "of": 2}}
    engineer.sync(*[engineer.set_fault("x") | group | {"n": n} for n in numbers])
    assert dismiss_one(company.speaker("boss"))["verdict"] == "applied"
    assert {one["state"] for one in outcomes(engineer)} == {"dismissed"}


@pytest.mark.parametrize("number", [2**70, 10**400], ids=["rounded by a fast reader", "refused by a fast reader"])
def test_a_number_that_no_field_holds_is_settled_all_the_same_and_kept_to_its_last_digit(
    engineer: Speaker, company: Company, number: int
):
    wrong = engineer.operation("work_order", ORDER, ORDER, "set", {"fault": {"was": None, "to": number}})
    assert engineer.sync(wrong)["answers"][0]["code"] == "not_canonical"
    assert dismiss_one(company.speaker("boss"))["verdict"] == "applied"
    assert [one["operation"]["set"]["fault"]["to"] for one in outcomes(engineer)] == [number]
    erasure.erase(company.parts, SYSTEM, [ORDER], "应本人要求")
    assert ["set" in one["operation"] for one in outcomes(engineer)] == [False]


def test_a_second_content_of_an_id_is_settled_all_the_same(engineer: Speaker, company: Company):
    first = engineer.set_fault("漏水")
    apply(engineer, first)
    assert engineer.sync(first | {"base": 1.5})["answers"][0]["code"] == "id_reused"
    assert dismiss_one(company.speaker("boss"))["verdict"] == "applied"
    assert [one["state"] for one in outcomes(engineer)] == ["dismissed"]


def test_a_malformed_change_does_not_stop_the_ones_that_meet_another(engineer: Speaker, mate: Speaker):
    engineer.sync(engineer.set_fault("x") | {"set": 7}, engineer.set_fault("x") | {"set": {"fault": 7}})
    mate.sync(mate.set_fault("漏水"))
    assert engineer.sync(engineer.set_fault("漏电"))["answers"][0]["verdict"] == "conflicted"


def dismiss_one(boss: Speaker) -> dict:
    parked = next(one["id"] for one in boss.sync()["changes"] if one["type"] == "parked")
    return boss.sync(boss.operation("parked", parked, parked, "dismiss", {"reason": "重复"}))["answers"][0]


def outcomes(speaker: Speaker) -> list[dict]:
    return [one["data"] for one in speaker.sync()["changes"] if one["type"] == "outcome"]
