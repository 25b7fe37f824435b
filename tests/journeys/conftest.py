"""The demo company on a real server, and the tablets and desks its people use."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect

from tests.journeys.company import Company
from tests.journeys.tablet import PATIENCE_MS, Tablet
from tests.support.server import Server

expect.set_options(timeout=PATIENCE_MS)

MakeTablet = Callable[..., Tablet]


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a demo company nobody has worked in yet."""
    folder = tmp_path_factory.mktemp("demo")
    Server(folder).run("seed")
    return folder


@pytest.fixture
def company(seeded: Path, huizhi_server: Callable[..., Server], tmp_path: Path) -> Company:
    """A company of its own for this journey, with its server running."""
    folder = tmp_path / "company"
    shutil.copytree(seeded, folder)
    return Company(huizhi_server(folder).start())


@pytest.fixture
def make_tablet(playwright: Playwright, chromium_path: str, company: Company, tmp_path: Path) -> Iterator[MakeTablet]:
    """Makes tablets, each with a profile of its own; closed with the test, which none of them may end with an error."""
    made: list[Tablet] = []

    def make(**settings: Any) -> Tablet:
        profile = tmp_path / f"tablet-{len(made)}"
        made.append(Tablet(playwright, chromium_path, profile, **{"url": company.url, **settings}))
        return made[-1]

    yield make
    for tablet in made:
        tablet.keep_last_look()
        tablet.close()
    assert [error for tablet in made for error in tablet.errors] == []
