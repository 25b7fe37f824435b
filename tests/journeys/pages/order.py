"""One order: its steps, photos, findings, parts, notes and result."""

from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.journeys.pages.camera import Camera
from tests.journeys.pages.checklist import ChecklistScreen
from tests.journeys.pages.handover import Handover
from tests.journeys.pages.quotation import QuotationTab
from tests.journeys.pages.screen import Screen


class OrderScreen(Screen):
    """The order that is open."""

    @property
    def id(self) -> str:
        """The order's record id, from the address."""
        return self.page.url.split("#/order/")[1].split("/")[0]

    def tab(self, key: str) -> None:
        """Turns to one of the order's pages."""
        self.page.get_by_role("tab", name=self.words(f"field_tab_{key}")).click()

    def go(self, key: str) -> None:
        """Goes to one of the order's pages by its address."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/order/{self.id}/{key}")

    def has_state(self, code: str) -> None:
        """Waits until the order stands there."""
        expect(self.page.locator("section .mark.brand").first).to_have_text(self.words.label("order_state", code))

    def step(self, name: str, reaches: str) -> None:
        """Presses the big button and waits for the state it leads to."""
        with self.saves():
            self.page.locator(f"[data-step={name}]").click()
            if name == "arrive":
                self.page.locator("[data-step=confirm-arrival]").click()
            self.has_state(reaches)

    def finish(self) -> None:
        """Opens the finish check, which misses nothing, and hands the report in."""
        self.page.locator("[data-step=finish]").click()
        with self.saves():
            self.page.locator("[data-step=finish-now]").click()
            expect(self.dialog()).to_be_hidden()

    def checklist(self) -> ChecklistScreen:
        """Opens the first checklist."""
        self.page.locator("[data-checklist]").first.click()
        expect(self.page.locator("[data-item]").first).to_be_visible()
        return ChecklistScreen(self.page, self.words)

    def slot(self, name: str) -> Locator:
        """The place of one picture."""
        return self.page.locator(f"button[data-slot={name}]")

    def prepare(self) -> None:
        """Answers what must be answered before departure."""
        checklist = self.checklist()
        for item in ("contact", "tools-and-parts", "documents"):
            checklist.answer(item, "pass")
        checklist.back()

    def fails_to_photograph(self, slot: str, picture: Path, why: str) -> None:
        """Takes a picture that cannot be kept, and reads why."""
        self.slot(slot).click()
        Camera(self.page, self.words).choose(picture)
        expect(self.page.get_by_role("alert").filter(has_text=self.words(why))).to_be_visible()
        self.shows(self.words("field_photo_unsaved", count=1))

    def retry_photos(self) -> None:
        """Tries again to keep the pictures that found no room."""
        with self.saves():
            self.button("common_retry").click()

    def fails_to_write(self, name: str, text: str, why: str) -> None:
        """Writes what cannot be kept, reads why, and still has it on the screen."""
        self.field(name).fill(text)
        self.field(name).blur()
        expect(self.page.get_by_role("alert").filter(has_text=self.words(why))).to_be_visible()
        expect(self.field(name)).to_have_value(text)
        self.shows(self.words("common_unsaved"))

    def save_again(self, name: str) -> None:
        """Leaves a text once more."""
        with self.saves():
            self.field(name).focus()
            self.field(name).blur()

    def photograph(self, slot: str, picture: Path) -> None:
        """Puts a picture into a slot and waits until it is kept."""
        with self.saves():
            self.slot(slot).click()
            Camera(self.page, self.words).choose(picture)

    def field(self, name: str) -> Locator:
        """One of the order's texts."""
        return self.page.locator(f"[data-field={name}]")

    def write(self, name: str, text: str) -> None:
        """Fills one of the order's texts and leaves it."""
        with self.saves():
            self.field(name).fill(text)
            self.field(name).blur()

    def has(self, **texts: str) -> None:
        """Waits until the order's texts are these."""
        for name, text in texts.items():
            expect(self.field(name)).to_have_value(text)

    def blame(self, cause: str) -> None:
        """Chooses who is responsible for the fault."""
        with self.saves():
            self.page.get_by_label(self.words("field_cause")).select_option(cause)

    def use_part(self, code: str, disposition: str) -> None:
        """Takes a part out of the van and says where the old one goes."""
        self.page.locator(f"[data-part={code}]").first.click()
        sheet = self.dialog()
        with self.saves():
            sheet.get_by_text(self.words.label("disposition", disposition), exact=True).click()
            expect(sheet).to_be_hidden()

    def note(self, text: str) -> None:
        """Writes a remark."""
        with self.saves():
            self.page.get_by_label(self.words("field_new_note")).fill(text)
            self.button("field_add_note").click()

    def conclude(self, result: str) -> None:
        """Says how the visit ended."""
        with self.saves():
            self.page.locator("#result").get_by_text(self.words.label("report_result", result), exact=True).click()

    def conflict_values(self) -> dict[str, object]:
        """The three values of the one open conflict: what it was, what shows, what else was written."""
        rows = self.page.locator(".sides > div")
        expect(rows).to_have_count(3)
        was, shows, *others = [row.locator("dd").first.inner_text() for row in rows.all()]
        return {"was": was, "shows": shows, "others": others}

    def has_no_conflict(self) -> None:
        """Waits until nothing is disputed."""
        expect(self.page.locator(".sides")).to_have_count(0)
        expect(self.page.get_by_text(self.words("common_disputed"))).to_have_count(0)

    def quotation(self) -> QuotationTab:
        """Turns to the quotation."""
        self.tab("quote")
        return QuotationTab(self.page, self.words)

    def hand_over(self) -> Handover:
        """Gives the tablet to the customer."""
        self.page.get_by_role("link", name=self.words("field_hand_over")).click()
        return Handover(self.page, self.words)

    def back_to_today(self) -> None:
        """Leaves the order."""
        self.page.get_by_role("link", name=self.words("common_back"), exact=True).click()
