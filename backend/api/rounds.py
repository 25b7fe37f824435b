"""Special patrols, for the desk."""

from typing import Any

from backend.api.access import caller, parts
from backend.api.blueprint import Blueprint
from backend.api.bodies import SpecialRounds, StartedRound
from backend.services import special_rounds as service

rounds = Blueprint("rounds", __name__, url_prefix="/api/v1/rounds", description="Special patrols")


@rounds.post("")
@rounds.arguments(SpecialRounds)
@rounds.response(200, StartedRound(many=True))
def start(body: dict[str, Any]) -> list[service.Started]:
    """Make a round now for every plan or site named; asking twice on one day makes it once."""
    return service.start(parts(), caller("dispatcher", "supervisor"), body)
