"""The parts of a running server, joined once in `backend.app` and handed to every use case."""

from collections.abc import Callable
from dataclasses import dataclass

from argon2 import PasswordHasher

from backend.config import Config
from backend.store.blobs.local import LocalBlobs
from backend.store.engine import Database
from backend.store.high_water import HighWater
from sync.engine import Engine


def password_hasher() -> PasswordHasher:
    """OWASP's profile of 19 MiB, so that eight sign-ins at once stay within the memory budget."""
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@dataclass(frozen=True)
class Parts:
    """`now` is in milliseconds; `random` gives that many random bytes."""

    config: Config
    database: Database
    engine: Engine
    blobs: LocalBlobs
    high_water: HighWater
    hasher: PasswordHasher
    now: Callable[[], int]
    random: Callable[[int], bytes]
