"""What somebody sends who means harm, in every role: borrowed names, borrowed places, borrowed decisions."""

import pytest

from backend.services.accounts import create_user, write
from backend.services.founding import SYSTEM, SYSTEM_USER
from tests.backend.api.test_decisions import decide, disputed
from tests.backend.company import CUSTOMER, ORDER, PASSWORD, Company, Speaker

FAR, PART, MADE = "b" * 31 + "1", "e" * 31 + "1", "d" * 31 + "1"
LARGEST = 393_216


def parked_here(speaker: Speaker, operation: dict) -> str:
    """The record that keeps a parked operation of anybody, as this speaker sees it."""
    rows = [one for one in speaker.sync()["changes"] if one["type"] == "parked"]
    (found,) = [one["id"] for one in rows if one["data"]["operation"]["id"] == operation["id"]]
    return found


def push(speaker: Speaker, *operations: dict) -> list[dict]:
    return speaker.sync(*operations)["answers"]


@pytest.mark.parametrize("name", ["admin", "boss", "system"])
def test_nobody_gets_the_rights_of_another_by_naming_him_as_the_author(company: Company, name: str):
    desk, borrowed = company.speaker("desk"), SYSTEM_USER if name == "system" else company.ids[name]
    roles = {"roles": {"was": ["dispatcher"], "to": ["admin", "dispatcher"]}}
    forged = desk.operation("user", desk.user, desk.user, "set", roles) | {"by": borrowed}
    assert push(desk, forged)[0]["code"] == "wrong_author"
    one = parked_here(desk, forged)
    assert push(desk, desk.operation("parked", one, one, "unpark", {}))[0]["code"] == "wrong_author"
    assert company.record(desk.user)["roles"] == ["dispatcher"]


@pytest.mark.parametrize("place", ["user", "branch", "customer", "parked"])
def test_nothing_is_hung_where_it_does_not_belong(company: Company, place: str):
    desk = company.speaker("desk")
    misplaced = desk.operation("note", MADE, "0" * 32, "append", {"values": {"text": "x"}})
    push(desk, misplaced)
    roots = {"user": desk.user, "customer": CUSTOMER, "branch": company.record(desk.user)["branch"]}
    root = roots.get(place) or parked_here(desk, misplaced)
    note = desk.operation("note", MADE, root, "append", {"values": {"text": "对所有人说"}})
    assert push(desk, note)[0]["code"] == "root_mismatch"


def test_nobody_moves_what_lies_at_another_branch(company: Company):
    write(company.parts, SYSTEM, "branch", FAR, "create", {"values": {"code": "far", "name": "演示分公司二"}})
    person = {"username": "far_desk", "name": "演示", "roles": ["dispatcher"], "branch": FAR}
    company.ids["far_desk"] = create_user(company.parts, SYSTEM, password=PASSWORD, **person)
    thief, home = company.speaker("far_desk"), company.record(company.ids["desk"])["branch"]
    body = {"part": PART, "from": f"warehouse:{home}", "to": f"warehouse:{FAR}", "quantity": 9}
    assert push(thief, thief.operation("stock_move", MADE, home, "move", body))[0]["code"] == "no_access"
    desk = company.speaker("desk")
    assert push(desk, desk.operation("stock_move", MADE, home, "move", body))[0]["verdict"] == "applied"


def test_an_operation_beyond_the_limit_is_not_kept_for_everybody_to_pull(engineer: Speaker, company: Company):
    large = engineer.operation("note", MADE, ORDER, "append", {"values": {"text": "x" * LARGEST}})
    answer = engineer.call("POST", "/api/v1/sync", json=engineer.envelope(engineer.set_fault("漏水"), large))
    assert (answer.status_code, answer.json["error"]["detail"]) == (413, {"limit": LARGEST})
    assert "fault" not in company.record(ORDER)


def test_an_operation_that_is_just_within_the_limit_is_parked_and_shown(engineer: Speaker, company: Company):
    large = engineer.operation("note", MADE, ORDER, "append", {"values": {"text": "x" * (LARGEST - 1_000)}})
    assert push(engineer, large)[0]["code"] == "invalid_value"
    assert parked_here(company.speaker("boss"), large)


def test_a_decision_names_the_conflict_it_decides(engineer: Speaker, company: Company):
    desk, boss = company.speaker("desk"), company.speaker("boss")
    conflict = disputed(engineer, desk, ORDER, "fault", None, "漏水", "漏电", "work_order")
    saw = [conflict["data"]["live"]["op"], *(one["op"] for one in conflict["data"]["candidates"])]
    body = {"conflict": "f" * 64, "choose": {"value": "x"}, "reason": "x", "saw": saw}
    forged = boss.operation("conflict", conflict["id"], ORDER, "resolve", body)
    assert push(boss, forged)[0]["code"] == "malformed_operation"
    assert decide(boss, conflict, {"value": "漏水"})["verdict"] == "applied"


@pytest.mark.parametrize("name", ["admin", "boss"])
def test_nobody_writes_with_the_rights_of_another_by_editing_what_he_had_parked(company: Company, name: str):
    other, desk = company.speaker(name), company.speaker("desk")
    roles = {"roles": {"was": ["nobody"], "to": ["dispatcher"]}}
    parked = other.operation("user", desk.user, desk.user, "set", roles)
    assert push(other, parked)[0]["verdict"] == "parked"
    one, more = parked_here(desk, parked), {"roles": {"was": ["dispatcher"], "to": ["admin", "dispatcher"]}}
    edited = desk.operation("parked", one, one, "unpark", {"edited": more, "reason": "更正"})
    assert push(desk, edited)[0]["code"] == "forbidden_field"
    assert company.record(desk.user)["roles"] == ["dispatcher"]


@pytest.mark.parametrize("reason", ["", " \n"])
def test_nothing_is_removed_or_decided_without_a_reason(engineer: Speaker, company: Company, reason: str):
    desk, boss = company.speaker("desk"), company.speaker("boss")
    push(engineer, engineer.operation("note", MADE, ORDER, "append", {"values": {"text": "x"}}))
    hidden = engineer.operation("note", MADE, ORDER, "hide", {"reason": reason})
    conflict = disputed(engineer, desk, ORDER, "fault", None, "漏水", "漏电", "work_order")
    saw = [conflict["data"]["live"]["op"], *(one["op"] for one in conflict["data"]["candidates"])]
    body = {"conflict": conflict["id"], "choose": {"value": "漏水"}, "reason": reason, "saw": saw}
    decided = boss.operation("conflict", conflict["id"], ORDER, "resolve", body)
    told = [push(engineer, hidden)[0], push(boss, decided)[0]]
    assert [one["detail"] for one in told] == [{"field": "reason", "reason": "required"}] * 2


def test_nobody_lifts_himself_over_the_state_of_an_order_by_letting_his_own_change_through(company: Company):
    desk, boss = company.speaker("desk"), company.speaker("boss")
    reason = desk.operation("work_order", ORDER, ORDER, "set", {"cancel_reason": {"was": None, "to": "客户取消"}})
    push(desk, reason, desk.operation("work_order", ORDER, ORDER, "transition", {"name": "cancel", "from": "accepted"}))
    change = desk.operation("work_order", ORDER, ORDER, "set", {"title": {"was": "无暖气", "to": "改写"}})
    assert push(desk, change)[0]["code"] == "order_cancelled"
    one = parked_here(desk, change)
    assert push(desk, desk.operation("parked", one, one, "unpark", {}))[0]["code"] == "order_cancelled"
    assert push(boss, boss.operation("parked", one, one, "unpark", {}))[0]["verdict"] == "applied"
