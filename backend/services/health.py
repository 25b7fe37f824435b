"""Whether the server can do its work now."""

from backend.services.parts import Parts
from backend.store import devices
from backend.store.engine import Unavailable
from backend.store.schema import is_current
from sync.store import Matter


def is_ready(parts: Parts) -> bool:
    try:
        return is_current(parts.database)
    except Unavailable:
        return False


def copied_devices(parts: Parts) -> int:
    with parts.database.read() as sql:
        return devices.count_copied(sql)


def open_matters(parts: Parts) -> list[tuple[Matter, float]]:
    """What waits for a person, oldest first, with the seconds it has waited."""
    with parts.engine.store.read() as reader:
        known = reader.matters()
    now = parts.now()
    return [(matter, max(now - matter.since, 0) / 1000) for matter in known]


def newest_commit(parts: Parts) -> int:
    with parts.engine.store.read() as reader:
        return reader.head().seq
