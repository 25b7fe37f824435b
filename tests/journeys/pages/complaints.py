"""Complaints: handed in on the phone, handled step by step at the desk."""

from playwright.sync_api import Locator, expect

from tests.journeys.pages.frame import Frame


class ComplaintSheet(Frame):
    """What an engineer writes down on the order's screen."""

    def hand_in(self, said: str, demand: str) -> None:
        """Hands a complaint in to the desk."""
        self.page.locator("[data-complain]").click()
        sheet = self.dialog()
        sheet.get_by_label(self.words("complaint_what")).fill(said)
        sheet.get_by_label(self.words.label("field", "demand")).fill(demand)
        with self.saves():
            self.button("complaint_hand_in").click()
            expect(sheet).to_be_hidden()

    def shows_as(self, honest: str) -> None:
        """Waits until the complaint says where it stands."""
        expect(self.page.locator("[data-complaint] [data-honest]")).to_have_attribute("data-honest", honest)

    def has_left(self) -> None:
        """Waits until the complaint is with the desk and no longer here."""
        expect(self.page.locator("[data-complaint]")).to_have_count(0)


class ComplaintPage(Frame):
    """The one complaint that is open at the desk."""

    def open(self, said: str) -> None:
        """Opens a complaint of the list."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/desk/complaints")
        self.page.locator("a[data-complaint]").filter(has_text=said).click()
        self.has_state("opened")

    def has_state(self, code: str) -> None:
        """Waits until the complaint stands there."""
        expect(self.page.locator("[data-state]")).to_have_attribute("data-state", code)

    def form(self, step: str) -> Locator:
        """What a step asks for."""
        return self.page.locator(f"[data-step-form={step}]")

    def write(self, step: str, **texts: str) -> None:
        """Fills in texts of a step."""
        for field, text in texts.items():
            self.form(step).get_by_label(self.words.label("field", field)).fill(text)

    def select(self, step: str, **codes: str) -> None:
        """Selects codes of a step."""
        for field, code in codes.items():
            self.form(step).get_by_label(self.words.label("field", field), exact=True).select_option(code)

    def choose(self, step: str, text: str) -> None:
        """Chooses one of a few."""
        self.form(step).get_by_text(text, exact=True).click()

    def lacks(self, step: str, *guards: str) -> None:
        """Waits until the page says that this, and only this, is missing."""
        missing = self.words("desk_list_separator").join(self.words.label("complaint_guard", one) for one in guards)
        expect(self.form(step).locator("[data-lacking]")).to_have_text(self.words("complaint_lacking", what=missing))

    def take(self, step: str, reaches: str) -> None:
        """Takes a step."""
        with self.saves():
            self.form(step).locator("button.primary").click()
        self.has_state(reaches)

    def promises(self, name: str, state: str) -> None:
        """Waits until a limit stands there."""
        expect(self.page.locator(f"[data-deadline={name}]")).to_contain_text(self.words.label("deadline_state", state))
