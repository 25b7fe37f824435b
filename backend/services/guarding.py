"""Who may touch the data at the same time: servers together, a restore alone, one backup or erasure after another."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from backend.services.parts import Parts
from backend.store.files import Locked, lock
from sync.errors import Fault


@contextmanager
def serving(parts: Parts) -> Iterator[None]:
    """As long as a server runs; its end leaves the high-water mark at the newest commit."""
    with lock(parts.config.data_dir / "keys" / "serving.lock", shared=True):
        yield
        parts.high_water.note(parts.engine.store)


def no_server(parts: Parts) -> AbstractContextManager[None]:
    """While nobody serves this data; Fault("being_served") if somebody does."""
    return _alone(parts, "serving.lock", "being_served")


def upkeep(parts: Parts) -> AbstractContextManager[None]:
    """One backup, restore or erasure at a time; Fault("upkeep_running") for a second one."""
    return _alone(parts, "upkeep.lock", "upkeep_running")


@contextmanager
def _alone(parts: Parts, name: str, code: str) -> Iterator[None]:
    try:
        with lock(parts.config.data_dir / "keys" / name, wait=False):
            yield
    except Locked as held:
        raise Fault(code) from held
