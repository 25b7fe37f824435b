"""The quotation: lines from the price list, then shown to the customer."""

from playwright.sync_api import expect

from tests.journeys.pages.handover import Handover
from tests.journeys.pages.screen import Screen


class QuotationTab(Screen):
    """The newest revision."""

    def add(self, code: str) -> None:
        """Adds a line of the price list."""
        lines = self.page.locator("[data-quotation] input[type=number]")
        before = lines.count()
        with self.saves():
            self.page.locator(f"[data-line={code}]").click()
        expect(lines).to_have_count(before + 1)

    def present(self) -> Handover:
        """Fixes the price and gives the tablet to the customer."""
        self.button("field_quote_hand_over").click()
        return Handover(self.page, self.words)
