"""The app of release 0.1.0 as it was, to be left with a full outbox; these words and marks never change again."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect


class OldApp:
    """An engineer's tablet with that app on its screen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, username: str, password: str) -> None:
        """Signs in and waits until everything is on the tablet."""
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录", exact=True).click()
        expect(self.page.locator("button[data-synced=true]")).to_be_visible()

    def accept(self, number: str) -> None:
        """Opens an order and takes it."""
        self.page.locator("a[href^='#/order/']").filter(has_text=number).first.click()
        self._saved(lambda: self.page.locator("[data-step=accept]").click())

    def write(self, field: str, text: str) -> None:
        """Fills one of the order's texts and leaves it."""
        one = self.page.locator(f"[data-field={field}]")
        self._saved(lambda: (one.fill(text), one.blur()))

    def note(self, text: str) -> None:
        """Writes a remark."""
        self.page.get_by_label("新备注").fill(text)
        self._saved(lambda: self.page.get_by_role("button", name="记下", exact=True).click())

    def photograph(self, slot: str, picture: Path) -> None:
        """Puts a picture into a slot."""
        self.page.locator(f"button[data-slot={slot}]").click()
        dialog = self.page.get_by_role("dialog").last
        with self.page.expect_file_chooser() as chooser:
            dialog.get_by_text("选择照片").click()
        self._saved(lambda: chooser.value.set_files(picture))

    def update(self) -> None:
        """Takes the new version that waits; the page opens again."""
        self.page.evaluate("location.hash = '#/today'")
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="更新并重新打开").click()

    def _saved(self, act: Callable[[], object]) -> None:
        line = self.page.locator("[data-saving]").last
        before = str(line.get_attribute("data-saved"))
        act()
        expect(line).not_to_have_attribute("data-saved", before)
        expect(line).to_contain_text("已存在本机")
