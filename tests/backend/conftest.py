"""A founded company for every test, copied from one that was made once."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.backend.company import Company, Speaker


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a company nobody has worked in yet."""
    folder = tmp_path_factory.mktemp("company") / "data"
    company = Company(folder)
    company.found()
    company.close()
    return folder


@pytest.fixture
def open_company(founded: Path, tmp_path: Path) -> Iterator[Callable[..., Company]]:
    """Opens a server on the same copy of the data, as often as asked."""
    folder = shutil.copytree(founded, tmp_path / "data")
    opened: list[Company] = []

    def open_one(**settings: Any) -> Company:
        opened.append(Company(folder, **settings))
        return opened[-1]

    yield open_one
    for company in opened:
        company.close()


@pytest.fixture
def company(open_company: Callable[..., Company]) -> Company:
    """The company's server."""
    return open_company()


@pytest.fixture
def engineer(company: Company) -> Speaker:
    """The engineer who has the order."""
    return company.speaker("one")


@pytest.fixture
def stranger(company: Company) -> Speaker:
    """An engineer of the same branch without any order."""
    return company.speaker("two")


@pytest.fixture
def admin(company: Company) -> Speaker:
    """The administrator."""
    return company.speaker("admin")
