"""Signing in and out."""

from typing import Any

from flask import Response, after_this_request

from backend.api.access import caller, cookie, give_cookie, parts, take_cookie
from backend.api.blueprint import Blueprint
from backend.api.bodies import SignedIn, SignIn
from backend.services import session as service
from backend.services.session import Caller
from sync.clock import format_time

session = Blueprint("session", __name__, url_prefix="/api/v1/session", description="Signing in and out")


@session.post("")
@session.arguments(SignIn)
@session.response(200, SignedIn)
def sign_in(body: dict[str, Any]) -> dict[str, object]:
    """Sign in on a device; the answer sets the session cookie and names the device id to keep."""
    device = body["device"]
    who, secret = service.sign_in(parts(), body["username"], body["password"], device["id"], device["name"])
    service.sign_out(parts(), cookie())
    after_this_request(lambda response: _with(response, secret))
    return _described(who)


@session.get("")
@session.response(200, SignedIn)
def current() -> dict[str, object]:
    """Who is signed in."""
    return _described(caller())


@session.delete("")
@session.response(204)
def sign_out() -> None:
    """End the session of this browser."""
    service.sign_out(parts(), cookie())
    after_this_request(_without)


def _described(who: Caller) -> dict[str, object]:
    user = {"branch": None, **who.user, "id": who.id}
    return {"user": user, "device": who.device, "expires": format_time(who.expires_at)}


def _with(response: Response, secret: str) -> Response:
    give_cookie(response, secret)
    return response


def _without(response: Response) -> Response:
    take_cookie(response)
    return response
