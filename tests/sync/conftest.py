"""A small trade of one order type, so that each rule of the engine is tested by itself."""

from __future__ import annotations

import pytest

from tests.sync.bench import Bench


@pytest.fixture
def bench() -> Bench:
    """A server in memory with two engineers, a supervisor and one order that both engineers hold."""
    return Bench()
