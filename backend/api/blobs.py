"""Photo bytes: announce, send in chunks, look."""

from typing import Any

from flask import Response, request, send_file

from backend.api.access import caller, parts
from backend.api.blueprint import Blueprint
from backend.api.bodies import Announcement, Progress
from backend.api.body import read_body
from backend.schemas.limits import LIMITS
from backend.services import blobs as service
from sync.errors import Fault

blobs = Blueprint("blobs", __name__, url_prefix="/api/v1/blobs", description="Photo bytes, resumable")
PATH = "/<sha256:sha256>"


@blobs.post("")
@blobs.arguments(Announcement)
@blobs.response(200, Progress)
def announce(body: dict[str, Any]) -> service.Progress:
    """Say which bytes will come; the answer says from where to send."""
    return service.announce(parts(), caller().session, body["sha256"], body["size"], body["type"])


@blobs.route(PATH, methods=["HEAD"])
@blobs.response(200)
def progress(sha256: str) -> Response:
    """How far an announced upload got: `Upload-Offset` and `Upload-Complete`."""
    found = service.progress(parts(), caller().session, sha256)
    return Response(headers={"Upload-Offset": str(found.offset), "Upload-Complete": str(int(found.complete))})


@blobs.patch(PATH)
@blobs.response(200, Progress)
def receive(sha256: str) -> service.Progress:
    """Send the next chunk; `Upload-Offset` must be where the server stopped, else 409."""
    who = caller()
    if request.mimetype != "application/octet-stream" or "Content-Encoding" in request.headers:
        raise Fault("unsupported_media")
    chunk = read_body(request, LIMITS["chunk_bytes"])
    return service.receive(parts(), who.session, sha256, _offset(), chunk)


@blobs.get(PATH)
@blobs.response(200, content_type="application/octet-stream")
def fetch(sha256: str) -> Response:
    """The bytes as they were sent."""
    found = service.fetch(parts(), caller().id, sha256)
    return send_file(found.path, found.media_type, as_attachment=True, download_name=sha256, etag=sha256)


def _offset() -> int:
    text = request.headers.get("Upload-Offset", "")
    if not text.isascii() or not text.isdecimal() or len(text) > 15:
        raise Fault("invalid_request", {"Upload-Offset": ["not_a_number"]})
    return int(text)
