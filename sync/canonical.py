"""RFC 8785 canonical JSON for null, booleans, integers, strings, lists and objects, and its SHA-256."""

from __future__ import annotations

import hashlib
import json

from sync.errors import Refused

LARGEST_INTEGER = 2**53 - 1
DEEPEST = 24
_FIRST_OUT_OF_ORDER = "\ud800"  # from here UTF-16 code units and code points sort differently
_ALWAYS_CANONICAL = frozenset({str, bool, type(None)})
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_encode_sorted = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), sort_keys=True
).encode


def canonical_json(value: object) -> bytes:
    """The canonical UTF-8 bytes of `value`; raises Refused("not_canonical") for what has none."""
    text = _encode_sorted(value) if _sorts_by_code_points(value, 0) else _encode(_ordered(value))
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Refused("not_canonical", {"reason": "lone_surrogate"}) from None


def digest(value: object) -> str:
    """SHA-256 of the canonical form, 64 lower-case hex digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _sorts_by_code_points(value: object, depth: int) -> bool:
    """True if every key in `value` does, as almost all do; raises Refused for what has no canonical form."""
    if value is None or isinstance(value, (str, bool)):
        return True
    if isinstance(value, int):
        if -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
            return True
        raise Refused("not_canonical", {"reason": "integer_too_large"})
    if not isinstance(value, (dict, list, tuple)):
        raise Refused("not_canonical", {"reason": type(value).__name__})
    if depth >= DEEPEST:
        raise Refused("not_canonical", {"reason": "too_deep"})
    plain = _has_plain_keys(value) if isinstance(value, dict) else True
    for item in value.values() if isinstance(value, dict) else value:
        plain &= type(item) in _ALWAYS_CANONICAL or _sorts_by_code_points(item, depth + 1)
    return plain


def _has_plain_keys(value: dict[str, object]) -> bool:
    if not set(map(type, value)) <= {str}:
        raise Refused("not_canonical", {"reason": "key_not_text"})
    return not value or max(value) < _FIRST_OUT_OF_ORDER


def _ordered(value: object) -> object:
    """`value` with its keys in the order of their UTF-16 code units."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return {key: _ordered(value[key]) for key in keys}
    return [_ordered(item) for item in value] if isinstance(value, (list, tuple)) else value
