"""Work calendars: both day lists of each year, for an administrator."""

from datetime import date
from typing import Self

from playwright.sync_api import Locator, expect

from tests.journeys.pages.frame import Frame


class CalendarsScreen(Frame):
    """The editor of the one calendar there is."""

    def open(self) -> Self:
        """Goes there."""
        self.page.goto(f"{self.page.url.split('#')[0]}#/desk/calendars")
        expect(self.days("desk_holidays")).to_be_visible()
        return self

    def days(self, key: str) -> Locator:
        """One of the two lists."""
        return self.page.get_by_role("group", name=self.words(key))

    def turn_to(self, year: int) -> None:
        """Shows the lists of a year."""
        self.page.get_by_label(self.words("desk_year"), exact=True).select_option(str(year))

    def complete(self, *years: int) -> None:
        """Says and keeps that both lists of these years are complete, where nobody has said so."""
        said = False
        for year in years:
            self.turn_to(year)
            box = self.page.get_by_label(self.words("desk_year_complete", year=year), exact=True)
            said |= not box.is_checked()
            box.check()
        if said:
            self.save()

    def add(self, key: str, day: date) -> None:
        """One more day in a list, of whatever year."""
        self.turn_to(day.year)
        group = self.days(key)
        group.get_by_label(self.words("desk_from_day"), exact=True).fill(day.isoformat())
        group.get_by_role("button", name=self.words("desk_add_days")).click()
        expect(group.locator(f"[data-day='{day}']")).to_be_visible()

    def rests(self, day: date) -> None:
        """Makes a day a holiday, whatever it was."""
        self.add("desk_holidays", day)
        for made_up in self.days("desk_makeup_days").locator(f"[data-day='{day}']").all():
            made_up.click()

    def take_away(self, key: str, day: date) -> None:
        """Removes a day from a list."""
        self.days(key).locator(f"[data-day='{day}']").click()

    def refuses(self, reason: str) -> None:
        """Waits until the lists contradict each other in these words, and nothing can be saved."""
        expect(self.page.locator("[data-refused=workdays]")).to_have_text(reason)
        expect(self.button("desk_save")).to_be_disabled()

    def save(self) -> None:
        """Keeps the calendar, and has it with the server."""
        with self.saves():
            self.button("desk_save").click()
        self.has_sent_everything()
