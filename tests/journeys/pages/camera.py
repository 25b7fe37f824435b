"""The camera screen, used as on a tablet without a camera: a picture is chosen from a file."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.pages.screen import Screen


class Camera(Screen):
    """Opened for one slot."""

    def choose(self, picture: Path) -> None:
        """Takes a picture that is already on the tablet; the screen closes."""
        dialog = self.dialog().last
        with self.page.expect_file_chooser() as chooser:
            dialog.get_by_text(self.words("common_choose_file")).click()
        chooser.value.set_files(picture)
        expect(dialog).to_be_hidden()
