"""The frame around the app's places: the truth about syncing, and the ways to go."""

from playwright.sync_api import Locator, expect

from tests.journeys.pages.screen import Screen


class Frame(Screen):
    """The line on top and the navigation."""

    @property
    def line(self) -> Locator:
        """The sentence about the last exchange."""
        return self.page.locator("button[data-synced]")

    def is_synced(self) -> None:
        """Waits for the success text."""
        expect(self.line).to_have_attribute("data-synced", "true")
        expect(self.line).to_contain_text(self.words.pattern("common_all_synced"))

    def has_sent_everything(self) -> None:
        """Waits until nothing is left on the tablet that the server does not have."""
        expect(self.page.locator("nav a[href='#/outbox'] b")).to_have_count(0)
        self.is_synced()

    def says(self, key: str) -> None:
        """Waits until the line says this, and it is not the success text."""
        expect(self.line).to_contain_text(self.words.pattern(key))
        expect(self.line).to_have_attribute("data-synced", "false")

    def go(self, place: str) -> None:
        """To one of the app's places."""
        self.page.locator(f"nav a[href='#/{place}']").click()

    def sync_now(self) -> None:
        """Asks for an exchange."""
        self.line.click()
