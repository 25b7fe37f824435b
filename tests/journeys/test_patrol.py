"""A patrol from its plan to the printed report: made by the scheduler, done in flight mode, reviewed at the desk."""

from pathlib import Path

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys import patrol
from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.desk import OrderPage, ReportScreen
from tests.journeys.pages.round import RoundScreen
from tests.journeys.patrol import INSTRUMENT, OUT_OF_LIMIT, PLAN_NAME, SUMMARY, WHY_FAILED, WHY_SKIPPED
from tests.journeys.tablet import DESK
from tests.journeys.test_flight_mode import prepare, reconnect
from tests.journeys.wire import Records


def test_r_160_r_163_a_planned_round_is_done_in_flight_mode_and_its_finding_becomes_an_order(
    company: Company, make_tablet: MakeTablet, tmp_path: Path
):
    desk = make_tablet(**DESK)
    company.sign_in(desk, "dispatcher")
    plan = patrol.planned(desk)
    order = patrol.scheduled(company, plan=plan)
    tablet = prepare(company, make_tablet)
    done = patrol.inspect(tablet, tmp_path)
    patrol.sign_off(done)
    reconnect(company, tablet)
    records = company.account("supervisor").records()
    has_every_value(records, order)
    opened = patrol.scheduled(company, opened_from=finding_of(records, order))
    is_open_for_a_colleague(company, make_tablet, plan)
    is_promised_and_met(company, order)
    is_approved_and_printed(company, make_tablet, order, opened, tmp_path)


def has_every_value(records: Records, order: str) -> None:
    """The server holds the readings with their instrument, the skipped machine, the finding and both signatures."""
    assert records.rows[order]["data"]["state"] == "in_review"
    assert records.rows[order]["data"]["work_done"] == SUMMARY
    readings = [(one["value"], one["verdict"], one["instrument"]) for one in records.children(order, "reading")]
    assert readings[0] == (OUT_OF_LIMIT, "fail", INSTRUMENT)
    assert [one[1:] for one in readings[1:]] == [("pass", INSTRUMENT)] * 3
    skipped = [one.get("skipped_because") for one in records.children(order, "checklist")]
    assert [one for one in skipped if one] == [WHY_SKIPPED]
    (finding,) = records.children(order, "finding")
    assert (finding["item"], finding["action"], finding["severity"]) == ("mast-earth", "work_order", "major")
    (signature,) = records.children(order, "signature")
    content = signature["statement"]["content"]
    assert content["skipped"][0]["reason"] == WHY_SKIPPED
    assert WHY_FAILED in content["findings"][0]["words"]


def finding_of(records: Records, order: str) -> str:
    """The id of the one finding of a round."""
    return records.only(order, "finding")


def is_open_for_a_colleague(company: Company, make_tablet: MakeTablet, plan: str) -> None:
    """Another engineer, whose tablet never had this round, reads offline at the machine what is open there."""
    patrol.special(company, plan, "engineer2")
    tablet = prepare(company, make_tablet, "engineer2")
    stop = RoundScreen.open(tablet.page, PLAN_NAME).stop(0)
    earlier = stop.page.locator("[data-earlier]")
    expect(earlier).to_contain_text(WHY_FAILED)
    expect(earlier).to_contain_text("YH-")
    company.server.start()


def is_promised_and_met(company: Company, order: str) -> None:
    """The report was due three working days after the signature."""
    deadlines = company.account("supervisor").records().children(order, "deadline")
    kept = [(one["name"], one["limit"], one["limit_unit"], one["state"]) for one in deadlines]
    assert kept == [("report", 3, "wd", "met")]


def is_approved_and_printed(company: Company, make_tablet: MakeTablet, order: str, opened: str, folder: Path) -> None:
    """The supervisor sees the new order, approves the report and takes the paper with her."""
    desk = make_tablet(**DESK)
    company.sign_in(desk, "supervisor")
    page = OrderPage(desk.page)
    page.open(opened)
    expect(desk.page.locator("[data-state]")).to_have_attribute("data-state", "triaged")
    page.shows(WHY_FAILED)
    report = ReportScreen(desk.page)
    report.open(order)
    report.shows(WHY_SKIPPED)
    report.approve()
    report.is_synced()
    pages = PdfReader(report.download(folder)).pages
    printed = "".join("".join(one.extract_text() for one in pages).split())
    for expected in ("巡检报告", OUT_OF_LIMIT, INSTRUMENT, WHY_SKIPPED, WHY_FAILED, "转工单"):
        assert expected in printed
