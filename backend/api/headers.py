"""Security headers: one set for each class of route, and the checks every request passes."""

from flask import Flask, Request, Response, request

from sync.errors import Fault

PAGE_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
FILE_POLICY = "sandbox; default-src 'none'"
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
}
READING = ("GET", "HEAD", "OPTIONS")


def register(app: Flask) -> None:
    app.before_request(_refuse)
    app.after_request(_protect)


def _refuse() -> None:
    """Nothing changes by a request that another site could make a browser send."""
    if "\0" in request.path:  # nothing has such an address, and not every database lets one ask
        raise Fault("not_found")
    if request.method in READING:
        return
    if request.headers.get("X-Huizhi") != "1":
        raise Fault("missing_header")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Fault("forbidden")


def _protect(response: Response) -> Response:
    headers = response.headers
    for name, value in EVERYWHERE.items():
        headers.add(name, value)
    headers.setdefault("Content-Security-Policy", _policy(request, response))
    if request.path.startswith("/api/"):
        headers["Cache-Control"] = "no-store"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


def _policy(asked: Request, response: Response) -> str:
    if "Content-Disposition" in response.headers and asked.path.startswith("/api/"):
        return FILE_POLICY
    return DATA_POLICY if response.mimetype == "application/json" else PAGE_POLICY
