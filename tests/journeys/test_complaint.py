"""A customer complains on site: handed in without a network, handled within its limits, closed, and called about."""

from typing import Any

from playwright.sync_api import expect

from tests.journeys import complaints
from tests.journeys.company import Company
from tests.journeys.complaints import NUMBER, SAID
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.complaints import ComplaintPage, ComplaintSheet
from tests.journeys.pages.today import Today
from tests.journeys.stage import UNDER_WAY, hired
from tests.journeys.tablet import DESK
from tests.support.polling import until


def test_r_184_r_185_r_187_r_188_a_complaint_of_the_field_is_handled_closed_and_called_about(
    company: Company, make_tablet: MakeTablet
):
    complaints.order(hired(company, "dispatcher", UNDER_WAY), "engineer1")
    handed_in_without_a_network(company, make_tablet)
    with company.server.beside("scheduler"):
        until(lambda: len(limits(company)) == 2, "the limits of the complaint")
        desk = desk_at(company, make_tablet)
        handled(desk)
        closed(desk)
        until(lambda: follow_up(company) is not None, "the callback about the complaint")
        desk.sync_now()
    called(desk, company)


def handed_in_without_a_network(company: Company, make_tablet: MakeTablet) -> None:
    """The engineer writes it down in flight mode; once sent, his tablet shows it no longer."""
    tablet = make_tablet()
    company.sign_in(tablet, "engineer1").is_synced()
    tablet.wait_for_worker()
    tablet.cut_off()
    Today(tablet.page).open(NUMBER)
    sheet = ComplaintSheet(tablet.page)
    sheet.hand_in(SAID, "请派人清理现场")
    sheet.shows_as("saved")
    tablet.connect()
    sheet.has_left()


def desk_at(company: Company, make_tablet: MakeTablet) -> ComplaintPage:
    """The dispatcher with the complaint open."""
    tablet = make_tablet(**DESK)
    company.sign_in(tablet, "dispatcher")
    page = ComplaintPage(tablet.page)
    page.open(SAID)
    return page


def handled(desk: ComplaintPage) -> None:
    """Taken on by whoever opened it, looked into, agreed upon and carried out."""
    desk.promises("acknowledge", "running")
    desk.take("acknowledge", "acknowledged")
    desk.lacks("investigate", "finding", "solution")
    desk.write("investigate", finding="离场前未做清理检查")
    desk.select("investigate", solution="repair")
    desk.take("investigate", "investigated")
    desk.promises("investigate", "met")
    desk.write("confirm", confirmed_by="演示联系人")
    desk.take("confirm", "confirmed")
    desk.take("execute", "executed")


def closed(desk: ComplaintPage) -> None:
    """Root cause, prevention, and what the customer says."""
    desk.lacks("close", "root_cause", "prevention", "told")
    desk.write("close", root_cause="清理项未列入检查表", prevention="检查表增加清理项")
    desk.choose("close", desk.words("complaint_reached_yes"))
    desk.choose("close", "4")
    desk.take("close", "closed")


def called(desk: ComplaintPage, company: Company) -> None:
    """The callback leads on from the complaint, and the dispatcher who handled it leaves it to a colleague."""
    desk.page.locator("a[data-callback]").click()
    expect(desk.page.locator("h1")).to_have_text(desk.words.label("callback_rule", "CB-09"))
    desk.shows(desk.words("call_own_job"))
    desk.shows("检查表增加清理项")
    workers = follow_up(company)["workers"]
    assert company.account("dispatcher").user in workers
    assert company.account("engineer1").user in workers


def limits(company: Company) -> list[dict[str, Any]]:
    """The limits of the one complaint."""
    records = company.account("dispatcher").records()
    (complaint,) = [row["id"] for row in records.rows.values() if row["type"] == "complaint"]
    return records.children(complaint, "deadline")


def follow_up(company: Company):
    """The callback about the complaint, if it is there."""
    found = company.account("dispatcher").records().all("callback")
    return next((one for one in found if one["rule"] == "CB-09"), None)
