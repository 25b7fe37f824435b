"""What every screen has: the words it is written in and the one line that speaks of saving."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.journeys.words import Words


class Screen:
    """A page of the app and the language it speaks."""

    def __init__(self, page: Page, words: Words | None = None) -> None:
        self.page = page
        self.words = words or Words()

    def button(self, key: str, **values: object) -> Locator:
        """A button by its message."""
        return self.page.get_by_role("button", name=self.words(key, **values), exact=True)

    def dialog(self) -> Locator:
        """The sheet that lies over the screen."""
        return self.page.get_by_role("dialog")

    def shows(self, text: str) -> None:
        """Waits until the screen says this."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    @contextmanager
    def saves(self) -> Iterator[None]:
        """Does something and waits until the app says that this tablet keeps it."""
        line = self.page.locator("[data-saving]").last
        before = str(line.get_attribute("data-saved"))
        yield
        expect(line).not_to_have_attribute("data-saved", before)
        expect(line).to_contain_text(self.words("common_saved_here"))
