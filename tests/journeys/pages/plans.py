"""Patrol plans at the desk: the editor with the days it foretells, and special patrols."""

from typing import Self

from playwright.sync_api import Locator, expect

from tests.journeys.pages.frame import Frame


class PlanScreen(Frame):
    """The editor of one plan."""

    def new(self) -> Self:
        """Begins a plan, from the list."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/desk/plans")
        self.page.get_by_role("link", name=self.words("desk_new_plan")).click()
        expect(self.field("desk_customer")).to_be_visible()
        return self

    def field(self, key: str) -> Locator:
        """A field of the form by its message."""
        return self.page.locator("form").get_by_label(self.words(key), exact=True)

    def fill(self, key: str, value: str) -> None:
        """Types into a field."""
        self.field(key).fill(value)

    def choose(self, key: str, label: str) -> None:
        """Chooses from a list by what it says."""
        self.field(key).select_option(label=label)

    def recurs(self, kind: str) -> None:
        """How the plan comes round."""
        self.field("desk_recurrence").select_option(kind)

    def more(self) -> None:
        """Opens what few plans need."""
        self.page.get_by_text(self.words("desk_more_settings")).click()

    def takes(self, *numbers: str) -> None:
        """The machines by their numbers, these and no others."""
        for box in self.page.get_by_role("checkbox", name="SB-").all():
            box.set_checked(any(number in str(box.locator("xpath=..").text_content()) for number in numbers))

    def has_days(self, *days: str) -> None:
        """Waits until the preview begins with these days."""
        due = self.page.locator("[data-preview] [data-due]")
        for at, day in enumerate(days):
            expect(due.nth(at)).to_have_attribute("data-due", day)

    def refuses(self, field: str, reason: str) -> None:
        """Waits until the field says why not, and nothing can be saved."""
        expect(self.page.locator(f"[data-refused={field}]")).to_have_text(reason)
        expect(self.button("desk_save")).to_be_disabled()

    def save(self) -> str:
        """Keeps the plan, and has it with the server; its id."""
        with self.saves():
            self.button("desk_save").click()
        expect(self.button("desk_end_plan")).to_be_visible()
        self.has_sent_everything()
        return self.page.url.rsplit("/", 1)[-1]

    def end(self) -> None:
        """Makes no more rounds."""
        with self.saves():
            self.button("desk_end_plan").click()
        expect(self.button("desk_resume_plan")).to_be_visible()
        self.has_sent_everything()


class SpecialScreen(Frame):
    """Special patrols, many at once."""

    def open(self) -> Self:
        """Goes there."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/desk/plans/special")
        return self

    def start(self, cause: str, *places: str) -> list[str]:
        """Makes rounds at these plans and sites; the ids of their orders."""
        self.page.get_by_label(self.words("desk_cause"), exact=True).select_option(cause)
        for place in places:
            self.page.get_by_role("checkbox", name=place).check()
        self.button("desk_start_rounds", count=len(places)).click()
        links = self.page.locator("[data-started] a")
        expect(links).to_have_count(len(places))
        return [str(link.get_attribute("href")).rsplit("/", 1)[-1] for link in links.all()]
