"""One tablet for two people, one person in two tabs: each sees and sends only what is his, and once."""

from collections.abc import Callable

from playwright.sync_api import Page, Request, expect

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.frame import Frame
from tests.journeys.pages.order import OrderScreen
from tests.journeys.pages.settings import Settings
from tests.journeys.pages.sign_in import SignIn
from tests.journeys.pages.today import Today

SHARED_ORDER = "GD-0001"
SECRET = "客户私下说明：上月自行拆修过"


def test_two_users_of_one_tablet_never_see_or_send_each_others_work(company: Company, make_tablet: MakeTablet):
    tablet = make_tablet()
    company.sign_in(tablet, "engineer1")
    write_unsent(tablet.page, tablet.cut_off)
    Settings(tablet.page).sign_out(unsent=1)
    tablet.connect()
    change_user(company, tablet.page, "engineer2")
    Today(tablet.page).open(SHARED_ORDER).has_state("accepted")
    expect(tablet.page.get_by_text(SECRET)).to_have_count(0)
    assert notes(company) == []
    OrderScreen(tablet.page).back_to_today()
    Settings(tablet.page).sign_out()
    change_user(company, tablet.page, "engineer1")
    assert notes(company) == [SECRET]


def write_unsent(page: Page, cut_off: Callable[[], None]) -> None:
    """Accepts the job, then writes something without a network."""
    order = Today(page).open(SHARED_ORDER)
    order.step("accept", "accepted")
    order.back_to_today()
    Frame(page).has_sent_everything()
    cut_off()
    order = Today(page).open(SHARED_ORDER)
    order.note(SECRET)
    order.back_to_today()


def change_user(company: Company, page: Page, username: str) -> None:
    """Somebody else takes the tablet."""
    SignIn(page).sign_in(username, company.password(username)).has_sent_everything()


def notes(company: Company) -> list[str]:
    """Every note the server has."""
    return [note["text"] for note in company.account("supervisor").records().all("note")]


def test_of_two_tabs_one_sends_for_both_and_the_other_takes_over(company: Company, make_tablet: MakeTablet):
    tablet = make_tablet()
    company.sign_in(tablet, "engineer1")
    first, second = tablet.page, tablet.context.new_page()
    second.goto(tablet.url)
    senders: set[Page] = set()
    tablet.context.on("request", lambda request: senders.update(sender(request)))
    orders = [Today(page).open(SHARED_ORDER) for page in (first, second)]
    tablet.cut_off()
    write_in_both(*orders)
    tablet.connect()
    has_sent(*orders)
    assert senders == {first}
    first.close()
    Today(second).open(SHARED_ORDER).note("第三条")
    has_sent(orders[1])
    assert notes(company) == ["第一条", "第二条", "第三条"]


def write_in_both(one: OrderScreen, other: OrderScreen) -> None:
    """Each tab shows at once what the other kept."""
    one.step("accept", "accepted")
    other.has_state("accepted")
    one.note("第一条")
    other.shows("第一条")
    other.note("第二条")
    one.shows("第二条")


def has_sent(*orders: OrderScreen) -> None:
    """Waits until every tab knows that all has arrived."""
    for order in orders:
        order.back_to_today()
        Frame(order.page).has_sent_everything()


def sender(request: Request) -> list[Page]:
    """The tab behind an exchange."""
    return [request.frame.page] if request.url.endswith("/api/v1/sync") else []
