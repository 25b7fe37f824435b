"""How often somebody may guess in a quarter of an hour: ten times at one account, fifty times from one network."""

from ipaddress import ip_network

from flask import Flask, Response, request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from backend.api.body import read_json
from backend.api.session import session
from sync.errors import Fault

AT_AN_ACCOUNT = RateLimitItemPerMinute(10, 15, "account")
FROM_A_NETWORK = RateLimitItemPerMinute(50, 15, "network")


def register(app: Flask) -> None:
    """Only failures count, and only those of signing in."""
    limiter = FixedWindowRateLimiter(MemoryStorage())

    def refuse_guessers() -> None:
        if request.method == "POST" and not all(limiter.test(most, by) for most, by in _counts()):
            raise Fault("too_many_requests")

    def count_failures(response: Response) -> Response:
        if request.method == "POST" and response.status_code == 401:
            for most, by in _counts():
                limiter.hit(most, by)
        return response

    app.before_request_funcs.setdefault(session.name, []).append(refuse_guessers)
    app.after_request_funcs.setdefault(session.name, []).append(count_failures)


def _counts() -> tuple[tuple[RateLimitItemPerMinute, str], ...]:
    """However the name is written: it is looked up in small letters."""
    body = read_json(request)
    username = body.get("username") if isinstance(body, dict) else None
    return (AT_AN_ACCOUNT, f"{str(username).lower()}|{_network()}"), (FROM_A_NETWORK, _network())


def _network() -> str:
    """A household or an office shares its prefix; what is no address is a network of its own."""
    address = request.remote_addr or ""
    try:
        return str(ip_network(f"{address}/{64 if ':' in address else 24}", strict=False))
    except ValueError:
        return address
