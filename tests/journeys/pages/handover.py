"""The tablet in the customer's hands: read, decide, sign, rate."""

from collections.abc import Iterator
from math import sin

from playwright.sync_api import Locator, expect

from tests.journeys.pages.screen import Screen

Point = tuple[float, float]


class Handover(Screen):
    """Customer mode; only the engineer's long press leads out."""

    def decide(self, act: str) -> None:
        """The customer's answer."""
        self.page.locator(f"[data-act={act}]").click()

    def sign_by_mouse(self) -> None:
        """Draws a line with a mouse or a pen."""
        first, *rest = self._stroke()
        self.page.mouse.move(*first)
        self.page.mouse.down()
        for point in rest:
            self.page.mouse.move(*point)
        self.page.mouse.up()

    def sign_by_finger(self) -> None:
        """Draws a line with a finger."""
        browser = self.page.context.new_cdp_session(self.page)
        first, *rest = [[{"x": x, "y": y}] for x, y in self._stroke()]
        touches = [("touchStart", first), *(("touchMove", point) for point in rest), ("touchEnd", [])]
        for kind, points in touches:
            browser.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def rate(self, score: int) -> None:
        """How many stars the customer gives."""
        self.page.locator(f"input[name=rating][value='{score}']").locator("..").click()

    def done(self) -> str:
        """Hands in what was decided; the hash the customer sees."""
        with self.saves():
            self.page.locator("[data-done]").click()
        thanks = self.page.locator("[data-hash]")
        expect(thanks).to_be_visible()
        return str(thanks.get_attribute("data-hash"))

    def give_back(self) -> None:
        """The engineer takes the tablet back with a long press."""
        box = self._box(self.page.get_by_role("button", name=self.words("field_engineer_only")))
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.mouse.down()
        expect(self.page.get_by_role("tablist")).to_be_visible()
        self.page.mouse.up()

    def forget(self) -> None:
        """Ends customer mode without a touch, which nobody but a test can do."""
        self.page.evaluate("localStorage.removeItem('huizhi-customer-mode')")

    def is_shown(self) -> None:
        """Customer mode holds, and nothing of the engineer's is on the screen."""
        expect(self.page.get_by_role("button", name=self.words("field_engineer_only"))).to_be_visible()
        expect(self.page.get_by_role("tablist")).to_have_count(0)
        expect(self.page.get_by_role("navigation")).to_have_count(0)

    def _stroke(self) -> Iterator[Point]:
        """A wave across the pad."""
        canvas = self.page.locator("canvas")
        canvas.scroll_into_view_if_needed()
        box = self._box(canvas)
        for at in range(40):
            wave = 0.5 + 0.25 * sin(at / 3)
            yield box["x"] + box["width"] * (0.1 + at / 50), box["y"] + box["height"] * wave

    def _box(self, what: Locator) -> dict[str, float]:
        box = what.bounding_box()
        assert box
        return dict(box)
