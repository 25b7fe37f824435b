"""Photographs every screen in two languages and three widths: `python -m tests.journeys.screenshots`."""

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, Playwright, expect, sync_playwright

from tests.journeys.company import Company
from tests.journeys.tablet import PATIENCE_MS, PHONE, Tablet
from tests.journeys.tour import Guide
from tests.support.chromium import find_chromium
from tests.support.server import Server

TARGET = Path(__file__).parents[2] / "docs" / "screenshots"
LOCALES = ("zh-CN", "en")
SIZES = {390: 844, 820: 1180, 1366: 900}
COLOURS = 128
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def main() -> None:
    """Empties the folder, fills it and says how large it became."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright, guided(playwright) as guide:
        shutil.rmtree(TARGET, ignore_errors=True)
        TARGET.mkdir(parents=True)
        for locale in LOCALES:
            for stop, page in guide.tour(locale):
                photograph(page, stop.name, locale)
    pictures = list(TARGET.glob("*.png"))
    print(f"{len(pictures)} pictures, {sum(one.stat().st_size for one in pictures) / 1e6:.1f} MB in {TARGET}")


@contextmanager
def guided(playwright: Playwright) -> Iterator[Guide]:
    """A guide at a demo company of its own."""
    folder = Path(tempfile.mkdtemp(prefix="huizhi-screenshots-"))
    (folder / "company").mkdir()
    server = Server(folder / "company")
    server.run("seed")
    company, chromium = Company(server.start()), find_chromium()
    tablets: list[Tablet] = []

    def make(**settings: Any) -> Tablet:
        tablets.append(Tablet(playwright, chromium, folder / f"tablet-{len(tablets)}", company.url, **settings))
        return tablets[-1]

    try:
        yield Guide(company, make, folder)
    finally:
        for tablet in tablets:
            tablet.close()
        server.kill()
        shutil.rmtree(folder)


def photograph(page: Page, name: str, locale: str) -> None:
    """The screen in every width, as a small PNG."""
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(PAINTED)
        picture = Image.open(io.BytesIO(page.screenshot()))
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(TARGET / f"{name}-{width}-{locale}.png", optimize=True)
    page.set_viewport_size(PHONE)


if __name__ == "__main__":
    main()
