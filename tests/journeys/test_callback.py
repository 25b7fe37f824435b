"""A finished repair gets its callback: called, scored two of five, and followed up by an order."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.callbacks import CallbacksScreen
from tests.journeys.past import ORDER, finished_repair
from tests.journeys.tablet import DESK
from tests.support.polling import until
from tests.support.server import Server

CUSTOMER = "演示客户03"
WISH = "夜里又停机一次，请再来看看"


@pytest.fixture
def company(huizhi_server: Callable[..., Server], tmp_path: Path) -> Company:
    """A company in which a repair was finished four days ago."""
    server = huizhi_server(tmp_path / "company")
    finished_repair(server.data_dir, days=4)
    server.run("seed")
    return Company(server.start())


def test_r_171_r_175_r_176_a_finished_repair_is_called_back_scored_two_and_followed_up(
    company: Company, make_tablet: MakeTablet
):
    with company.server.beside("scheduler"):
        until(lambda: callback_of(company) is not None, "the callback of the finished repair")
        desk = desk_of(company, make_tablet)
        desk.call(CUSTOMER)
        desk.reached({"satisfaction": "2", "attitude": "4"}, WISH)
        until(lambda: follow_up_of(company) is not None, "the follow-up order")
        desk.sync_now()
        order = desk.follow_up()
    opened = company.account("dispatcher").records().rows[order]["data"]
    assert (opened["customer_wish"], opened["state"]) == (WISH, "triaged")
    assert callback_of(company)["score"] == 2
    desk.shows(opened["number"])


def test_r_175_a_customer_who_does_not_answer_waits_for_tomorrow(company: Company, make_tablet: MakeTablet):
    with company.server.beside("scheduler"):
        until(lambda: callback_of(company) is not None, "the callback of the finished repair")
    desk = desk_of(company, make_tablet)
    desk.call(CUSTOMER)
    desk.not_reached("no_answer")
    desk.has_sent_everything()
    assert callback_of(company)["state"] == "due"
    desk.open()
    desk.shows(desk.words("call_none"))


def desk_of(company: Company, make_tablet: MakeTablet) -> CallbacksScreen:
    """The dispatcher at the list of callbacks."""
    tablet = make_tablet(**DESK)
    company.sign_in(tablet, "dispatcher")
    screen = CallbacksScreen(tablet.page)
    screen.open()
    return screen


def callback_of(company: Company):
    """The callback of the finished repair, if it is there."""
    found = company.account("dispatcher").records().all("callback")
    return next((one for one in found if one.get("order") == ORDER), None)


def follow_up_of(company: Company):
    """The order that the callback opened, if it is there."""
    orders = company.account("dispatcher").records().all("work_order")
    return next((one for one in orders if one.get("opened_from")), None)
