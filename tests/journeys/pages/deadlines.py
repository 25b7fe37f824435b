"""What was promised for an order: its clocks, why each is when it is, and the warnings to the assignee."""

from playwright.sync_api import Locator, expect

from tests.journeys.pages.screen import Screen


class Deadlines(Screen):
    """The sheet of an order's deadlines, and the warnings above a list or an order."""

    def open(self) -> None:
        """Opens the sheet from the order's head."""
        self.page.locator("[data-deadlines]").click()
        expect(self.dialog()).to_be_visible()

    def leave(self) -> None:
        """Closes the sheet."""
        self.dialog().get_by_role("button", name=self.words("common_close")).click()
        expect(self.dialog()).to_be_hidden()

    def one(self, timer: str) -> Locator:
        """One deadline of the sheet."""
        return self.dialog().locator(f"[data-deadline={timer}]")

    def stands(self, timer: str, state: str) -> None:
        """Waits until the deadline is in this state."""
        expect(self.one(timer).locator(".mark")).to_have_text(self.words.label("deadline_state", state))

    def explains(self, timer: str, *words: str) -> None:
        """Opens the explanation and waits until it says all of this."""
        self.one(timer).locator("summary").click()
        for text in words:
            expect(self.one(timer).locator("dl")).to_contain_text(text)

    def warns_of(self, number: str, timer: str) -> None:
        """Waits until a warning names this order and timer."""
        warning = self.page.locator("[data-warnings] li").filter(has_text=number)
        expect(warning.filter(has_text=self.words.label("timer", timer))).to_have_count(1)

    def note(self) -> None:
        """Says that the warnings are read, and they are gone."""
        self.button("due_noted").click()
        expect(self.page.locator("[data-warnings]")).to_have_count(0)
