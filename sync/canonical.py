"""RFC 8785 canonical JSON for null, booleans, integers, strings, lists and objects, and its SHA-256."""

from __future__ import annotations

import hashlib
import json

from sync.errors import Refused

LARGEST_INTEGER = 2**53 - 1
DEEPEST = 24
_FIRST_OUT_OF_ORDER = "\ud800"  # from here UTF-16 code units and code points sort differently


def canonical_json(value: object) -> bytes:
    """The canonical UTF-8 bytes of `value`; raises Refused("not_canonical") for what has none."""
    text = json.dumps(_ordered(value, 0), ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Refused("not_canonical", {"reason": "lone_surrogate"}) from None


def digest(value: object) -> str:
    """SHA-256 of the canonical form, 64 lower-case hex digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _ordered(value: object, depth: int) -> object:
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        if -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
            return value
        raise Refused("not_canonical", {"reason": "integer_too_large"})
    if depth >= DEEPEST:
        raise Refused("not_canonical", {"reason": "too_deep"})
    if isinstance(value, dict):
        return {key: _ordered(value[key], depth + 1) for key in _sorted_keys(value)}
    if isinstance(value, (list, tuple)):
        return [_ordered(item, depth + 1) for item in value]
    raise Refused("not_canonical", {"reason": type(value).__name__})


def _sorted_keys(value: dict[str, object]) -> list[str]:
    try:
        if all(key < _FIRST_OUT_OF_ORDER for key in value):
            return sorted(value)
        return sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    except (TypeError, AttributeError):
        raise Refused("not_canonical", {"reason": "key_not_text"}) from None
