"""The engineer's orders of the day."""

from playwright.sync_api import Locator, expect

from tests.journeys.pages.frame import Frame
from tests.journeys.pages.order import OrderScreen


class Today(Frame):
    """The list of slips."""

    def slip(self, number: str) -> Locator:
        """One order by its number."""
        return self.page.locator("a[href^='#/order/']").filter(has_text=number)

    def open(self, number: str) -> OrderScreen:
        """Opens an order."""
        self.slip(number).first.click()
        expect(self.page.get_by_role("tablist")).to_be_visible()
        return OrderScreen(self.page, self.words)
