"""Accounts, for administrators."""

from typing import Any

from backend.api.access import caller, parts
from backend.api.blueprint import Blueprint
from backend.api.bodies import MadeUser, NewPassword, NewUser
from backend.services import accounts

users = Blueprint("users", __name__, url_prefix="/api/v1/users", description="Accounts")


@users.post("")
@users.arguments(NewUser)
@users.response(200, MadeUser)
def create(body: dict[str, Any]) -> dict[str, str]:
    """Make a user with a password."""
    who = caller("admin")
    return {"id": accounts.create_user(parts(), who.session, **body)}


@users.post("/<user>/password")
@users.arguments(NewPassword)
@users.response(204)
def set_password(body: dict[str, str], user: str) -> None:
    """Set a password; ends the user's sessions."""
    caller("admin")
    accounts.set_password(parts(), user, body["password"])


@users.post("/<user>/disable")
@users.response(204)
def disable(user: str) -> None:
    """Shut a user out; his work stays."""
    accounts.set_active(parts(), caller("admin").session, user, False)


@users.post("/<user>/enable")
@users.response(204)
def enable(user: str) -> None:
    """Let a user in again."""
    accounts.set_active(parts(), caller("admin").session, user, True)
