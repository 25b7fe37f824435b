"""The built app: its shell for every address, its hashed files for ever."""

from pathlib import Path

from flask import Blueprint, Response, send_from_directory
from werkzeug.security import safe_join

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
    return _fresh(folder, path if _is_shipped(folder, path) else _shell(path))


def _is_shipped(folder: Path, path: str) -> bool:
    """True for a file in the folder; nothing outside it is ever looked at."""
    name = safe_join(str(folder), path)
    try:
        return name is not None and Path(name).is_file()
    except OSError:  # no file system takes such a name
        return False


def _shell(path: str) -> str:
    if path.startswith("api/") or Path(path).suffix:
        raise Fault("not_found")
    return "index.html"


def _fresh(folder: Path, name: str) -> Response:
    response = send_from_directory(folder, name)
    response.headers["Cache-Control"] = "no-cache"
    return response
