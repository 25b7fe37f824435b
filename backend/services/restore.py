"""Back to a verified backup: everything at once or nothing, as a new history that devices fill up again."""

from pathlib import Path
from shutil import copyfile

from backend.services import manifest
from backend.services.accounts import every_user
from backend.services.backup import BLOBS, ERASURES
from backend.services.erasure import follow, journal
from backend.services.guarding import no_server, upkeep
from backend.services.manifest import Manifest
from backend.services.parts import Parts
from backend.store import snapshot
from backend.store.blobs.copies import copy, is_whole, place
from backend.store.journal import Journal
from backend.store.schema import is_known
from sync.errors import Fault


def restore(parts: Parts, folder: Path, *, older: bool = False) -> Manifest:
    """Put database and photos back; `older` allows a backup that devices no longer keep their work for."""
    with no_server(parts), upkeep(parts):
        found = manifest.read(folder)
        if not is_known(found.tables):
            raise Fault("no_backup", {"tables": found.tables})
        if not older:
            _refuse_older(parts, found)
        manifest.check(folder, found)
        for sha256, _ in snapshot.blobs(folder / found.database):
            _put_back(parts, folder, sha256)
        journal(parts).merge(Journal(folder / ERASURES).entries())
        _load(parts, folder / found.database, found.commit)
        follow(parts)
        parts.high_water.note(parts.engine.store)
    return found


def _refuse_older(parts: Parts, found: Manifest) -> None:
    """What lies between this backup and `safe` may have left the devices."""
    mark = parts.high_water.read()
    if mark is not None and mark.epoch == found.epoch and mark.safe > found.commit:
        raise Fault("older_backup", {"commit": found.commit, "safe": mark.safe})


def _put_back(parts: Parts, folder: Path, sha256: str) -> None:
    target = parts.blobs.path(sha256)
    if is_whole(target, sha256):
        return
    source = place(folder / BLOBS, sha256)
    if not is_whole(source, sha256):
        raise Fault("damaged", {"sha256": sha256})
    copy(source, target)


def _load(parts: Parts, database: Path, commit: int) -> None:
    """The backup itself stays as it is: a copy of it is brought to the newest tables."""
    work = parts.config.data_dir / f"restore-{parts.random(8).hex()}.sqlite3"
    try:
        copyfile(database, work)
        shut_out = [user["id"] for user in every_user(parts) if user.get("active") is False]
        snapshot.load(work, parts.database, parts.engine.new_nonce(), commit, shut_out)
    finally:
        work.unlink(missing_ok=True)
