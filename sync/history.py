"""What happens to a history as a whole: it begins anew, a backup holds it up to a commit, it forgets its far past."""

from __future__ import annotations

from sync.engine import Engine
from sync.store import Batch


def begin(engine: Engine, lost: str) -> str:
    """Begin a new history in place of the epoch `lost`, unless another process already did; the epoch that holds."""
    with engine.store.write() as writer:
        epoch = writer.head().epoch
        if epoch != lost:
            return epoch
        fresh = engine.new_nonce()
        writer.save(Batch(epoch=fresh))
    return fresh


def back_up_to(engine: Engine, epoch: str, seq: int) -> bool:
    """Note that a verified backup of this epoch holds everything up to commit `seq`; True if devices may rely on it."""
    with engine.store.write() as writer:
        head = writer.head()
        if head.epoch != epoch:
            return False
        if head.safe < seq <= head.seq:
            writer.save(Batch(safe=seq))
    return True


def collect(engine: Engine, now: int, keep: int) -> int:
    """Forget what ended or was removed more than `keep` ms ago, and return the horizon.

    A device that last heard of this history before the horizon starts anew with a snapshot.
    """
    with engine.store.write() as writer:
        known = writer.head().horizon
        horizon = writer.newest_before(now - keep)
        if horizon <= known:
            return known
        writer.save(Batch(horizon=horizon))
    return horizon
