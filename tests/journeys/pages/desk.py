"""Headquarters: the report as a supervisor reviews it, and the values that met."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.pages.frame import Frame


class ReportScreen(Frame):
    """One order's report."""

    def open(self, order: str) -> None:
        """Goes to an order's report."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/desk/report/{order}")
        self.has_state("in_review")

    def has_state(self, code: str) -> None:
        """Waits until the order stands there."""
        expect(self.page.locator("[data-state]")).to_have_attribute("data-state", code)

    def approve(self) -> None:
        """Accepts the report."""
        self.button("desk_approve").click()
        self.has_state("archived")

    def download(self, folder: Path) -> Path:
        """The report as PDF."""
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=self.words("desk_pdf")).click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path


class OrderPage(Frame):
    """One order as the desk sees it, with what happened on it."""

    def open(self, order: str) -> None:
        """Goes to an order."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/desk/orders/{order}")

    def triage(self, field: str, code: str) -> None:
        """Says how grave the order is."""
        form = self.page.locator("form[aria-labelledby=triage]")
        with self.saves():
            form.get_by_label(self.words.label("field", field)).select_option(code)
            form.get_by_role("button", name=self.words("desk_save")).click()

    def count_to_region(self, band: str, reason: str) -> None:
        """Chooses another region than the site's, and says why."""
        form = self.page.locator("form[aria-labelledby=triage]")
        with self.saves():
            form.get_by_label(self.words("desk_other_region")).select_option(band)
            form.get_by_label(self.words.label("field", "region_reason")).fill(reason)
            form.get_by_role("button", name=self.words("desk_save")).click()

    def hold(self, reason: str, until: str) -> None:
        """Puts the order on hold; the customer was told."""
        self.page.locator("[data-hold]").click()
        with self.saves():
            self.dialog().get_by_text(self.words.label("hold_reason", reason)).click()
            self.dialog().get_by_label(self.words("field_hold_until")).fill(until)
            self.dialog().get_by_label(self.words.label("field", "hold_told")).check()
            self.dialog().get_by_role("button", name=self.words("field_hold")).click()
        expect(self.page.locator("[data-resume]")).to_be_visible()

    def has_doubt(self, code: str) -> None:
        """Waits until the one doubtful time is marked."""
        expect(self.page.locator("[data-doubt]")).to_have_attribute("data-doubt", code)

    def rule(self, time: str, reason: str) -> None:
        """Says when it was and why."""
        ruling = self.page.locator("[data-ruling]")
        ruling.get_by_text(self.words("desk_time_rule")).click()
        with self.saves():
            ruling.get_by_label(self.words("desk_time_was")).fill(time)
            ruling.get_by_label(self.words("desk_reason")).fill(reason)
            ruling.get_by_role("button", name=self.words("desk_time_decide")).click()

    def is_ruled(self) -> None:
        """Waits until the doubt has ended."""
        expect(self.page.locator("[data-ruled]")).to_be_visible()
        expect(self.page.locator("[data-doubt]")).to_have_count(0)


class DevicesScreen(Frame):
    """The devices, for an administrator."""

    def open(self) -> None:
        """Goes to the devices."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/desk/devices")

    def tells_of_copies(self, name: str) -> None:
        """Waits until the device with this name is said to be copied, and shows that nothing else is."""
        told = self.page.locator("[data-device]").filter(has_text=self.words("desk_device_copied_help"))
        expect(told).to_have_count(1)
        expect(told).to_contain_text(name)


class ConflictsScreen(Frame):
    """The values that met, each waiting for a person."""

    def open(self) -> None:
        """Goes to the conflicts."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/desk/conflicts")

    def shows_values(self, *values: str) -> None:
        """Waits until the one open conflict shows all of these."""
        card = self.page.locator("[data-conflict]")
        for value in values:
            expect(card).to_contain_text(value)

    def decide(self, value: str, reason: str) -> None:
        """Takes one value and says why."""
        card = self.page.locator("[data-conflict]")
        with self.saves():
            card.get_by_role("radio", name=value).check()
            card.get_by_label(self.words("desk_reason")).fill(reason)
            card.get_by_role("button", name=self.words("desk_resolve")).click()
        expect(card).to_have_count(0)


class ParkedScreen(Frame):
    """Work that was not applied, each matter with what happens next."""

    def open(self) -> None:
        """Goes to the parked operations."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/desk/parked")

    def reopen_and_apply(self, count: int) -> None:
        """Takes a cancelled order's work over, all of it."""
        self.button("late_reopen", count=count).click()
        expect(self.page.locator("[data-late]")).to_have_count(0)

    def edit_and_apply(self, text: str, left_out: int, reason: str) -> None:
        """Applies the one single change with another text, leaving out one of its fields."""
        card = self.page.locator("article[data-parked]")
        self.button("desk_edit_and_apply").click()
        card.locator("textarea").fill(text)
        card.get_by_role("checkbox").nth(left_out).check()
        card.get_by_label(self.words("desk_reason_to_edit")).fill(reason)
        with self.saves():
            self.button("desk_apply_edited").click()
        expect(card).to_have_count(0)

    def brings_back(self, reason: str) -> None:
        """Restores the removed item with the edit, on the screen of conflicts."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/desk/conflicts")
        card = self.page.locator("[data-conflict]")
        card.get_by_label(self.words("desk_reason")).fill(reason)
        with self.saves():
            self.button("desk_bring_back").click()
        expect(card).to_have_count(0)
