"""Random values: each is given out once, in every thread and in every process."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from backend.services import randomness
from backend.services.randomness import DRAWN_AT_ONCE, SIZE, random_bytes


@pytest.mark.parametrize("size", [0, 1, 10, SIZE, 32, 1_000])
def test_as_many_bytes_come_as_were_asked_for(size: int):
    assert len(random_bytes(size)) == size


def test_no_value_comes_twice_whoever_asks():
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(random_bytes, [SIZE] * 20 * DRAWN_AT_ONCE))
    assert len(set(found)) == len(found)


def test_nothing_drawn_a_while_ago_is_given_out(monkeypatch: pytest.MonkeyPatch):
    """A machine put back with its memory and its disk must not give a new commit the value of one that was undone."""
    kept, clock = [random_bytes(SIZE)], time.monotonic_ns()
    ahead = set(randomness._ahead.drawn[1])
    monkeypatch.setattr(randomness, "monotonic_ns", lambda: clock + randomness.FRESH_NS)
    kept += [random_bytes(SIZE) for _ in range(DRAWN_AT_ONCE)]
    assert ahead
    assert ahead.isdisjoint(kept)


def test_a_process_that_was_split_off_draws_its_own():
    random_bytes(SIZE)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, random_bytes(SIZE))
        os._exit(0)
    os.waitpid(child, 0)
    theirs = os.read(reading, SIZE)
    os.close(reading)
    os.close(writing)
    assert len(theirs) == SIZE
    assert random_bytes(SIZE) != theirs
