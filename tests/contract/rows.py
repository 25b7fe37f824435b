"""Short makers of what a store holds."""

from sync.store import Batch, BlobRef, Commit, Judged, Row, Store

USER = "1" * 32
SHA = "f" * 64


def save(store: Store, **parts: list) -> None:
    """Write one batch."""
    with store.write() as writer:
        writer.save(Batch(**parts))


def commit(seq: int) -> Commit:
    return Commit(seq, f"nonce-{seq}", 1_000 + seq, USER, "device")


def row(one: str, root: str, seq: int, text: str = "", **rest: bool) -> Row:
    body = b'{"id":"%s","data":{"text":"%s"}}' % (one.encode(), text.encode())
    return Row(one, "note", root, seq, seq, rest.get("gone", False), body, b"[{},{}]")


def judged(op: str, seq: int, digest: str = "d", verdict: str = "applied", record: str = "r") -> Judged:
    body = b'{"id":"%s"}' % op.encode()
    return Judged(USER, op, digest, seq, verdict, None, b"{}", ("c1", "c2"), record, "root", "device", seq, body)


def ref(record: str, user: str = USER, stored: bool = False) -> BlobRef:
    return BlobRef(SHA, user, record, "root", stored)
