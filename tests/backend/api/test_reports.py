"""The printed report: for those who may see the order, with what happened on it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.backend.api.test_blobs import picture, take_photo, upload
from tests.backend.company import CUSTOMER, ORDER, START, Company, Speaker

REPORT = f"/api/v1/work-orders/{ORDER}/report.pdf"
LABEL = {"zh-CN": "接地电阻", "zh-TW": "接地電阻", "en": "Earth resistance"}
ITEM = {
    "id": "earth", "phase": "inspect", "kind": "number", "label": LABEL, "required": True, "critical": True,
    "unit": "Ω", "minimum": None, "maximum": "4.00", "decimals": 2, "photo_on_fail": True, "options": [],
}  # fmt: skip
STATEMENT = {
    "document": "acceptance", "act": "accept_with_remarks", "remarks": "地面未清理",
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
        append(engineer, "rating", 5, {"declined": True}),
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


def test_it_says_which_times_are_in_doubt(engineer: Speaker):
    work(engineer)
    printed = "".join(text_of(engineer.call("GET", f"{REPORT}?locale=en")).split())
    assert "Nothingprovesthetime" in printed


def test_it_says_who_signed_and_when_in_words(engineer: Speaker):
    work(engineer)
    text = text_of(engineer.call("GET", REPORT))
    assert "操作人员" in text
    assert "签字时间\n— 缺失 —" not in text


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


MADE = "9" * 32
ODD = {
    "a number of two lines": {"number": "WO\n9"},
    "a number that climbs": {"number": "../../9"},
    "a policy that is a customer": {"policy": CUSTOMER},
    "an assignee that is a customer": {"assignee": CUSTOMER},
    "a contact that is a customer": {"contact": CUSTOMER},
    "text that is code": {"title": '#panic("x") $ @ \\ <b>'},
    "text that is unprintable": {"title": "\x01\x1b[31m\u202e\ufffe\U0001f4a9"},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_odd_order_is_printed_all_the_same(company: Company, odd: dict):
    desk = company.speaker("desk")
    about = {"number": "WO-9", "type": "repair_urgent", "priority": "urgent", "received_at": START, "title": "漏水"}
    values = {**about, "customer": CUSTOMER, "branch": company.record(desk.user)["branch"], **odd}
    desk.sync(desk.operation("work_order", MADE, MADE, "create", {"values": values}))
    answer = desk.call("GET", f"/api/v1/work-orders/{MADE}/report.pdf")
    assert answer.status_code == 200
    assert not set("/\n") & set(answer.headers["Content-Disposition"])


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc/passwd", "Nowhere/None", "Asia", "\n"])
def test_a_site_in_no_known_zone_is_printed_all_the_same(company: Company, zone: str):
    desk = company.speaker("desk")
    site = {"branch": company.record(desk.user)["branch"], "customer": CUSTOMER, "name": "x", "timezone": zone}
    here = {"site": {"was": None, "to": MADE}}
    desk.sync(
        desk.operation("site", MADE, MADE, "create", {"values": site}),
        desk.operation("work_order", ORDER, ORDER, "set", here),
    )
    assert desk.call("GET", REPORT).status_code == 200


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2026-W01-1T00:00:00Z", "20261122"])
def test_a_time_that_no_calendar_shows_is_parked(engineer: Speaker, at: str):
    event = append(engineer, "visit_event", 1, {"kind": "arrive", "place_missing": "off"}) | {"at": at}
    assert engineer.sync(event)["answers"][0]["code"] == "malformed_operation"


def test_a_moment_that_no_calendar_shows_is_parked(engineer: Speaker):
    photo = engineer.photo("d" * 32, "1" * 64, 9)
    photo["append"]["values"]["taken_at"] = 2**53 - 1
    assert engineer.sync(photo)["answers"][0]["code"] == "invalid_value"


@pytest.mark.parametrize("ink", [[None], [5], ["x"], [{"a": 1}], [["x"]], [[True]]])
def test_ink_that_is_no_strokes_is_parked(engineer: Speaker, ink: list):
    sign = append(engineer, "signature", 1, {"statement": STATEMENT, "ink": ink}, "sign")
    assert engineer.sync(sign)["answers"][0]["code"] == "invalid_value"


def test_what_was_odd_before_is_printed_all_the_same(engineer: Speaker):
    statement = STATEMENT | {"remarks": 5, "signer": 7}
    ink = [[2**53 - 1, 1 - 2**53, 0], [], [1], [1, 2, 3, 4]]
    report = {"result": "done", "next_visit_on": "2026-02-31"}
    sent = [
        append(engineer, "signature", 1, {"statement": statement, "ink": ink}, "sign"),
        append(engineer, "report", 2, report),
    ]
    assert {one["verdict"] for one in engineer.sync(*sent)["answers"]} == {"applied"}
    assert engineer.call("GET", REPORT).status_code == 200


def test_the_report_shows_the_report_that_was_judged(engineer: Speaker):
    later, earlier = append(engineer, "report", 9, {"result": "done", "summary": "真的"}), None
    earlier = append(engineer, "report", 3, {"result": "done", "summary": "塞进来的"})
    engineer.sync(later, earlier)
    text = text_of(engineer.call("GET", REPORT))
    assert "真的" in text
    assert "塞进来的" not in text
