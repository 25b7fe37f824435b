"""The system writes by itself, but never what its causers may not: it opens no record, and nobody takes its ids."""

from backend.domain.derived import create, operations, record_id
from backend.services.founding import SYSTEM, SYSTEM_USER
from sync.exchange import submit
from tests.backend.company import CUSTOMER, ORDER
from tests.backend.jobs.clockwork import Clockwork, made_id


def order_with(clockwork: Clockwork, **named: str) -> str:
    """What becomes of an order that the system makes with these references: the code of its refusal, or "applied"."""
    company, key = clockwork.company, f"order with {sorted(named.items())}"
    record = record_id(key, company.clock.now)
    values = {
        "number": "YH-1", "type": "repair_general", "priority": "general", "branch": clockwork.branch,
        "customer": CUSTOMER, "received_at": company.clock.now, "title": "演示", **named,
    }  # fmt: skip
    change = create(key, "work_order", record, record, values, company.clock.now)
    wire = operations([change], SYSTEM_USER, company.parts.engine.trade.schema)
    (answer,) = submit(company.parts.engine, SYSTEM, wire, company.clock.now)
    return answer.code or str(answer.verdict)


def elsewhere(clockwork: Clockwork, kind: str, **values: object) -> str:
    """A record of another branch."""
    branch = clockwork.make("branch", "elsewhere", {"code": "B2", "name": "演示分公司二"})
    return clockwork.make(kind, f"{kind} elsewhere", {"branch": branch, **values})


def test_the_system_carries_nothing_of_another_branch(clockwork: Clockwork):
    customer = elsewhere(clockwork, "customer", name="演示客户")
    assert order_with(clockwork, customer=customer) == "no_access"


def test_the_system_carries_nothing_but_places_and_machines(clockwork: Clockwork):
    assert order_with(clockwork, asset=ORDER) == "no_access"
    assert order_with(clockwork, asset=made_id("machine 1")) == "applied"


def test_an_id_that_anybody_can_work_out_is_no_engineers_to_give(clockwork: Clockwork):
    engineer = clockwork.company.speaker("one")
    note = record_id(f"callback {ORDER} after service", clockwork.company.clock.now)
    answer = engineer.sync(engineer.operation("note", note, ORDER, "append", {"values": {"text": "占位"}}))
    assert answer["answers"][0]["code"] == "malformed_operation"
