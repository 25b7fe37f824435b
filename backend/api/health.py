"""Is the process alive, and can it serve?"""

from flask import Blueprint, Response, jsonify

from backend.api.access import parts
from backend.api.errors import problem
from backend.services.health import is_ready

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@health.get("/readyz")
def ready() -> Response:
    """The database answers and has the newest tables."""
    return jsonify(status="ready") if is_ready(parts()) else problem("unavailable")
