"""A patrol on the phone: the machines of the round, and what becomes of what was found."""

from playwright.sync_api import Page, expect

from tests.journeys.pages.checklist import ChecklistScreen
from tests.journeys.pages.order import OrderScreen
from tests.journeys.pages.today import Today


class StopScreen(ChecklistScreen):
    """One machine of a round with its checklist."""

    def decide(self, name: str, action: str) -> None:
        """Says what becomes of a failed item."""
        self.item(name).get_by_role("button", name=self.words("round_record_finding")).click()
        sheet = self.dialog()
        sheet.get_by_text(self.words.label("finding_action", action), exact=True).click()
        with self.saves():
            sheet.locator("[data-keep-finding]").click()
            expect(sheet).to_be_hidden()
        expect(self.item(name).locator("[data-finding]")).to_have_attribute("data-finding", action)

    def skip(self, reason: str) -> None:
        """Leaves this machine out and says why."""
        self.page.locator("[data-skip]").click()
        sheet = self.dialog()
        sheet.get_by_label(self.words("round_skip_why")).fill(reason)
        with self.saves():
            sheet.get_by_role("button", name=self.words("common_save")).click()
            expect(sheet).to_be_hidden()
        self.shows(reason)

    def next_machine(self) -> "StopScreen":
        """Goes on with the next machine that is open."""
        before = self.page.url
        self.page.locator("[data-next]").click()
        expect(self.page).not_to_have_url(before)
        expect(self.page.locator("[data-item]").first).to_be_visible()
        return StopScreen(self.page, self.words)


class RoundScreen(OrderScreen):
    """The round that is open."""

    @classmethod
    def open(cls, page: Page, title: str) -> "RoundScreen":
        """Opens the round from the list of the day."""
        order = Today(page).open(title)
        return cls(page, order.words)

    def has_state(self, code: str) -> None:
        """Waits until the round stands there."""
        expect(self.page.locator("[data-state]").first).to_have_attribute("data-state", code)

    def conclude(self, result: str) -> None:
        """Says how the round ended, in the words of a round."""
        with self.saves():
            self.page.locator("#result").get_by_text(self.words(f"round_result_{result}"), exact=True).click()

    def checklist_of(self, at: int) -> str:
        """The id of one machine's checklist."""
        return str(self.page.locator("[data-stop]").nth(at).get_attribute("href")).split("/")[-1]

    def stop(self, at: int) -> StopScreen:
        """Opens one machine of the route."""
        self.page.locator("[data-stop]").nth(at).click()
        expect(self.page.locator("[data-item]").first).to_be_visible()
        return StopScreen(self.page, self.words)
