"""The desk grades an order and puts it on hold; the engineer's phone shows both and lets it go on."""

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.desk import OrderPage
from tests.journeys.pages.order import OrderScreen
from tests.journeys.pages.today import Today
from tests.journeys.tablet import DESK

ORDER = "GD-0003"


def test_r_009_r_010_r_064_grade_region_and_hold_of_the_desk_reach_the_engineer(
    company: Company, make_tablet: MakeTablet
):
    phone, desk = make_tablet(), make_tablet(**DESK)
    frame = company.sign_in(phone, "engineer1")
    company.sign_in(desk, "dispatcher").is_synced()
    page = OrderPage(desk.page)
    page.open(company.account("dispatcher").records().order(ORDER)["id"])
    page.triage("grade", "A")
    page.count_to_region("remote", "设备已外借")
    page.shows("设备已外借")
    page.hold("access", "2027-01-15")
    page.is_synced()
    frame.sync_now()
    order: OrderScreen = Today(phone.page).open(ORDER)
    order.has_state("on_hold")
    order.shows(order.words.label("service_grade", "A"))
    order.shows(order.words.label("hold_reason", "access"))
    order.step("resume", "dispatched")
