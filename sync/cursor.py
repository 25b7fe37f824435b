"""The cursor: opaque to devices, authenticated with a key outside the database, and proof of one history."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from functools import lru_cache

from sync.store import Head, Reader

_MAC_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Cursor:
    """Everything visible up to `position` was delivered; `newest` and `nonce` name the newest commit at that time.

    The device has what was visible at commit `whole`, or is being sent it; what ended before it does not concern it.
    """

    epoch: str
    position: int
    newest: int
    nonce: str
    whole: int = 0


@lru_cache(maxsize=4096)  # devices that have everything send the same few again and again
def seal(cursor: Cursor, key: bytes) -> str:
    """The text a device stores and sends back."""
    body = json.dumps([cursor.epoch, cursor.position, cursor.newest, cursor.nonce, cursor.whole]).encode()
    return base64.urlsafe_b64encode(_mac(body, key) + body).decode().rstrip("=")


@lru_cache(maxsize=4096)
def unseal(text: str, key: bytes) -> Cursor | None:
    """The cursor in a text made by `seal` with the same key, else None."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    mac, body = data[:_MAC_LENGTH], data[_MAC_LENGTH:]
    if not hmac.compare_digest(mac, _mac(body, key)):
        return None
    return Cursor(*json.loads(body))


def broken(cursor: Cursor | None, head: Head, reader: Reader) -> str | None:
    """Why this cursor cannot be gone on from: `epoch`, `ahead`, `horizon`, or None if it can."""
    if cursor is None or cursor.epoch != head.epoch:
        return "epoch"
    if cursor.newest > head.seq:
        return "ahead"
    known = head.nonce if cursor.newest == head.seq else reader.nonce(cursor.newest)
    if known != cursor.nonce:
        return "epoch"
    return "horizon" if cursor.whole < head.horizon else None


def proves_restore(cursor: Cursor | None, head: Head, reason: str | None) -> bool:
    """True if a cursor of this very epoch names a commit that is not there: the database was put back."""
    return cursor is not None and cursor.epoch == head.epoch and reason in ("ahead", "epoch")


def _mac(body: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(body, key=key, digest_size=_MAC_LENGTH).digest()
