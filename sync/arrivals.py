"""The arrival of bytes is a commit: it changes every record of the uploader that named them."""

from __future__ import annotations

from sync.engine import Engine, Session
from sync.policy import OFFICE
from sync.records import Mark
from sync.store import BlobRef
from sync.workspace import Workspace


def blob_arrived(engine: Engine, session: Session, sha256: str, now: int) -> int:
    """Note that `session.user` has sent exactly these bytes; returns a commit that contains their arrival.

    Called after the bytes are durable and their hash is verified, and safe to call again. Bytes that come before
    the words that name them are a commit too: a backup made earlier does not contain them.
    """
    with engine.store.write() as writer:
        known = writer.granted(session.user, sha256)
        refs = [ref for ref in writer.blob_refs(sha256) if ref.user == session.user and not ref.stored]
        space = Workspace(writer, engine)
        changed = [_store(space, session, ref) for ref in refs]
        if any(changed) or not known:
            space.settle(now, session.user, session.device)
        space.arrive([*refs, BlobRef(sha256, session.user, "", "", True)])
        space.flush()
        return space.seq


def blob_lost(engine: Engine, session: Session, sha256: str, now: int) -> int:
    """Note that these bytes are damaged or gone: their authors are asked again; returns how many records lack them."""
    with engine.store.write() as writer:
        space = Workspace(writer, engine)
        refs = writer.blob_refs(sha256)
        lacking = [one for one in map(space.record, {ref.record for ref in refs}) if one and one.data.get("stored")]
        for record in lacking:
            changed = record.copy()
            changed.write({"stored": False}, Mark("", session.user, OFFICE, ""))
            space.put(changed)
        space.settle(now, session.user, session.device)
        space.lose(refs)
        space.flush()
    return len(lacking)


def _store(space: Workspace, session: Session, ref: BlobRef) -> bool:
    record = space.record(ref.record)
    if record is None or record.data.get("stored") is not False:
        return False
    mark = Mark("", session.user, OFFICE, "")
    changed = record.copy()
    changed.write({"stored": True}, mark)
    space.put(changed)
    root = space.record(ref.root)
    if root is not None and root.data.get("state") is not None:
        advanced = root.copy()
        advanced.write(dict(space.trade.advance(space.family(root.id))), mark)
        if advanced.data != root.data:
            space.put(advanced)
    return True
