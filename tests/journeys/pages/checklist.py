"""One checklist: three large answers per item, a pad for numbers, and what a failure asks for."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.journeys.pages.camera import Camera
from tests.journeys.pages.screen import Screen


class ChecklistScreen(Screen):
    """The checklist that is open."""

    def item(self, name: str) -> Locator:
        """One question by its id."""
        return self.page.locator(f"[data-item={name}]")

    def open_items(self) -> list[str]:
        """Ids of the questions nobody answered yet."""
        found = self.page.locator("[data-item][data-result=open]").all()
        return [str(item.get_attribute("data-item")) for item in found]

    def answer(self, name: str, result: str) -> None:
        """Touches one of the three answers."""
        with self._gives(name, result):
            self.item(name).get_by_text(self.words.label("answer_result", result), exact=True).click()

    def choose(self, name: str, option: str) -> None:
        """Touches one of the item's own values; whether that is good is said by an answer."""
        with self.saves():
            self.item(name).get_by_text(option, exact=True).click()

    def write(self, name: str, text: str) -> None:
        """Answers in words."""
        box = self.item(name).get_by_role("textbox").first
        with self._gives(name, "pass"):
            box.fill(text)
            box.blur()

    def measure(self, name: str, value: str, verdict: str, instrument: str | None = None) -> None:
        """Types a number on the pad; the verdict stands there before it is kept."""
        self.item(name).locator("button.measure").click()
        sheet = self.dialog()
        for digit in value:
            sheet.get_by_role("button", name=digit, exact=True).click()
        if instrument:
            sheet.locator("#instrument").fill(instrument)
        says = {"pass": "field_within", "fail": "field_outside"}[verdict]
        expect(sheet.get_by_text(self.words(says))).to_be_visible()
        with self._gives(name, verdict):
            sheet.get_by_role("button", name=self.words("field_keep_value")).click()
            expect(sheet).to_be_hidden()

    def has(self, name: str, result: str) -> None:
        """Waits until the item has this answer."""
        expect(self.item(name)).to_have_attribute("data-result", result)

    def explain(self, name: str, text: str) -> None:
        """Says why an item failed."""
        box = self.item(name).get_by_label(self.words("field_fail_note"))
        with self.saves():
            box.fill(text)
            box.blur()
        expect(self.item(name).get_by_text(self.words("field_lacks_note"))).to_be_hidden()

    def photograph(self, name: str, picture: Path) -> None:
        """Shows why an item failed."""
        with self.saves():
            self.item(name).get_by_role("button", name=self.words("field_take_photo")).click()
            Camera(self.page, self.words).choose(picture)
        expect(self.item(name).locator("img")).to_be_visible()
        expect(self.item(name).get_by_text(self.words("field_lacks_photo"))).to_be_hidden()

    def leave(self) -> None:
        """Back to the order; nothing is open any more."""
        self.page.get_by_role("link", name=self.words("field_checklist_done")).click()
        self._order()

    def back(self) -> None:
        """Back to the order, whatever is open."""
        self.page.get_by_role("link", name=self.words("common_back"), exact=True).click()
        self._order()

    def _order(self) -> None:
        expect(self.page.get_by_role("tablist")).to_be_visible()

    @contextmanager
    def _gives(self, name: str, result: str) -> Iterator[None]:
        with self.saves():
            yield
            self.has(name, result)
