"""Every case is played on every store, from the company's first day on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.simulation import company
from tests.simulation.server import new_engine, new_trade
from tests.support.day import Day
from tests.support.postgres import Cluster
from tests.support.stores import InDatabase, InMemory, Kept

STORES = ("memory", "sqlite", "postgresql")
Opened = tuple[Kept, Any]


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory, postgres_cluster: Cluster) -> Iterator[Callable]:
    """Opens each kind of store once, with the company in it; gives the store and its content."""
    found: dict[str, Opened] = {}

    def open_one(kind: str) -> Opened:
        if kind not in found:
            kept = new_store(kind)
            company.build(new_engine(kept.store, new_trade(), 0), new_trade().schema)
            found[kind] = kept, kept.content()
        return found[kind]

    def new_store(kind: str) -> Kept:
        if kind == "memory":
            return InMemory()
        url = f"sqlite:///{tmp_path_factory.mktemp('cases')}/store.sqlite3"
        if kind == "postgresql":
            url = stack.enter_context(postgres_cluster.database())
        kept = InDatabase(url)
        stack.callback(kept.close)
        return kept

    with ExitStack() as stack:
        yield open_one


@pytest.fixture(params=STORES)
def day(request: pytest.FixtureRequest, opened: Callable[[str], Opened]) -> Day:
    """A new day on this store."""
    kept, content = opened(request.param)
    kept.load(content)
    return Day(kept)
