"""Erasing a person over HTTP: administrators only, found, shown, confirmed, listed."""

import pytest

from tests.backend.company import CUSTOMER, ORDER, Company, Speaker

NAME = "演示客户一"
BODIES = {
    "/search": {"text": NAME},
    "/preview": {"records": [CUSTOMER]},
    "": {"records": [CUSTOMER], "reason": "应本人要求"},
}


def ask(speaker: Speaker, path: str, **body: object) -> dict | list:
    answer = speaker.call("POST", f"/api/v1/erasures{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_an_administrator_finds_looks_and_erases(company: Company, admin: Speaker):
    (hit,) = ask(admin, "/search", text=NAME)
    assert (hit["id"], hit["type"], hit["texts"]) == (CUSTOMER, "customer", [NAME])
    plan = ask(admin, "/preview", records=[CUSTOMER])
    assert plan == {"records": [{"id": CUSTOMER, "type": "customer"}], "operations": 1, "blobs": 0}
    fact = ask(admin, "", records=[CUSTOMER], reason="应本人要求")
    assert (fact["by"], fact["reason"], fact["operations"]) == (admin.user, "应本人要求", 1)
    assert company.record(CUSTOMER)["name"] == "—"


def test_the_facts_are_listed_newest_first_without_what_was_erased(company: Company, admin: Speaker, engineer: Speaker):
    engineer.sync(engineer.operation("note", "b" * 32, ORDER, "append", {"values": {"text": "演示备注"}}))
    for one in (CUSTOMER, "b" * 32):
        ask(admin, "", records=[one], reason=f"应本人要求 {one[0]}")
    answer = admin.call("GET", "/api/v1/erasures")
    assert [one["reason"][-1] for one in answer.json] == ["b", "c"]
    assert NAME not in answer.text


@pytest.mark.parametrize("path", BODIES)
def test_nobody_else_may_ask(engineer: Speaker, company: Company, path: str):
    for speaker in (engineer, company.speaker("boss"), company.speaker("desk")):
        assert speaker.call("POST", f"/api/v1/erasures{path}", json=BODIES[path]).status_code == 403
    assert company.record(CUSTOMER)["name"] == NAME


def test_nobody_erases_himself_or_without_a_reason(admin: Speaker):
    for body in ({"records": [admin.user], "reason": "x"}, {"records": [CUSTOMER]}, {"records": [], "reason": "x"}):
        assert admin.call("POST", "/api/v1/erasures", json=body).status_code in (403, 422)


def test_what_does_not_exist_cannot_be_erased(admin: Speaker):
    body = {"records": ["0" * 31 + "1"], "reason": "x"}
    assert admin.call("POST", "/api/v1/erasures", json=body).status_code == 404
