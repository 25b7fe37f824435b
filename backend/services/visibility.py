"""What a user may see outside a pull: the same scopes, asked for one root or one blob."""

from sync.scopes import held_now, visible_now
from sync.store import Reader


def sees_root(reader: Reader, user: str, root: str) -> bool:
    return visible_now(reader.members([root]), held_now(reader.holdings(user)))


def sees_blob(reader: Reader, user: str, sha256: str) -> bool:
    """True if the user sent these bytes, or may see a record whose author did. A hash alone is no key."""
    if reader.granted(user, sha256):
        return True
    roots = {ref.root for ref in reader.blob_refs(sha256) if ref.stored}
    return bool(roots) and visible_now(reader.members(roots), held_now(reader.holdings(user)))
