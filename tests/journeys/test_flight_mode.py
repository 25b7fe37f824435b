"""A whole repair in flight mode: loaded once, done without network or server, and then nothing is missing anywhere."""

import hashlib
from pathlib import Path

from pypdf import PdfReader

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.job import DIAGNOSIS, EARTH, FAULT, INSULATION, NOTE, ORDER, SLOTS, WHY_FAILED, WORK_DONE, repair
from tests.journeys.pages.desk import ReportScreen
from tests.journeys.pages.frame import Frame
from tests.journeys.pages.order import OrderScreen
from tests.journeys.tablet import DESK, Tablet
from tests.journeys.wire import Records


def test_a_repair_done_in_flight_mode_arrives_whole_and_is_approved(
    company: Company, make_tablet: MakeTablet, tmp_path: Path
):
    tablet = prepare(company, make_tablet)
    order = repair(tablet, tmp_path)
    photos = tablet.stored_bytes(engineer_id(tablet))
    reconnect(company, tablet)
    records = company.account("supervisor").records()
    has_every_value(records, order)
    has_the_same_photos(company, photos, records, order)
    is_approved_and_printed(company, make_tablet, order, tmp_path)


def prepare(company: Company, make_tablet: MakeTablet, username: str = "engineer1") -> Tablet:
    """Signs in once, then takes the network and the server away and opens the app from cold."""
    tablet = make_tablet()
    company.sign_in(tablet, username)
    tablet.wait_for_worker()
    tablet.close()
    company.server.stop()
    tablet.open(offline=True)
    tablet.locate()
    return tablet


def engineer_id(tablet: Tablet) -> str:
    """Whose tablet this is, by the name of his database."""
    names = tablet.page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
    (user,) = [name.removeprefix("huizhi-user-") for name in names if name.startswith("huizhi-user-")]
    return user


def reconnect(company: Company, tablet: Tablet) -> None:
    """Server and network are back; the tablet says so when everything has arrived."""
    company.server.start()
    order = OrderScreen(tablet.page)
    order.back_to_today()
    frame = Frame(tablet.page)
    frame.says("common_offline_since")
    tablet.connect()
    frame.is_synced()


def has_every_value(records: Records, order: str) -> None:
    """The server holds what the engineer and the customer entered."""
    work_order = records.order(ORDER)["data"]
    found = {name: work_order[name] for name in ("fault", "diagnosis", "work_done", "cause", "state")}
    expected = {"fault": FAULT, "diagnosis": DIAGNOSIS, "work_done": WORK_DONE, "cause": "supplier"}
    assert found == {**expected, "state": "in_review"}
    (checklist,) = records.children(order, "checklist")
    answers = {name: one for name, one in checklist.items() if name.startswith("answers/")}
    results = [one["result"] for one in answers.values()]
    assert (results.count("pass"), results.count("fail")) == (19, 1)
    failed = answers["answers/earth-resistance"]
    assert (failed["value"], failed["note"]) == (EARTH, WHY_FAILED)
    readings = {one["item"]: (one["value"], one["verdict"]) for one in records.children(order, "reading")}
    assert readings == {"earth-resistance": (EARTH, "fail"), "insulation-resistance": (INSULATION, "pass")}
    has_every_child(records, order)


def has_every_child(records: Records, order: str) -> None:
    """Steps, part, price, consent, signatures, rating, report and note."""
    events = [one["kind"] for one in records.children(order, "visit_event")]
    assert events == ["accept", "depart", "arrive", "start", "finish"]
    (part,) = records.children(order, "part_use")
    assert (part["name"], part["quantity"], part["disposition"]) == ("交流接触器", 1, "return_company")
    (quotation,) = records.children(order, "quotation")
    assert (quotation["total"], quotation["state"]) == (25_500, "presented")
    (consent,) = records.children(order, "consent")
    assert (consent["decision"], consent["mode"], consent["hash"]) == ("yes", "written", quotation["hash"])
    signatures = records.children(order, "signature")
    assert [one["act"] for one in signatures] == ["accept", "accept"]
    assert all(len(one["ink"][0]) > 60 for one in signatures)
    (rating,) = records.children(order, "rating")
    assert rating["score"] == 5
    (report,) = records.children(order, "report")
    assert (report["result"], report["summary"]) == ("done", WORK_DONE)
    (note,) = records.children(order, "note")
    assert note["text"] == NOTE


def has_the_same_photos(company: Company, kept: dict[str, bytes], records: Records, order: str) -> None:
    """Each file on the server equals, byte by byte, the one the tablet stored."""
    photos = records.children(order, "photo")
    assert sorted(one["slot"] for one in photos) == sorted([*SLOTS, "checklist"])
    assert all(one["stored"] for one in photos)
    assert {one["sha256"] for one in photos} == set(kept)
    reader = company.account("supervisor")
    for name, content in kept.items():
        assert hashlib.sha256(content).hexdigest() == name
        assert reader.download(f"/api/v1/blobs/{name}") == content


def is_approved_and_printed(company: Company, make_tablet: MakeTablet, order: str, folder: Path) -> None:
    """A supervisor at her desk approves it and takes the paper with her."""
    desk = make_tablet(**DESK)
    company.sign_in(desk, "supervisor")
    report = ReportScreen(desk.page)
    report.open(order)
    report.approve()
    report.is_synced()
    assert records_state(company) == "archived"
    pages = PdfReader(report.download(folder)).pages
    printed = "".join("".join(page.extract_text() for page in pages).split())
    for expected in (FAULT, DIAGNOSIS, EARTH, INSULATION, ORDER):
        assert expected in printed
    strokes = sum(page.get_contents().get_data().count(b" l\n") for page in pages)
    assert strokes > 60, "the signature is not drawn"


def records_state(company: Company) -> str:
    """Where the order stands on the server."""
    state: str = company.account("supervisor").records().order(ORDER)["data"]["state"]
    return state
