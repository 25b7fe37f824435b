"""Security headers: one set for each class of route, and the checks every request passes."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Flask
from flask.globals import request_ctx

from backend.api.admission import Wsgi
from backend.api.errors import problem
from sync.errors import Fault

PAGE_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
FILE_POLICY = "sandbox; default-src 'none'"
EVERYWHERE = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"),
)
NEVER_KEPT = ("Cache-Control", "no-store")
ONLY_SECURE = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
READING = ("GET", "HEAD", "OPTIONS")


Headers = list[tuple[str, str]]


class Protection:
    """Around the whole app, so that no answer leaves without them."""

    def __init__(self, app: Wsgi) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            return start_response(status, _protected(environ, headers), exc_info)

        app = problem("not_found") if _is_masked(environ["PATH_INFO"]) else self._app
        return app(environ, start)


def register(app: Flask) -> None:
    app.before_request(_refuse)


def _refuse() -> None:
    """Nothing changes by a request that another site could make a browser send."""
    asked = request_ctx.request
    if "\0" in asked.path:  # nothing has such an address, and not every database lets one ask
        raise Fault("not_found")
    if asked.method in READING:
        return
    if asked.headers.get("X-Huizhi") != "1":
        raise Fault("missing_header")
    if asked.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Fault("forbidden")


def _is_masked(path: str) -> bool:
    """True for an address of data with slashes before it: servers and doors differ in what they make of it."""
    return path.startswith("//") and path.lstrip("/").startswith("api/")


def _protected(environ: dict[str, Any], headers: Headers) -> Headers:
    known = {name.lower(): value for name, value in headers}
    is_data = environ["PATH_INFO"].startswith("/api/")
    found = [one for one in headers if one[0].lower() != "cache-control"] if is_data else [*headers]
    found += EVERYWHERE
    if "content-security-policy" not in known:
        found.append(("Content-Security-Policy", _policy(known, is_data)))
    if is_data:
        found.append(NEVER_KEPT)
    if environ["wsgi.url_scheme"] == "https":
        found.append(ONLY_SECURE)
    return found


def _policy(known: Mapping[str, str], is_data: bool) -> str:
    if is_data and "content-disposition" in known:
        return FILE_POLICY
    return DATA_POLICY if known.get("content-type", "").startswith("application/json") else PAGE_POLICY
