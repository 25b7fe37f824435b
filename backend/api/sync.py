"""The exchange that every device makes."""

from flask import Response
from flask.globals import request_ctx

from backend.api.access import caller, parts
from backend.api.blueprint import Blueprint
from backend.api.body import read_json
from backend.services import sync as service

sync = Blueprint("sync", __name__, url_prefix="/api/v1/sync", description="Push and pull in one exchange")


@sync.post("")
@sync.doc(
    requestBody={"required": True, "content": {"application/json": {"schema": {"type": "object"}}}},
    responses={"200": {"description": "Answers to the operations sent, and one page of what changed"}},
)
def exchange() -> Response:
    """Send operations, receive what changed; the whole contract is in docs/protocol.md."""
    who = caller()
    reply = service.answer(parts(), who.session, read_json(request_ctx.request))
    return Response(reply, content_type="application/json; charset=utf-8")
