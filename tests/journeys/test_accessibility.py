"""Every screen of field, customer and desk has no accessibility violation, on a phone and on a desk."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.tour import Guide

PHONE, DESK = (390, 844), (1366, 900)


def test_axe_finds_no_violation_on_any_screen(company: Company, make_tablet: MakeTablet, tmp_path: Path):
    found: dict[str, str] = {}
    visited = 0
    for stop, page in Guide(company, make_tablet, tmp_path).tour("zh-CN"):
        width, height = DESK if stop.name.startswith(("desk", "admin")) else PHONE
        page.set_viewport_size({"width": width, "height": height})
        report = Axe().run(page)
        visited += 1
        if report.violations_count:
            found[stop.name] = report.generate_report()
    print(f"axe: {visited} screens, {len(found)} with violations")
    assert found == {}, "\n".join(f"{name}\n{report}" for name, report in found.items())


def test_axe_sees_a_picture_without_words(make_tablet: MakeTablet):
    page = make_tablet().open()
    page.locator("main").evaluate("main => main.append(document.createElement('img'))")
    assert Axe().run(page).violations_count == 1
