"""A crowd of devices that all want to send at once, in virtual time, at the real door of the server."""

import random
from collections import Counter, deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from backend.api.admission import Crowd
from tests.support.patience import backoff

TIMEOUT_MS = 30_000
REFUSAL_MS = 1
WORKERS = 8

Wait = Callable[[int, bool, int | None, float], int]


@dataclass
class Tablet:
    """One device with something to send; it drops an answer that comes after its own time limit."""

    sent: int = 0
    attempt: int = 0
    drained_at: int | None = None
    latest: int = 0


@dataclass
class Rush:
    """`each_ms` is what an exchange costs one worker; `wait` is how a device waits after a failure."""

    tablets: int
    each_ms: int
    most: int
    wait: Wait = backoff
    seed: int = 1
    arrivals: Counter[int] = field(default_factory=Counter)
    refused: int = 0
    timeouts: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.crowd = Crowd(self.most, self.dice.random)
        self.queue: deque[tuple[Tablet, int]] = deque()
        self.crowd.behind = self.queue.__len__
        self.crew = [Tablet() for _ in range(self.tablets)]
        self._idle = WORKERS
        self._order = count()
        self._events: list[tuple[int, int, Callable[[int], None]]] = []

    def run(self, until_ms: int) -> "Rush":
        """All devices speak within the first second."""
        for tablet in self.crew:
            self._at(int(self.dice.random() * 1000), lambda now, one=tablet: self._send(one, now))
        while self._events and self._events[0][0] <= until_ms:
            now, _, act = heappop(self._events)
            act(now)
        return self

    @property
    def drained_ms(self) -> int:
        """When the last device was through."""
        ends = [one.drained_at for one in self.crew]
        assert None not in ends, f"{ends.count(None)} devices never got through"
        return max(end for end in ends if end is not None)

    @property
    def requests(self) -> list[int]:
        """How often each device asked before it was through."""
        return sorted(one.sent for one in self.crew)

    def busiest(self, since_ms: int) -> int:
        """The most requests in one second of all that came later."""
        return max(number for second, number in self.arrivals.items() if second * 1000 >= since_ms)

    def _at(self, when: int, act: Callable[[int], None]) -> None:
        heappush(self._events, (when, next(self._order), act))

    def _send(self, tablet: Tablet, now: int) -> None:
        tablet.latest += 1
        tablet.sent += tablet.drained_at is None
        self.arrivals[now // 1000] += 1
        request = (tablet, tablet.latest)
        self.queue.append(request)
        self._at(now + TIMEOUT_MS, lambda then: self._give_up(request, then))
        self._work(now)

    def _give_up(self, request: tuple[Tablet, int], now: int) -> None:
        tablet, number = request
        if number == tablet.latest:
            self.timeouts += 1
            self._fail(tablet, True, None, now)

    def _work(self, now: int) -> None:
        while self._idle and self.queue:
            self._idle -= 1
            request, stay = self.queue.popleft(), ExitStack()
            if stay.enter_context(self.crowd.entered()):
                self._at(now + self.each_ms, lambda then, one=request, room=stay: self._answer(one, room, then))
            else:
                self.refused += 1
                self._at(now + REFUSAL_MS, lambda then, one=request, room=stay: self._refuse(one, room, then))

    def _answer(self, request: tuple[Tablet, int], stay: ExitStack, now: int) -> None:
        self._leave(stay)
        tablet, number = request
        if number == tablet.latest:
            tablet.latest += 1
            tablet.attempt = 0
            tablet.drained_at = now if tablet.drained_at is None else tablet.drained_at
            self._at(now + self.crowd.next_sync_ms(), lambda then: self._send(tablet, then))
        self._work(now)

    def _refuse(self, request: tuple[Tablet, int], stay: ExitStack, now: int) -> None:
        self._leave(stay)
        tablet, number = request
        if number == tablet.latest:
            self._fail(tablet, False, 1000 * self.crowd.retry_after_seconds(), now)
        self._work(now)

    def _leave(self, stay: ExitStack) -> None:
        stay.close()
        self._idle += 1

    def _fail(self, tablet: Tablet, timed_out: bool, retry_after_ms: int | None, now: int) -> None:
        tablet.latest += 1
        wait = self.wait(tablet.attempt, timed_out, retry_after_ms, self.dice.random())
        tablet.attempt += 1
        self._at(now + wait, lambda then: self._send(tablet, then))
