"""The first commit of a history: the system's own user, who may write everything else."""

from __future__ import annotations

from collections.abc import Mapping

from sync.engine import Engine
from sync.records import Record
from sync.workspace import Workspace


def bootstrap(engine: Engine, user: str, data: Mapping[str, object], now: int) -> bool:
    """Make the system user with these fields unless the history already has one; True if it was made."""
    with engine.store.write() as writer:
        space = Workspace(writer, engine)
        if space.record(user) is not None:
            return False
        space.put(Record(user, "user", user, dict(data)))
        space.settle(now, user, "server")
        space.flush()
    return True
