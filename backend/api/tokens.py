"""Tokens for programs, for administrators."""

from backend.api.access import caller, parts
from backend.api.blueprint import Blueprint
from backend.api.bodies import NewToken, Token
from backend.services.tokens import make_token

tokens = Blueprint("tokens", __name__, url_prefix="/api/v1/tokens", description="Tokens for programs")


@tokens.post("")
@tokens.arguments(NewToken)
@tokens.response(200, Token)
def create(body: dict[str, str]) -> dict[str, str]:
    """Make a token for a user and a device of its own; it is shown once."""
    caller("admin")
    return {"token": make_token(parts(), body["user"], body["name"])}
