"""How often somebody may guess: ten failed sign-ins in a quarter of an hour, per account and network."""

from ipaddress import ip_network

from flask import Flask, Response, request
from flask_limiter import Limiter

from backend.api.body import read_json
from backend.api.session import session

FAILED_SIGN_INS = "10 per 15 minutes"


def register(app: Flask) -> None:
    limiter = Limiter(_account_and_network, app=app, storage_uri="memory://")
    limiter.limit(FAILED_SIGN_INS, methods=["POST"], deduct_when=_has_failed)(session)


def _account_and_network() -> str:
    body = read_json(request)
    username = body.get("username") if isinstance(body, dict) else None
    return f"{username}|{_network(request.remote_addr or '0.0.0.0')}"


def _network(address: str) -> str:
    """A household or an office shares its prefix."""
    return str(ip_network(f"{address}/{64 if ':' in address else 24}", strict=False))


def _has_failed(response: Response) -> bool:
    return response.status_code == 401
