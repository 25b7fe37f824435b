"""One tablet for two people, one person in two tabs: each sees and sends only what is his, and once."""

import gzip
import json
from collections import Counter

from playwright.sync_api import Page, Request, expect

from tests.journeys.conftest import Company, MakeTablet
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
    write_unsent(tablet.page, lambda: tablet.cut_off())
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


def write_unsent(page: Page, cut_off) -> None:
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


def test_a_second_tab_shows_the_same_work_and_sends_nothing_twice(company: Company, make_tablet: MakeTablet):
    tablet = make_tablet()
    company.sign_in(tablet, "engineer1")
    first, second = tablet.page, tablet.context.new_page()
    second.goto(tablet.url)
    sent: Counter[str] = Counter()
    tablet.context.on("requestfinished", lambda request: sent.update(operations(request)))
    order = Today(first).open(SHARED_ORDER)
    order.step("accept", "accepted")
    tablet.cut_off()
    other = Today(second).open(SHARED_ORDER)
    other.has_state("accepted")
    order.note("第一页写的")
    other.shows("第一页写的")
    other.note("第二页写的")
    order.shows("第二页写的")
    tablet.connect()
    for page in (order, other):
        page.back_to_today()
        Frame(page.page).has_sent_everything()
    assert notes(company) == ["第一页写的", "第二页写的"]
    assert len(sent) == 4
    assert set(sent.values()) == {1}


def operations(request: Request) -> list[str]:
    """Ids of the operations in an exchange."""
    if not request.url.endswith("/api/v1/sync"):
        return []
    body = request.post_data_buffer or b"{}"
    text = gzip.decompress(body) if request.headers.get("content-encoding") == "gzip" else body
    return [operation["id"] for operation in json.loads(text)["operations"]]
