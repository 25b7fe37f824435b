"""Erasing a person on request, as an administrator does it."""

from playwright.sync_api import expect

from tests.journeys.pages.frame import Frame


class ErasuresScreen(Frame):
    """Search, choose, look, confirm; below it what was erased before."""

    def open(self) -> None:
        """Goes there."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/desk/erasures")

    def search(self, text: str) -> None:
        """Looks for everything that mentions this."""
        self.page.get_by_label(self.words("desk_erase_text")).fill(text)
        self.button("desk_erase_search").click()

    def choose(self, count: int) -> None:
        """Takes all that was found, which must be so many."""
        boxes = self.page.get_by_role("checkbox")
        expect(boxes).to_have_count(count)
        for box in boxes.all():
            box.check()
        self.button("desk_erase_look").click()

    def erase(self, reason: str) -> None:
        """Confirms what is shown to go."""
        self.page.get_by_label(self.words("desk_erase_reason")).fill(reason)
        self.button("desk_erase").click()
        expect(self.page.locator("li").filter(has_text=reason)).to_be_visible()
