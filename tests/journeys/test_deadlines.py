"""An engineer without a network sees how much time is left, why, and is warned; what he does there counts at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.deadlines import Deadlines
from tests.journeys.pages.desk import OrderPage
from tests.journeys.pages.today import Today
from tests.journeys.past import finished_repair
from tests.journeys.tablet import DESK, Tablet
from tests.support.polling import until
from tests.support.server import Server

ORDER = "GD-0021"  # received more than three hours ago, with four to respond and a day to arrive


@pytest.fixture
def company(huizhi_server: Callable[..., Server], tmp_path: Path) -> Company:
    """The demo company with its deadlines worked out once; then the scheduler has gone."""
    server = huizhi_server(tmp_path / "company")
    finished_repair(server.data_dir, days=0)
    server.run("seed")
    company = Company(server.start())
    with server.beside("scheduler"):
        until(lambda: len(company.account("engineer1").records().all("deadline")) > 20, "the deadlines of the orders")
    return company


def test_r_057_the_engineer_is_warned_and_told_why_in_flight_mode(company: Company, make_tablet: MakeTablet):
    tablet = offline(company, make_tablet)
    deadlines = Deadlines(tablet.page)
    deadlines.warns_of(ORDER, "respond")
    deadlines.note()
    order = Today(tablet.page).open(ORDER)
    deadlines.open()
    deadlines.stands("respond", "running")
    deadlines.explains("arrive", "T-004", deadlines.words("due_round_the_clock"), deadlines.words("due_never_pauses"))
    deadlines.stands("arrive", "running")
    deadlines.leave()
    order.step("accept", "accepted")
    deadlines.open()
    deadlines.stands("respond", "met")


def test_the_desk_reads_the_same_deadlines_and_why(company: Company, make_tablet: MakeTablet):
    desk = make_tablet(**DESK)
    company.sign_in(desk, "dispatcher")
    page = OrderPage(desk.page)
    page.open(company.account("dispatcher").records().order(ORDER)["id"])
    arrive = desk.page.locator("[data-deadline=arrive]")
    arrive.locator("summary").click()
    for words in ("T-004", page.words.label("clock_start", "received"), page.words.label("deadline_state", "running")):
        expect(arrive.locator("dl")).to_contain_text(words)


def offline(company: Company, make_tablet: MakeTablet) -> Tablet:
    """The engineer's tablet at his list, synced once and then cut off."""
    tablet = make_tablet()
    company.sign_in(tablet, "engineer1").is_synced()
    tablet.wait_for_worker()
    tablet.cut_off()
    return tablet
