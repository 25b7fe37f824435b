"""Service policies, for an administrator: which version holds, and the next one in the making."""

from playwright.sync_api import Locator, expect

from tests.journeys.pages.frame import Frame


class PoliciesScreen(Frame):
    """The list of policies, one of them opened."""

    def open(self, name: str) -> None:
        """Opens one policy by its name."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/desk/policies")
        self.card(name).locator("summary").first.click()

    def card(self, name: str) -> Locator:
        """One policy with its versions and its editor."""
        return self.page.locator("details.card").filter(has=self.page.get_by_text(name, exact=True))

    def begins(self, name: str, day: str) -> None:
        """Chooses the day from which the next version is to hold."""
        self.card(name).get_by_label(self.words("desk_valid_from")).fill(day)

    def is_refused(self, name: str, reason: str) -> None:
        """Waits until the day is refused in words and nothing can be saved."""
        expect(self.card(name).locator("[data-refused]")).to_contain_text(self.words.label("refusal", reason))
        expect(self.card(name).locator("button")).to_be_disabled()

    def publish(self, name: str, limit: str, version: int) -> None:
        """Gives the first timer another limit and saves the next version."""
        with self.saves():
            self.card(name).locator("input[type=number]").first.fill(limit)
            self.card(name).get_by_role("button", name=self.words("desk_save_version", version=version)).click()

    def stands(self, name: str, version: int, standing: str, words: str) -> None:
        """Waits until a version is said to hold, to come, or to be replaced, with these words beside it."""
        row = self.card(name).locator(f"[data-version='{version}']")
        expect(row).to_have_attribute("data-standing", standing)
        expect(row.locator("summary")).to_contain_text(words)
