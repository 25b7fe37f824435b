"""What waits to be sent."""

from playwright.sync_api import Locator, expect

from tests.journeys.pages.frame import Frame


class Outbox(Frame):
    """The list of everything the server does not have yet."""

    @property
    def operations(self) -> Locator:
        """The changes in it."""
        return self.page.locator("[data-operation]")

    def holds(self, count: int) -> None:
        """Waits until so many changes are listed."""
        expect(self.operations).to_have_count(count)
