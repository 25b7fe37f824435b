"""Request bodies: read whole, unpacked within a limit, decoded by one strict JSON reader."""

import json
import zlib
from collections.abc import Callable, Iterable
from math import isfinite
from typing import Any, NoReturn

import orjson
import zstandard
from flask import Request, g

from backend.schemas.limits import LIMITS
from backend.services.encoding import is_deeper
from sync.errors import Fault

LARGEST_BODY = LIMITS["request_bytes"]
LARGEST_UNPACKED = 2 * LARGEST_BODY
DEEPEST_BODY = 64  # an operation nested deeper than its own limit is still parked and shown whole


def read_json(request: Request) -> object:
    """The decoded body, read once; Fault for everything that is not one clean JSON document."""
    if "body" not in g:
        if request.mimetype != "application/json":
            raise Fault("unsupported_media")
        g.body = parse_json(read_body(request, LARGEST_BODY))
    decoded: object = g.body
    return decoded


def read_body(request: Request, largest: int) -> bytes:
    """The whole body, unpacked."""
    announced = request.content_length
    if announced is not None and announced > largest:
        raise Fault("too_large", {"limit": largest})
    packed = request.stream.read(largest + 1)
    if len(packed) > largest:
        raise Fault("too_large", {"limit": largest})
    if announced is not None and len(packed) < announced:
        raise Fault("short_body", {"offset": len(packed)})
    return _unpacked(packed, request.headers.get("Content-Encoding", "identity").strip().lower())


def parse_json(raw: bytes) -> object:
    """A JSON value without duplicate keys, NaN, NUL and lone surrogates, the same on both sides of the wire."""
    value = _read_fast(raw)
    if value is None:
        value = _read_carefully(raw)
    if is_deeper(value, DEEPEST_BODY):
        raise Fault("bad_envelope", {"path": "", "reason": "too_deep"})
    if b"\\u" in raw and not all(map(_is_clean, _texts(value))):
        raise Fault("bad_envelope", {"path": "", "reason": "not_text"})
    return value


def _read_fast(raw: bytes) -> object:
    """What reads back to the very same bytes has no duplicate keys and no number that changed; None for the rest."""
    try:
        value: object = orjson.loads(raw)
        return value if orjson.dumps(value) == raw else None
    except (ValueError, TypeError):
        return None


def _read_carefully(raw: bytes) -> object:
    try:
        return json.loads(raw.decode(), object_pairs_hook=_object, parse_constant=_refuse_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Fault("bad_envelope", {"path": "", "reason": _reason(error)}) from error


def _unpacked(packed: bytes, encoding: str) -> bytes:
    if encoding == "identity":
        return packed
    unpack = _UNPACKERS.get(encoding)
    if unpack is None:
        raise Fault("unsupported_media")
    try:
        body = unpack(packed)
    except (zlib.error, zstandard.ZstdError, EOFError) as error:
        raise Fault("bad_envelope", {"path": "", "reason": "encoding"}) from error
    if len(body) > LARGEST_UNPACKED:
        raise Fault("too_large", {"limit": LARGEST_UNPACKED})
    return body


def _inflate(packed: bytes) -> bytes:
    """gzip or zlib, whichever the data says; one byte more than allowed shows that there is too much."""
    reader = zlib.decompressobj(wbits=47)
    body = reader.decompress(packed, LARGEST_UNPACKED + 1)
    if len(body) <= LARGEST_UNPACKED and not reader.eof:
        raise EOFError
    return body


def _unzstd(packed: bytes) -> bytes:
    with zstandard.ZstdDecompressor().stream_reader(packed) as reader:
        return reader.read(LARGEST_UNPACKED + 1)


_UNPACKERS: dict[str, Callable[[bytes], bytes]] = {"gzip": _inflate, "deflate": _inflate, "zstd": _unzstd}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate_key")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError("not_a_number")


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError("not_a_number")
    return number


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "too_deep"
    known = ("duplicate_key", "not_a_number")
    return str(error) if str(error) in known else "json"


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)


def _is_clean(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
