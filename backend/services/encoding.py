"""Values as UTF-8 JSON, fast, and never with escaped Chinese."""

import json
import re

import orjson

from sync.canonical import DEEPEST, canonical_json

decode = orjson.loads

_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
_BEYOND_BASIC_PLANE = bytes(range(0xF0, 0x100))  # keys with such letters sort elsewhere in UTF-16
_FRACTION = re.compile(rb"\.[0-9]+(?:[e,\]}]|$)")
_EXPONENT = re.compile(rb"[+-][0-9]+(?:[,\]}]|$)")


def encode(value: object) -> bytes:
    """The bytes of a value; what orjson refuses, which only a bad operation holds, is escaped."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, separators=(",", ":")).encode()


def canonical(value: object) -> bytes:
    """The canonical bytes of a value that came as JSON: those of `canonical_json`, which is asked whenever in doubt."""
    try:
        found = orjson.dumps(value, option=_CANONICAL)
    except TypeError:
        return canonical_json(value)
    return found if _is_canonical(found, value) else canonical_json(value)


def _is_canonical(found: bytes, value: object) -> bool:
    """True if RFC 8785 writes the very same; False also where that is hard to tell."""
    if found.count(b"{") + found.count(b"[") > DEEPEST and _is_deeper(value, DEEPEST):
        return False
    if _FRACTION.search(found) or ((b"e-" in found or b"e+" in found) and _EXPONENT.search(found)):
        return False
    return len(found.translate(None, _BEYOND_BASIC_PLANE)) == len(found)


def _is_deeper(value: object, levels: int) -> bool:
    """True if lists and objects lie in each other on more levels than these."""
    if not isinstance(value, (dict, list)):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(one, levels - 1) for one in inner if type(one) in (dict, list))
