"""A whole repair on the real engine: every tap, fact and signature, from dispatch to the archive."""

import pytest

from backend.services.seed_company import demo_id
from sync.canonical import digest
from tests.backend.domain.company import Office, Person
from tests.backend.domain.orders import LINE

ORDER = demo_id("work_order 0")  # on a sold machine: chargeable
CHECKLIST = demo_id("checklist 0")
PART = demo_id("part P-CONTACTOR")


@pytest.fixture
def office() -> Office:
    """A server in memory with the demo company."""
    return Office()


def answer(engineer: Person, *phases: str, **special: dict[str, str]) -> None:
    """Answer every item of some phases: pass, unless said otherwise."""
    for item in engineer.office.data(CHECKLIST)["items"]:
        if item["phase"] in phases:
            number = {"result": "pass", "value": "1.00"} if item["kind"] == "number" else {"result": "pass"}
            given = special.get(item["id"].replace("-", "_"), number)
            done = engineer.change("checklist", CHECKLIST, ORDER, **{f"answers/{item['id']}": given})
            assert done.verdict == "applied", done


def photograph(engineer: Person, slot: str, **where: str) -> str:
    sha256 = digest([slot, where])
    engineer.add("photo", ORDER, sha256=sha256, size=1000, media_type="image/jpeg", slot=slot, **where)
    return sha256


def arrive(engineer: Person) -> None:
    """Go there: accepted, prepared, departed, arrived, started."""
    assert engineer.step(ORDER, "accept").verdict == "applied"
    answer(engineer, "prepare")
    assert [engineer.step(ORDER, name).verdict for name in ("depart", "arrive", "start")] == ["applied"] * 3


def agree(engineer: Person) -> None:
    """Diagnose, quote, and get an oral consent."""
    assert engineer.change("work_order", ORDER, ORDER, diagnosis="接触器触点粘连").verdict == "applied"
    offer = engineer.add("quotation", ORDER, number=1, currency="CNY", lines=[LINE])
    engineer.act("quotation", offer, ORDER, "transition", {"name": "present", "from": "draft"})
    shown = engineer.office.data(offer)["hash"]
    said = {"mode": "oral", "person": "演示联系人01", "reason_text": "手上有油，口头同意"}
    engineer.add("consent", ORDER, quotation=offer, hash=shown, decision="yes", **said)


def repair(engineer: Person) -> None:
    """Everything between consent and the customer's acceptance; one reading is out of limits."""
    noted = {"result": "fail", "value": "4.20", "note": "接地线锈蚀，已建议更换"}
    answer(engineer, "protect", "inspect", earth_resistance=noted)
    part = {"part": PART, "name": "交流接触器", "quantity": 1, "source": "original", "permission": "granted"}
    engineer.add("part_use", ORDER, **part, new_part_shown=True, disposition="customer_keeps")
    answer(engineer, "repair", "test", "cleanup", "acceptance")


def sign(engineer: Person) -> None:
    """The customer signs and rates; the engineer reports."""
    statement = {"document": "acceptance", "act": "accept", "content": {"title": "验收单"}}
    signature = engineer.office.new_id()
    engineer.act("signature", signature, ORDER, "sign", {"statement": statement, "ink": [[1, 2, 3]]})
    engineer.add("rating", ORDER, score=5, signature=signature)
    engineer.add("report", ORDER, result="done", summary="更换接触器")


def state(office: Office) -> str:
    return str(office.data(ORDER)["state"])


def test_r_128_a_repair_goes_from_dispatch_to_the_archive(office: Office):
    engineer, supervisor = office.person("engineer1"), office.person("supervisor")
    arrive(engineer)
    assert state(office) == "diagnosing"
    agree(engineer)
    assert state(office) == "consented"
    repair(engineer)
    assert state(office) == "cleaning_up"
    pictures = [
        photograph(engineer, "after"),
        photograph(engineer, "checklist", checklist=CHECKLIST, item="earth-resistance"),
    ]
    assert state(office) == "acceptance"
    sign(engineer)
    assert engineer.step(ORDER, "finish").verdict == "applied"
    assert state(office) == "reported"
    for sha256 in pictures:
        engineer.deliver(sha256)
    assert state(office) == "in_review"
    (report,) = office.family(ORDER, "report")
    supervisor.add("review", ORDER, report=report, decision="approve", comments=[])
    assert supervisor.step(ORDER, "approve").verdict == "applied"
    assert state(office) == "archived"


def test_r_094_the_server_parks_a_departure_before_the_preparation(office: Office):
    engineer = office.person("engineer1")
    engineer.step(ORDER, "accept")
    early = engineer.step(ORDER, "depart")
    assert (early.verdict, early.code, early.detail["guard"]) == ("parked", "guard_failed", "G-05")


def test_a_second_engineer_who_taps_the_same_step_is_not_refused(office: Office):
    engineer, mate = office.person("engineer1"), office.person("engineer2")
    arrive(engineer)
    assert [mate.step(ORDER, name).verdict for name in ("accept", "depart", "arrive")] == ["applied"] * 3
    assert state(office) == "diagnosing"


def test_r_213_an_engineer_who_is_not_on_the_order_changes_nothing(office: Office):
    stranger = office.person("engineer3")
    refused = stranger.step(ORDER, "accept")
    assert (refused.verdict, refused.code) == ("parked", "no_access")


def test_r_212_an_engineer_cannot_approve_his_own_report(office: Office):
    refused = office.person("engineer1").step(ORDER, "approve")
    assert (refused.verdict, refused.code) == ("parked", "forbidden_field")


def test_r_142_a_returned_report_needs_a_new_one(office: Office):
    engineer, supervisor = office.person("engineer1"), office.person("supervisor")
    arrive(engineer)
    agree(engineer)
    repair(engineer)
    for sha256 in (
        photograph(engineer, "after"),
        photograph(engineer, "checklist", checklist=CHECKLIST, item="earth-resistance"),
    ):
        engineer.deliver(sha256)
    sign(engineer)
    engineer.step(ORDER, "finish")
    (report,) = office.family(ORDER, "report")
    remark = {"type": "checklist", "record": CHECKLIST, "item": "earth-resistance", "text": "请补充处理建议"}
    supervisor.add("review", ORDER, report=report, decision="return", comments=[remark])
    assert supervisor.step(ORDER, "return").verdict == "applied"
    assert engineer.step(ORDER, "finish").detail["guard"] == "G-19"
    engineer.add("report", ORDER, result="done", summary="已补充")
    assert engineer.step(ORDER, "finish").verdict == "applied"
    assert state(office) == "in_review"


def test_r_221_work_on_a_cancelled_order_is_kept_for_the_dispatcher(office: Office):
    engineer, dispatcher = office.person("engineer1"), office.person("dispatcher")
    arrive(engineer)
    dispatcher.change("work_order", ORDER, ORDER, cancel_reason="客户取消")
    assert dispatcher.step(ORDER, "cancel").verdict == "applied"
    late = engineer.step(ORDER, "finish")
    assert (late.verdict, late.code) == ("parked", "order_cancelled")
    assert [one["code"] for one in office.family(_parked(office), "parked").values()] == ["order_cancelled"]


def _parked(office: Office) -> str:
    with office.engine.store.read() as reader:
        return next(one.root for one in reader.inside([f"branch:{demo_id('branch demo')}"]) if len(one.root) == 64)
