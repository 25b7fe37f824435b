"""One exchange with one device."""

from backend.services.parts import Parts
from sync.engine import Session
from sync.exchange import exchange
from sync.protocol.request import parse_request


def answer(parts: Parts, session: Session, body: object) -> bytes:
    """The encoded reply to a decoded request."""
    request = parse_request(body)
    return exchange(parts.engine, session, request, parts.now()).encode(parts.engine.encode)
