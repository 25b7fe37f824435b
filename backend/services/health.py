"""Whether the server can do its work now."""

from backend.services.parts import Parts
from backend.store.engine import Unavailable
from backend.store.schema import is_current


def is_ready(parts: Parts) -> bool:
    try:
        return is_current(parts.database)
    except Unavailable:
        return False


def newest_commit(parts: Parts) -> int:
    with parts.engine.store.read() as reader:
        return reader.head().seq
