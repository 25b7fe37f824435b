"""While the customer holds the tablet, nothing of the engineer's can be reached."""

import pytest

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.handover import Handover
from tests.journeys.pages.order import OrderScreen
from tests.journeys.pages.today import Today
from tests.journeys.tablet import Tablet

ORDER = "GD-0003"


@pytest.fixture
def handed_over(company: Company, make_tablet: MakeTablet) -> Tablet:
    """A tablet in the customer's hands."""
    tablet = make_tablet()
    company.sign_in(tablet, "engineer1")
    order = Today(tablet.page).open(ORDER)
    order.step("accept", "accepted")
    order.prepare()
    order.step("depart", "departed")
    order.step("arrive", "arrived")
    order.step("start", "diagnosing")
    order.hand_over().is_shown()
    return tablet


def test_back_reload_links_and_a_new_start_all_stay_in_customer_mode(handed_over: Tablet):
    customer = Handover(handed_over.page)
    handed_over.page.go_back()
    customer.is_shown()
    handed_over.page.reload()
    customer.is_shown()
    handed_over.page.goto(f"{handed_over.url}/#/today")
    customer.is_shown()
    handed_over.page.goto(f"{handed_over.url}/?from=elsewhere#/outbox")
    customer.is_shown()
    handed_over.close()
    handed_over.open()
    Handover(handed_over.page).is_shown()


def test_a_short_touch_does_not_lead_out_but_the_engineers_long_press_does(handed_over: Tablet):
    customer = Handover(handed_over.page)
    customer.button("field_engineer_only").click()
    customer.is_shown()
    customer.give_back()
    OrderScreen(handed_over.page).back_to_today()
    Today(handed_over.page).is_synced()
