"""Photos: announced, sent in chunks that resume where they stopped, verified, and shown to whom may see them."""

from dataclasses import dataclass
from pathlib import Path

from backend.schemas.limits import LIMITS
from backend.services.images import IMAGE_TYPES, media_type
from backend.services.parts import Parts
from backend.services.visibility import sees_blob
from backend.store import uploads
from backend.store.blobs.local import WrongOffset
from sync.arrivals import blob_arrived
from sync.engine import Session
from sync.errors import Fault


@dataclass(frozen=True)
class Progress:
    """How many bytes the server has, whether it has verified all of them, and a commit that contains their arrival."""

    offset: int
    complete: bool
    seq: int | None = None


@dataclass(frozen=True)
class File:
    path: Path
    media_type: str


def announce(parts: Parts, session: Session, sha256: str, size: int, kind: str) -> Progress:
    """Where to go on sending; complete only for somebody who sent these bytes or may see them."""
    if size > LIMITS["photo_bytes"]:
        raise Fault("too_large", {"limit": LIMITS["photo_bytes"]})
    if kind not in IMAGE_TYPES:
        raise Fault("unsupported_media")
    if _may_skip(parts, session.user, sha256):
        return Progress(size, True, blob_arrived(parts.engine, session, sha256, parts.now()))
    with parts.database.write() as sql:
        uploads.announce(sql, session.user, sha256, size, parts.now())
    return _after(parts, session, sha256, size, parts.blobs.offset(session.user, sha256))


def progress(parts: Parts, session: Session, sha256: str) -> Progress:
    """What became of an announced blob."""
    size = _announced(parts, session, sha256)
    if _may_skip(parts, session.user, sha256):
        return Progress(size, True)
    return Progress(parts.blobs.offset(session.user, sha256), False)


def receive(parts: Parts, session: Session, sha256: str, offset: int, chunk: bytes) -> Progress:
    """Add one chunk; the last one brings the verdict."""
    size = _announced(parts, session, sha256)
    if _may_skip(parts, session.user, sha256):
        return Progress(size, True, blob_arrived(parts.engine, session, sha256, parts.now()))
    if offset + len(chunk) > size:
        raise Fault("too_large", {"limit": size})
    try:
        reached = parts.blobs.append(session.user, sha256, offset, chunk)
    except WrongOffset as wrong:
        raise Fault("offset_mismatch", {"offset": wrong.offset}) from wrong
    return _after(parts, session, sha256, size, reached)


def fetch(parts: Parts, user: str, sha256: str) -> File:
    """The stored bytes; their type is what they decode as, never what somebody said."""
    with parts.engine.store.read() as reader:
        may_see = sees_blob(reader, user, sha256)
    with parts.database.read() as sql:
        stored = uploads.stored(sql, sha256)
    path = parts.blobs.path(sha256)
    if not may_see or stored is None or not path.exists():
        raise Fault("not_found")
    kind = stored.media_type
    if kind is None:
        kind = media_type(path)
        with parts.database.write() as sql:
            uploads.recognise(sql, sha256, kind)
    return File(path, kind)


def _announced(parts: Parts, session: Session, sha256: str) -> int:
    with parts.database.read() as sql:
        size = uploads.announced_size(sql, session.user, sha256)
    if size is None:
        raise Fault("not_found")
    return size


def _may_skip(parts: Parts, user: str, sha256: str) -> bool:
    """True if the bytes are here and this user has already proved that he knows them."""
    with parts.database.read() as sql:
        is_stored = uploads.stored(sql, sha256) is not None
    if not is_stored or sha256 not in parts.blobs:
        return False
    with parts.engine.store.read() as reader:
        return sees_blob(reader, user, sha256)


def _after(parts: Parts, session: Session, sha256: str, size: int, reached: int) -> Progress:
    if reached < size:
        return Progress(reached, False)
    if not parts.blobs.finish(session.user, sha256):
        raise Fault("hash_mismatch")
    now = parts.now()
    with parts.database.write() as sql:
        uploads.store(sql, sha256, size, now)
    return Progress(size, True, blob_arrived(parts.engine, session, sha256, now))
