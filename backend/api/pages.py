"""The built app: its shell for every address, its hashed files for ever."""

from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from backend.api.access import parts
from sync.errors import Fault

pages = Blueprint("pages", __name__)
YEAR_SECONDS = 31_536_000


@pages.get("/", defaults={"path": ""})
@pages.get("/<path:path>")
def page(path: str) -> Response:
    """A file of the app, or its shell for an address that only the app knows."""
    folder = parts().config.static_dir
    if path.startswith("assets/"):
        response = send_from_directory(folder, path, max_age=YEAR_SECONDS)
        response.cache_control.immutable = True
        return response
    return _fresh(folder, path if (folder / path).is_file() else _shell(path))


def _shell(path: str) -> str:
    if path.startswith("api/") or Path(path).suffix:
        raise Fault("not_found")
    return "index.html"


def _fresh(folder: Path, name: str) -> Response:
    response = send_from_directory(folder, name)
    response.headers["Cache-Control"] = "no-cache"
    return response
