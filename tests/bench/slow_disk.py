"""What granian serves where a flush takes longer: both baselines and the product, all on the same slower disk."""

from collections.abc import Callable, Iterable
from functools import partial
from threading import Event

from flask import Flask
from pysqlite3 import dbapi2 as sqlite

from backend.wsgi import application
from tests.bench import apps

FLUSH_SECONDS = 0.005  # an SSD that keeps nothing when the power goes


class SlowConnection(sqlite.Connection):
    """Whoever commits what he wrote waits for the disk a little longer."""

    _disk, _flushed = Event(), 0

    def commit(self) -> None:
        super().commit()
        if self._flushed != self.total_changes:
            self._flushed = self.total_changes
            self._disk.wait(FLUSH_SECONDS)


def raw() -> Callable[..., Iterable[bytes]]:
    """The raw baseline."""
    _slow_down()
    return apps.raw()


def flask() -> Flask:
    """The baseline with Flask and marshmallow."""
    _slow_down()
    return apps.flask()


def product() -> Flask:
    """The product as it is configured."""
    _slow_down()
    return application()


def _slow_down() -> None:
    sqlite.connect = partial(sqlite.connect, factory=SlowConnection)
