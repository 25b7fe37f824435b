"""Values as UTF-8 JSON, fast, and never with escaped Chinese."""

import json
import re

import orjson

from sync.canonical import DEEPEST, canonical_json

decode = orjson.loads

# Where the fast encoder may differ from RFC 8785: keys outside the basic plane sort elsewhere, fractions are none.
_DOUBTFUL = re.compile(rb"[\xf0-\xff]|(?:^|[:,\[])-?[0-9]+[.eE]")
_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER


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
    if found.count(b"{") + found.count(b"[") > DEEPEST or _DOUBTFUL.search(found):
        return canonical_json(value)
    return found
