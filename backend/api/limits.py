"""How often somebody may guess in a quarter of an hour: ten times at one account, fifty times from one network."""

from collections.abc import Callable
from ipaddress import ip_network

from flask import Flask, Response, request
from flask_limiter import Limiter

from backend.api.body import read_json
from backend.api.session import session


def register(app: Flask) -> None:
    limiter = Limiter(_network, app=app, storage_uri="memory://")
    failures: tuple[tuple[str, Callable[[], str]], ...] = (
        ("10 per 15 minutes", _account_and_network),
        ("50 per 15 minutes", _network),
    )
    for most, by in failures:
        limiter.limit(most, key_func=by, methods=["POST"], deduct_when=_has_failed)(session)


def _account_and_network() -> str:
    """However the name is written: it is looked up in small letters."""
    body = read_json(request)
    username = body.get("username") if isinstance(body, dict) else None
    return f"{str(username).lower()}|{_network()}"


def _network() -> str:
    """A household or an office shares its prefix; what is no address is a network of its own."""
    address = request.remote_addr or ""
    try:
        return str(ip_network(f"{address}/{64 if ':' in address else 24}", strict=False))
    except ValueError:
        return address


def _has_failed(response: Response) -> bool:
    return response.status_code == 401
