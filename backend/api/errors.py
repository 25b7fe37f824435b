"""Turns a failure into its catalogue entry as JSON, in one place."""

import errno
from collections.abc import Mapping

import orjson
import structlog
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from backend.store.engine import Unavailable
from sync.errors import CATALOGUE, Fault

RETRY_AFTER_SECONDS = 30
BY_STATUS = {
    400: "bad_envelope",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media",
    422: "invalid_request",
    429: "too_many_requests",
}


def register(app: Flask) -> None:
    app.register_error_handler(Fault, _fault)
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(OSError, _disk)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _internal)


def problem(code: str, detail: Mapping[str, object] | None = None) -> Response:
    """The answer for a catalogue entry."""
    entry = CATALOGUE[code]
    error = {"code": code, "message": entry.message, "detail": detail or {}, "retryable": entry.retryable}
    body = orjson.dumps({"error": error}, option=orjson.OPT_NON_STR_KEYS)
    response = Response(body, entry.status, content_type="application/json; charset=utf-8")
    if entry.status in (429, 503):
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _fault(fault: Fault) -> Response:
    return problem(fault.code, fault.detail)


def _unavailable(failure: Unavailable) -> Response:
    structlog.get_logger().warning("database_unavailable", reason=str(failure))
    return problem("unavailable")


def _disk(failure: OSError) -> Response:
    if failure.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
        return _internal(failure)
    structlog.get_logger().warning("disk_unavailable", reason=str(failure))
    return problem("unavailable")


def _http(failure: HTTPException) -> Response:
    status = failure.code or 500
    response = problem(BY_STATUS.get(status, "bad_envelope" if status < 500 else "internal"))
    for name, value in failure.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _internal(failure: Exception) -> Response:
    structlog.get_logger().error("request_failed", exc_info=failure)
    return problem("internal")
