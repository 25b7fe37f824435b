"""What the clock told whoever is signed in at the desk."""

from typing import Self

from playwright.sync_api import Locator, expect

from tests.journeys.pages.frame import Frame


class NoticesScreen(Frame):
    """The list of warnings and escalations."""

    def open(self) -> Self:
        """Goes there."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/desk/notices")
        return self

    def about(self, number: str) -> Locator:
        """The notices about an order."""
        return self.page.locator("[data-notice]").filter(has_text=number)

    def follow(self, number: str) -> None:
        """Goes from a notice to its order."""
        self.about(number).get_by_role("link").first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(number)

    def read(self, number: str) -> None:
        """Says of the newest notice about an order that it is read; it leaves the list."""
        expect(self.about(number).first).to_be_visible()
        before = self.about(number).count()
        with self.saves():
            self.about(number).first.get_by_role("button").click()
        expect(self.about(number)).to_have_count(before - 1)
