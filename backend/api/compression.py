"""Packs answers that are worth it, in the best encoding the client takes."""

import zlib

import zstandard
from flask import Flask, Response, request

SMALLEST = 1024
LARGEST = 64 * 1024 * 1024
PACKED_TYPES = ("application/json", "application/javascript", "application/manifest+json", "image/svg+xml")


def register(app: Flask) -> None:
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    if not _is_worth_it(response):
        return response
    response.vary.add("Accept-Encoding")
    encoding = request.accept_encodings.best_match(["zstd", "gzip", "identity"], default="identity")
    if encoding == "identity":
        return response
    response.direct_passthrough = False
    body = response.get_data()
    response.set_data(zstandard.compress(body, 3) if encoding == "zstd" else _gzip(body))
    response.headers["Content-Encoding"] = encoding
    return response


def _is_worth_it(response: Response) -> bool:
    if response.status_code != 200 or not SMALLEST <= (response.content_length or 0) <= LARGEST:
        return False
    kind = response.mimetype or ""
    if not kind.startswith("text/") and kind not in PACKED_TYPES:
        return False
    return "Content-Encoding" not in response.headers and request.method != "HEAD"


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(level=1, wbits=31)
    return packer.compress(body) + packer.flush()
