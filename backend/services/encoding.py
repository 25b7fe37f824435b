"""Values as UTF-8 JSON, fast, and never with escaped Chinese."""

import json
import re
from collections.abc import Iterable
from typing import Any

import orjson

from sync.canonical import DEEPEST, canonical_json

_EXACT = b" "  # in front of what holds numbers that the fast reader rounds or refuses
_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
_BEYOND_BASIC_PLANE = bytes(range(0xF0, 0x100))  # keys with such letters sort elsewhere in UTF-16
_FRACTION = re.compile(rb"\.[0-9]+(?:[e,\]}]|$)")
_EXPONENT = re.compile(rb"e[+-][0-9]+(?:[,\]}]|$)")


def encode(value: object) -> bytes:
    """The bytes of a value; what orjson refuses, as only bad operations hold it, is escaped and marked for `decode`."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return _EXACT + json.dumps(value, separators=(",", ":")).encode()


def decode(encoded: bytes) -> Any:
    """The value that `encode` was given, every digit of it."""
    return json.loads(encoded) if encoded.startswith(_EXACT) else orjson.loads(encoded)


def canonical(value: object) -> bytes:
    """The canonical bytes of a value that came as JSON: those of `canonical_json`, which is asked whenever in doubt."""
    try:
        found = orjson.dumps(value, option=_CANONICAL)
    except TypeError:
        return canonical_json(value)
    return found if _is_canonical(found, value) else canonical_json(value)


def _is_canonical(found: bytes, value: object) -> bool:
    """True if RFC 8785 writes the very same; False also where that is hard to tell."""
    if found.count(b"{") + found.count(b"[") > DEEPEST and is_deeper(value, DEEPEST):
        return False
    if _FRACTION.search(found) or _EXPONENT.search(found):
        return False
    return len(found.translate(None, _BEYOND_BASIC_PLANE)) == len(found)


def is_deeper(value: object, levels: int) -> bool:
    """True if lists and objects lie in each other on more levels than these; no depth costs more than its size."""
    level = _inside([[value]])
    for _ in range(levels):
        level = _inside(level)
        if not level:
            return False
    return True


def _inside(level: Iterable[Any]) -> list[Any]:
    """The lists and objects that lie directly in these."""
    return [
        one
        for outer in level
        for one in (outer.values() if type(outer) is dict else outer)
        if type(one) is dict or type(one) is list
    ]
