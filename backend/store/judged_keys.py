"""Where a verdict lies in the log of judged operations: two whole numbers instead of three long texts.

They only find it. Who has the patience finds ids and contents whose numbers meet: readers look at the texts again, and
a verdict whose place is taken goes to the next one.

Ids are random, so every operation of a push lands on another page of their index, and each of these pages is written
to the disk whole. Numbers put six times as many on a page, those of one user side by side.
"""

from functools import lru_cache
from hashlib import sha256

USER_BITS, ID_BITS, WORD_BITS = 15, 48, 64
LARGEST = 2**63


@lru_cache(maxsize=4096)  # asked before an operation is judged, and again when its verdict is stored
def operation_key(user: str, one: str) -> int:
    """A number below 2**63 for all that a user sent under this id, near those of his other ids.

    Others may have it too: whoever asks by it looks at user and id again.
    """
    return _hash(user, USER_BITS) << ID_BITS | _hash(one, ID_BITS)


def content_key(user: str, digest: str) -> int:
    """A number below 2**63 for one content of this user, and for another one that somebody sought long enough."""
    return (_hash(user, WORD_BITS) ^ int(digest[: WORD_BITS // 4], 16)) >> 1


def next_key(content: int) -> int:
    """The number after this one, for a content whose own is taken."""
    return (content + 1) % LARGEST


@lru_cache(maxsize=4096)
def _hash(text: str, bits: int) -> int:
    """The first bits of its SHA-256."""
    return int.from_bytes(sha256(text.encode()).digest()[: WORD_BITS // 8]) >> (WORD_BITS - bits)
