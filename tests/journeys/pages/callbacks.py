"""The callbacks at the desk: the list, the call with its script, and what follows from it."""

from playwright.sync_api import Locator, expect

from tests.journeys.pages.frame import Frame


class CallbacksScreen(Frame):
    """The list, and the one callback that is open."""

    def open(self) -> None:
        """Goes to the list of what is to be called now."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/desk/callbacks")

    def row(self, customer: str) -> Locator:
        """One callback of the list."""
        return self.page.locator("a[data-callback]").filter(has_text=customer)

    def call(self, customer: str) -> None:
        """Opens the callback to this customer."""
        self.row(customer).click()
        expect(self.page.locator("[data-state]")).to_have_attribute("data-state", "due")

    def tap(self, text: str, within: Locator | None = None) -> None:
        """Chooses one of a few."""
        (within or self.page.locator("main")).get_by_text(text, exact=True).click()

    def question(self, key: str) -> Locator:
        """One question of the script."""
        return self.page.locator(f"[data-question={key}]")

    def not_reached(self, because: str) -> None:
        """Nobody answered; it is tried again tomorrow."""
        self.tap(self.words("call_nobody"))
        self.tap(self.words.label("unanswered_because", because))
        with self.saves():
            self.button("call_save_attempt").click()
        expect(self.page.locator("[data-attempt=unreachable]")).to_be_visible()

    def reached(self, scores: dict[str, str], wish: str) -> None:
        """Somebody answered: the machine runs, but the scores are what they are."""
        self.tap(self.words("call_spoke"))
        self.tap(self.words("desk_yes"), self.question("running"))
        for key, score in scores.items():
            self.tap(score, self.question(key))
        self.question("suggestion").locator("textarea").fill(wish)
        self.shows(self.words("call_will_follow_up"))
        with self.saves():
            self.button("call_save").click()
        expect(self.page.locator("[data-state]")).to_have_attribute("data-state", "done")

    def follow_up(self) -> str:
        """Opens the order that puts it right; its id."""
        link = self.page.locator("[data-follow-up]")
        order = str(link.get_attribute("data-follow-up"))
        link.click()
        return order
