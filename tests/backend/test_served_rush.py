"""Two hundred connections at once to a real server with room for sixteen: everybody gets through, nothing twice."""

import json
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPResponse
from statistics import median
from threading import Barrier, Event
from typing import Any

import pytest

from tests.backend.program import Program
from tests.support.patience import backoff
from tests.support.server import Server

TABLETS, ROOM = 200, 16
HURRY = 10  # their clocks run faster, so that the test need not take minutes


@pytest.fixture
def server(huizhi_server: Callable[..., Server]) -> Server:
    """A server that lets few in at a time."""
    found = huizhi_server(EXCHANGES=str(ROOM), THREADS="4")
    found.run("seed")
    return found.start()


class Visitor:
    """One device with one note to send."""

    def __init__(self, server: Server, program: Program, page: dict[str, Any], order: str, seed: int) -> None:
        self.note = program.note(order)
        self.refusals: list[float] = []
        self._dice = random.Random(seed)
        self._connection, self._headers = program.connect(server), program.headers()
        self._body = json.dumps(
            {
                "protocol": 1, "schema": 2, "app": "0.2.0", "request": f"r{seed}", "epoch": page["epoch"],
                "clock": {"now": page["now"]}, "operations": [self.note], "cursor": page["cursor"], "limit": 1,
            }
        )  # fmt: skip

    def send(self, together: Barrier) -> str:
        """Until there was room, waiting as the app does; the verdict."""
        self._connection.connect()
        together.wait()
        while True:
            begun = time.monotonic()
            self._connection.request("POST", "/api/v1/sync", self._body, self._headers)
            answer: HTTPResponse = self._connection.getresponse()
            content = json.loads(answer.read())
            if answer.status == 200:
                self._connection.close()
                return str(content["answers"][0]["verdict"])
            assert (answer.status, content["error"]["code"]) == (503, "busy")
            self.refusals.append(time.monotonic() - begun)
            named = 1000 * int(answer.headers["Retry-After"])
            Event().wait(backoff(len(self.refusals) - 1, False, named, self._dice.random()) / 1000 / HURRY)


def test_everybody_gets_through_once_and_the_rest_are_sent_away_quickly(server: Server):
    program = Program(server, "engineer1")
    order = next(one["id"] for one in program.everything(server) if one["type"] == "work_order")
    page = program.sync(server)
    visitors = [Visitor(server, program, page, order, seed) for seed in range(TABLETS)]
    together, begun = Barrier(TABLETS), time.monotonic()
    with ThreadPoolExecutor(TABLETS) as pool:
        verdicts = list(pool.map(lambda one: one.send(together), visitors))
    refusals = [one for visitor in visitors for one in visitor.refusals]
    print(
        f"{TABLETS} connections, room for {ROOM}: all through after {time.monotonic() - begun:.1f} s; "
        f"{len(refusals)} refused, half of them within {1000 * median(refusals):.0f} ms; "
        f"{max(len(one.refusals) for one in visitors) + 1} requests per device at most"
    )
    stored = [one["id"] for one in program.everything(server) if one["type"] == "note"]
    assert verdicts == ["applied"] * TABLETS
    assert sorted(stored) == sorted(one.note["record"] for one in visitors)
    assert len(refusals) > ROOM
    assert max(len(one.refusals) for one in visitors) < 10
