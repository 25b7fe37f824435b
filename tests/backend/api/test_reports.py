"""The printed report: for those who may see the order, with what happened on it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.backend.api.test_blobs import picture, take_photo, upload
from tests.backend.company import AT, CUSTOMER, ORDER, Company, Speaker

REPORT = f"/api/v1/work-orders/{ORDER}/report.pdf"
LABEL = {"zh-CN": "接地电阻", "zh-TW": "接地電阻", "en": "Earth resistance"}
ITEM = {
    "id": "earth", "phase": "inspect", "kind": "number", "label": LABEL, "required": True, "critical": True,
    "unit": "Ω", "minimum": None, "maximum": "4.00", "decimals": 2, "photo_on_fail": True, "options": [],
}  # fmt: skip
STATEMENT = {
    "document": "acceptance", "act": "accept_with_remarks", "reason": "地面未清理", "at": AT,
    "signer": {"name": "演示联系人", "role": "operator", "phone": None, "identified_by": "known"},
}  # fmt: skip


def text_of(answer) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)


def append(speaker: Speaker, kind: str, number: int, values: dict, do: str = "append") -> dict:
    body = {"values": values} if do != "sign" else values
    return speaker.operation(kind, f"{number:032x}", ORDER, do, body)


def work(engineer: Speaker) -> None:
    """What an engineer records in one visit."""
    answer = {"result": "fail", "value": "6.20", "note": "接地线松动", "reason": None}
    checklist = {"template": "b" * 32, "template_version": 1, "name": LABEL, "items": [ITEM]}
    reading = {"checklist": f"{1:032x}", "item": "earth", "value": "6.20", "unit": "Ω", "maximum": "4.00"}
    operations = [
        engineer.set_fault("出水口漏水"),
        append(engineer, "checklist", 1, checklist, "create"),
        engineer.operation("checklist", f"{1:032x}", ORDER, "set", {"answers/earth": {"was": None, "to": answer}}),
        append(engineer, "reading", 2, reading),
        append(engineer, "visit_event", 3, {"kind": "arrive", "place_missing": "denied"}),
        append(engineer, "signature", 4, {"statement": STATEMENT, "ink": [[0, 0, 0, 90, 40, 9], [3, 3, 20]]}, "sign"),
        append(engineer, "rating", 5, {"score": None}),
        append(engineer, "report", 6, {"result": "done", "summary": "恢复正常"}),
    ]
    verdicts = {one["verdict"]: one for one in engineer.sync(*operations)["answers"] if one["verdict"] != "applied"}
    assert not verdicts


def test_it_holds_what_was_recorded(engineer: Speaker):
    work(engineer)
    take_photo(engineer, picture())
    upload(engineer, picture())
    text = text_of(engineer.call("GET", REPORT))
    for said in ("出水口漏水", "6.20", "接地线松动", "未授权定位", "地面未清理", "演示联系人", "恢复正常", "演示 one"):
        assert said in text


@pytest.mark.parametrize(("locale", "word"), [("zh-TW", "接地電阻"), ("en", "Earth resistance")])
def test_it_speaks_the_language_asked_for(engineer: Speaker, locale: str, word: str):
    work(engineer)
    assert word in text_of(engineer.call("GET", f"{REPORT}?locale={locale}"))


def test_an_order_nobody_worked_on_is_printed_too(engineer: Speaker):
    assert "WO-1" in text_of(engineer.call("GET", REPORT))


@pytest.mark.parametrize("order", [ORDER, CUSTOMER, "f" * 32])
def test_nobody_prints_what_he_may_not_see(stranger: Speaker, order: str):
    assert stranger.call("GET", f"/api/v1/work-orders/{order}/report.pdf").status_code == 404


def test_the_desk_prints_any_order_of_its_branch(company: Company):
    assert company.speaker("desk").call("GET", REPORT).status_code == 200


@pytest.mark.parametrize("query", ["locale=fr", "locale="])
def test_a_wrong_wish_is_refused(engineer: Speaker, query: str):
    assert engineer.call("GET", f"{REPORT}?{query}").status_code == 422
