"""What stays of an erased operation: its verdict, under a hash that tells nothing to one who lacks the server's key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable

from sync.store import Judged

ERASED = b'{"erased":true}'


def salted(digest: str, key: bytes) -> str:
    """The digest mixed with a key that lies outside the database and its backups: nobody else can try contents."""
    return hmac.new(key, b"erased|" + digest.encode(), hashlib.sha256).hexdigest()


def by_digest(known: Iterable[Judged], digests: Collection[str], key: bytes) -> dict[tuple[str, str], Judged]:
    """Verdicts by operation and digest as sent: a repeated operation meets its own though its content was erased."""
    plain: dict[str, str] = {}
    verdicts = list(known)
    if any(one.body == ERASED for one in verdicts):
        plain = {salted(digest, key): digest for digest in digests}
    return {(one.id, plain.get(one.digest, one.digest)): one for one in verdicts}
