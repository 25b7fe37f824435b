"""Where a verdict lies in the log of judged operations: two whole numbers instead of three long texts.

Ids are random, so every operation of a push lands on another page of their index, and each of these pages is written
to the disk whole. Numbers put six times as many on a page, those of one user side by side.
"""

from functools import lru_cache
from hashlib import sha256

USER_BITS, ID_BITS, WORD_BITS = 15, 48, 64


@lru_cache(maxsize=4096)  # asked before an operation is judged, and again when its verdict is stored
def operation_key(user: str, one: str) -> int:
    """A number below 2**63 for all that a user sent under this id, near those of his other ids.

    Others may have it too: whoever asks by it looks at user and id again.
    """
    return _hash(user, USER_BITS) << ID_BITS | _hash(one, ID_BITS)


def content_key(user: str, digest: str) -> int:
    """A number below 2**63 for one content of this user: beside the operation's key nobody else has it."""
    return (_hash(user, WORD_BITS) ^ int(digest[: WORD_BITS // 4], 16)) >> 1


@lru_cache(maxsize=4096)
def _hash(text: str, bits: int) -> int:
    """The first bits of its SHA-256: nobody picks ids that meet."""
    return int.from_bytes(sha256(text.encode()).digest()[: WORD_BITS // 8]) >> (WORD_BITS - bits)
