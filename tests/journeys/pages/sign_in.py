"""The first screen: who works on this tablet."""

from playwright.sync_api import expect

from tests.journeys.pages.frame import Frame
from tests.journeys.pages.screen import Screen


class SignIn(Screen):
    """Name and password."""

    def sign_in(self, username: str, password: str) -> Frame:
        """Signs in and waits until everything is on the tablet."""
        self.fill(username, password)
        frame = Frame(self.page, self.words)
        frame.is_synced()
        return frame

    def fill(self, username: str, password: str) -> None:
        """Types both and presses the button."""
        name = self.page.get_by_label(self.words("common_username"))
        if name.is_editable():
            name.fill(username)
        self.page.get_by_label(self.words("common_password")).fill(password)
        self.button("common_sign_in").last.click()

    def is_shown(self) -> None:
        """Nobody is signed in here."""
        expect(self.page.get_by_label(self.words("common_password"))).to_be_visible()
