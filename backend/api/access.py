"""Who is calling: the cookie of a browser or the token of a program."""

from flask import Request, Response, current_app
from flask.globals import request_ctx

from backend.services.parts import Parts
from backend.services.session import COOKIE_LIFE_MS, Caller, identify
from sync.errors import Fault

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
PLAIN_COOKIE = "huizhi"
SECURE_COOKIE = "__Host-huizhi"


def parts() -> Parts:
    """The parts of this app."""
    found: Parts = current_app.extensions["huizhi"]
    return found


def caller(*roles: str) -> Caller:
    """The caller, who must have one of these roles if any are named."""
    asked = request_ctx.request
    scheme, _, token = asked.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        found = identify(parts(), token, "token")
    else:
        found = identify(parts(), _cookie(asked), "cookie")
    if roles and found.roles.isdisjoint(roles):
        raise Fault("forbidden")
    return found


def cookie() -> str:
    """The secret in the session cookie."""
    return _cookie(request_ctx.request)


def give_cookie(response: Response, secret: str) -> None:
    """`__Host-` and Secure everywhere but on plain HTTP to this very machine."""
    name = _cookie_name(request_ctx.request)
    life = COOKIE_LIFE_MS // 1000
    is_secure = name == SECURE_COOKIE
    response.set_cookie(name, secret, max_age=life, secure=is_secure, httponly=True, samesite="Lax", path="/")


def take_cookie(response: Response) -> None:
    name = _cookie_name(request_ctx.request)
    response.delete_cookie(name, secure=name == SECURE_COOKIE, httponly=True, samesite="Lax", path="/")


def _cookie(asked: Request) -> str:
    return asked.cookies.get(_cookie_name(asked), "")


def _cookie_name(asked: Request) -> str:
    host = asked.host if asked.host.startswith("[") else asked.host.partition(":")[0]
    is_local = not asked.is_secure and (host in LOOPBACK or host.startswith("[::1]"))
    return PLAIN_COOKIE if is_local else SECURE_COOKIE
