"""What becomes of a finding: an order at the desk, once, or nothing more (R-160)."""

import pytest

from tests.backend.company import Company
from tests.backend.jobs.clockwork import Clockwork, made_id

FINDING = "e" * 32


@pytest.fixture
def round_(clockwork: Clockwork, company: Company) -> str:
    """A round that was begun."""
    clockwork.plan()
    clockwork.work()
    engineer, order = company.speaker("one"), clockwork.rounds()[0]["id"]
    engineer.sync(
        engineer.operation("work_order", order, order, "transition", {"name": "inspect", "from": "dispatched"})
    )
    return str(order)


def find(clockwork: Clockwork, order: str, **values: str) -> None:
    """The engineer says what becomes of a failed item."""
    engineer = clockwork.company.speaker("one")
    (checklist, *_) = [one for one in clockwork.all("checklist") if one["root"] == order]
    about = {"checklist": checklist["id"], "item": checklist["items"][0]["id"], "asset": made_id("machine 1")}
    known = {"severity": "major", "description": "接地极锈蚀", "action": "work_order", **values}
    answer = engineer.sync(engineer.operation("finding", FINDING, order, "create", {"values": {**about, **known}}))
    assert answer["answers"][0]["verdict"] == "applied", answer["answers"]
    clockwork.pass_time(hours=1)


def opened(clockwork: Clockwork) -> list[dict[str, object]]:
    """The orders that follow from a finding."""
    return [one for one in clockwork.all("work_order") if one["number"].startswith("YH-")]


def test_r_160_a_finding_becomes_one_order_on_its_machine_at_the_desk(clockwork: Clockwork, round_: str):
    find(clockwork, round_)
    clockwork.pass_time(days=1)
    (order,) = opened(clockwork)
    assert (order["title"], order["asset"]) == ("接地极锈蚀", made_id("machine 1"))
    assert (order["state"], order["priority"], order["customer"]) == (
        "triaged",
        "general",
        clockwork.rounds()[0]["customer"],
    )


def test_r_160_a_critical_finding_becomes_an_urgent_order(clockwork: Clockwork, round_: str):
    find(clockwork, round_, severity="critical")
    assert [one["priority"] for one in opened(clockwork)] == ["urgent"]


@pytest.mark.parametrize("fate", [{"action": "fixed"}, {"action": "advise", "advice": "replacement"}])
def test_r_160_what_was_fixed_or_advised_opens_no_order(clockwork: Clockwork, round_: str, fate: dict[str, str]):
    find(clockwork, round_, **fate)
    assert opened(clockwork) == []


def test_r_160_a_finding_that_is_decided_anew_becomes_an_order_then(clockwork: Clockwork, round_: str):
    find(clockwork, round_, action="fixed")
    engineer = clockwork.company.speaker("one")
    engineer.sync(
        engineer.operation("finding", FINDING, round_, "set", {"action": {"was": "fixed", "to": "work_order"}})
    )
    clockwork.pass_time(hours=1)
    assert len(opened(clockwork)) == 1


@pytest.mark.parametrize("named", ["a machine elsewhere", "complaint"])
def test_a_finding_is_about_a_machine_of_its_round(clockwork: Clockwork, round_: str, named: str):
    engineer = clockwork.company.speaker("one")
    (checklist, *_) = [one for one in clockwork.all("checklist") if one["root"] == round_]
    about = {"checklist": checklist["id"], "item": checklist["items"][0]["id"], "asset": made_id(named)}
    known = {"severity": "major", "description": "锈蚀", "action": "work_order"}
    answer = engineer.sync(engineer.operation("finding", FINDING, round_, "create", {"values": {**about, **known}}))
    assert answer["answers"][0]["code"] == "unknown_record"
