"""So many exchanges at once and no more: who finds no room is told so before anybody reads what he sent."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from backend.api.errors import problem
from sync.pacing import next_sync_ms, retry_after_seconds

EXCHANGE = ("POST", "/api/v1/sync")

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Crowd:
    """Who exchanges now, and how many requests wait behind them; `draw` gives random numbers in [0, 1)."""

    def __init__(self, most: int, draw: Callable[[], float]) -> None:
        self._most, self._draw = most, draw
        self._inside = 0
        self._lock = Lock()
        self.behind: Callable[[], int] = lambda: 0
        self.refused = 0

    @property
    def load(self) -> float:
        """The share of the room that is taken."""
        return (self._inside + self.behind()) / self._most

    def next_sync_ms(self) -> int:
        """When somebody who is through should come back."""
        return next_sync_ms(self.load, self._draw())

    def retry_after_seconds(self) -> int:
        """When somebody who found no room should try again."""
        return retry_after_seconds(self.load, self._draw())

    @contextmanager
    def entered(self) -> Iterator[bool]:
        """Whether there is room; it is kept until the end of the block."""
        with self._lock:
            admitted = self.load < 1
            self._inside += admitted
            self.refused += not admitted
        try:
            yield admitted
        finally:
            with self._lock:
                self._inside -= admitted


class Admission:
    """The door before the app."""

    def __init__(self, app: Wsgi, crowd: Crowd) -> None:
        self._app, self._crowd = app, crowd

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if (environ["REQUEST_METHOD"], environ["PATH_INFO"]) != EXCHANGE:
            return self._app(environ, start_response)
        with self._crowd.entered() as admitted:
            if admitted:
                return self._app(environ, start_response)
        full = problem("busy")
        full.headers["Retry-After"] = str(self._crowd.retry_after_seconds())
        return full(environ, start_response)
