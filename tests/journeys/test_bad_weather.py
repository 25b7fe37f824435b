"""Networks that lie, break off or refuse: the outbox stays whole and the screen tells the truth."""

import pytest

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.frame import Frame
from tests.journeys.pages.order import OrderScreen
from tests.journeys.pages.outbox import Outbox
from tests.journeys.pages.sign_in import SignIn
from tests.journeys.pages.today import Today
from tests.journeys.tablet import Tablet
from tests.support.proxy import Wire

ORDER = "GD-0003"
NOTE = "风机轴承已加润滑脂"
SYNC = "**/api/v1/sync"
LOGIN_PAGE = {"status": 200, "content_type": "text/html", "body": "<html><h1>Free Wi-Fi</h1></html>"}
BROKEN = {"error": {"code": "internal", "message": "", "detail": {}, "retryable": True}}
BUSY = {"error": {"code": "unavailable", "message": "", "detail": {}, "retryable": True}}
ANSWERS = {
    "a captive portal": (LOGIN_PAGE, "common_sync_portal"),
    "a broken server": ({"status": 500, "json": BROKEN}, "common_sync_problem"),
    "a busy server": ({"status": 503, "json": BUSY, "headers": {"Retry-After": "1"}}, "common_sync_problem"),
    "a gateway": ({"status": 502, "content_type": "text/html", "body": "Bad gateway"}, "common_sync_problem"),
}


@pytest.fixture
def tablet(company: Company, make_tablet: MakeTablet) -> Tablet:
    """Engineer one has accepted the order and is back at his list."""
    return at_work(company, make_tablet())


def at_work(company: Company, tablet: Tablet) -> Tablet:
    company.sign_in(tablet, "engineer1")
    order = Today(tablet.page).open(ORDER)
    order.step("accept", "accepted")
    order.back_to_today()
    Frame(tablet.page).has_sent_everything()
    return tablet


def write_note(tablet: Tablet) -> Outbox:
    """Saves a note and looks at what waits."""
    order = Today(tablet.page).open(ORDER)
    order.note(NOTE)
    order.back_to_today()
    outbox = Outbox(tablet.page)
    outbox.go("outbox")
    return outbox


def notes(company: Company) -> list[str]:
    """Every note the server has."""
    return [note["text"] for note in company.account("supervisor").records().all("note")]


@pytest.mark.parametrize("weather", ANSWERS)
def test_no_foreign_answer_is_taken_for_success(company: Company, tablet: Tablet, weather: str):
    answer, words = ANSWERS[weather]
    tablet.context.route(SYNC, lambda route: route.fulfill(**answer))
    outbox = write_note(tablet)
    outbox.says(words)
    outbox.holds(1)
    assert notes(company) == []
    tablet.context.unroute(SYNC)
    outbox.sync_now()
    outbox.has_sent_everything()
    assert notes(company) == [NOTE]


@pytest.mark.parametrize("way", ["requests", "answers"])
def test_an_exchange_that_breaks_off_is_made_again_and_counts_once(
    company: Company, make_tablet: MakeTablet, wire: Wire, way: str
):
    tablet = at_work(company, make_tablet(url=wire.url))
    wire.break_off(way, after=200)
    outbox = write_note(tablet)
    outbox.says("common_offline_since")
    outbox.holds(1)
    assert wire.cuts > 0
    wire.break_off(None)
    outbox.sync_now()
    outbox.has_sent_everything()
    assert notes(company) == [NOTE]


@pytest.fixture
def wire(company: Company):
    """A wire of its own to the company's server."""
    made = Wire(company.url)
    yield made
    made.close()


def test_an_expired_session_stops_sending_but_not_working(company: Company, tablet: Tablet):
    tablet.context.clear_cookies()
    outbox = write_note(tablet)
    outbox.says("common_sync_signed_out")
    outbox.holds(1)
    outbox.go("today")
    OrderScreen(Today(tablet.page).open(ORDER).page).shows(NOTE)
    OrderScreen(tablet.page).back_to_today()
    outbox.button("common_sign_in").click()
    SignIn(tablet.page).fill("engineer1", company.password("engineer1"))
    outbox.has_sent_everything()
    assert notes(company) == [NOTE]


def test_a_server_that_went_away_is_called_away(company: Company, tablet: Tablet):
    company.server.kill()
    outbox = write_note(tablet)
    outbox.says("common_offline_since")
    outbox.holds(1)
    company.server.start()
    outbox.sync_now()
    outbox.has_sent_everything()
    assert notes(company) == [NOTE]
