"""Values as UTF-8 JSON, fast, and never with escaped Chinese."""

import json

import orjson


def encode(value: object) -> bytes:
    """The bytes of a value; integers beyond 64 bits, which only a bad operation holds, take the slow way."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
