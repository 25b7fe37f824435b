"""Language, storage, and the way out."""

from playwright.sync_api import expect

from tests.journeys.pages.frame import Frame
from tests.journeys.pages.sign_in import SignIn


class Settings(Frame):
    """The settings place."""

    def sign_out(self, unsent: int = 0) -> None:
        """Leaves the tablet; what is not sent yet is said before."""
        self.go("settings")
        self.button("common_sign_out").click()
        warning = self.words("common_sign_out_unsent", count=unsent)
        expect(self.dialog().get_by_text(warning)).to_have_count(1 if unsent else 0)
        self.dialog().get_by_role("button", name=self.words("common_sign_out"), exact=True).click()
        SignIn(self.page, self.words).is_shown()
