"""Tablets that sync all the while, from a process of their own."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from random import Random

from tests.restores.tablet import Tablet

PAGE = 500


@dataclass
class Load:
    """How long each exchange took, in ms; known when the load has ended."""

    times: list[float]

    def share(self, percent: int) -> int:
        """So many percent of the exchanges took no longer, in whole ms."""
        return round(sorted(self.times)[len(self.times) * percent // 100 - 1])


@contextmanager
def syncing(url: str, tokens: Mapping[str, str], every_seconds: float) -> Iterator[Load]:
    """Each user's tablet writes a remark and syncs again and again while the block runs; its figures follow."""
    context, load = get_context("spawn"), Load([])
    done, (figures, told) = context.Event(), context.Pipe(duplex=False)
    process = context.Process(target=_everybody, args=(url, dict(tokens), every_seconds, done, told))
    process.start()
    told.close()  # so that a process that fails ends the wait for its word
    try:
        figures.recv()
        yield load
    finally:
        done.set()
        load.times += figures.recv()
        process.join()


def _everybody(url: str, tokens: Mapping[str, str], every: float, done: Event, told: Connection) -> None:
    tablets = [Tablet(url, user, token, Random(user)) for user, token in tokens.items()]
    for tablet in tablets:
        tablet.device.limit = PAGE
        tablet.drain()
    told.send("everybody holds the whole of his work")
    with ThreadPoolExecutor(len(tablets)) as pool:
        found = list(pool.map(lambda one: _one(one, every, done), tablets))
    told.send([one for some in found for one in some])


def _one(tablet: Tablet, every: float, done: Event) -> list[float]:
    times = []
    while not done.wait(tablet.dice.uniform(0.5, 1.5) * every):
        tablet.note()
        began = time.perf_counter()
        tablet.exchange()
        times.append((time.perf_counter() - began) * 1000)
    return times
