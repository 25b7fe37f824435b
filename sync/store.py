"""The store port: what the engine asks of a database; memory, SQLite and PostgreSQL pass one contract suite.

A writer is alone: from its start to its end no other writer commits, so commit numbers follow commit order.
A reader sees one consistent moment.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from sync.values import value


@value
class Head:
    """The newest commit: epoch, number, random value; `safe` is the last one in a verified backup.

    What ended or was removed up to commit `horizon` is forgotten.
    """

    epoch: str
    seq: int
    nonce: str
    safe: int = 0
    horizon: int = 0


@value
class Row:
    """A stored record. `body` is its wire form, ready to splice; `marks` is for the engine alone."""

    id: str
    type: str
    root: str
    version: int
    seq: int
    gone: bool
    body: bytes
    marks: bytes


class PageRow(NamedTuple):
    """What a page carries of a stored record."""

    id: str
    root: str
    seq: int
    body: bytes


@value
class Member:
    """A root's stay in a scope: visible from commit `start` until before commit `end` (None: still).

    `because` names the root that carries it along (a work order carries its site); its own id otherwise. `why` is
    `closed` if it ended because the work was over, None if for any other reason.
    """

    root: str
    scope: str
    because: str
    start: int
    end: int | None = None
    why: str | None = None


@value
class Holding:
    """A user's stay in a scope, from commit `start` until before commit `end` (None: still)."""

    user: str
    scope: str
    start: int
    end: int | None = None


@value
class Evidence:
    """What an exchange knew about one operation beside its content; nothing for the server's own writers.

    `n` is the device's count, `offset` the server's clock minus the device's, `seen_at` the server's time of the answer
    its author had in hand, `event_at` the device's time corrected by the offset, `doubt` why that is not believed.
    """

    n: int | None = None
    offset: int | None = None
    seen_at: int | None = None
    event_at: int | None = None
    doubt: str | None = None


NOTHING = Evidence()


@value
class Numbered:
    """An operation's place in its device's count; `at` is the device's time, `event_at` the same corrected."""

    n: int
    id: str
    seen_at: int | None
    at: int
    event_at: int


@value
class Twin:
    """Two operations under one number of one device: its content was copied, or set back. Noticed at `at`."""

    user: str
    device: str
    n: int
    first: str
    second: str
    at: int


@value
class Judged:
    """An operation with its verdict, stored for ever under (user, id, digest)."""

    user: str
    id: str
    digest: str
    seq: int
    verdict: str
    code: str | None
    detail: bytes
    conflicts: tuple[str, ...]
    record: str
    root: str
    device: str
    received_at: int
    body: bytes
    evidence: Evidence = NOTHING
    erased_group: str | None = None  # what an erased operation came in: nobody can send it again


@value
class BlobRef:
    """A record that names bytes by hash; `stored` once its author has sent exactly these bytes."""

    sha256: str
    user: str
    record: str
    root: str
    stored: bool


@value
class Commit:
    """One commit: number, random value, receipt time in ms, user and device."""

    seq: int
    nonce: str
    at: int
    user: str
    device: str


@value
class Matter:
    """An open `conflict` or `parked` operation: `name` is its field or code, `since` the server's time in ms."""

    id: str
    kind: str
    name: str
    since: int


@dataclass(slots=True)
class Batch:
    """Everything one transaction writes. `rows`, `members` and `holdings` replace what has the same key.

    `epoch` begins a new history, `safe` names the newest commit in a verified backup, `horizon` forgets stays that
    ended up to this commit, and records removed up to it unless a conflict is open about their root; None changes
    nothing. `unjudged` and `unnamed` are taken out before anything is written. `matters` wait for a person from now on,
    `settled` ones no longer.
    """

    commits: list[Commit] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    blob_refs: list[BlobRef] = field(default_factory=list)
    unjudged: list[Judged] = field(default_factory=list)
    unnamed: list[BlobRef] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)
    epoch: str | None = None
    safe: int | None = None
    horizon: int | None = None
    twins: list[Twin] = field(default_factory=list)


class Reader(Protocol):
    """Questions to one consistent moment of the database."""

    def head(self) -> Head:
        """The newest commit."""

    def nonce(self, seq: int) -> str | None:
        """The random value of a commit, None if this history has no such commit."""

    def newest_before(self, at: int) -> int:
        """The number of the last commit before the first one received at `at` or later."""

    def rows(self, ids: Collection[str]) -> list[Row]:
        """The records with these ids, in any order; unknown ids are left out."""

    def families(self, roots: Collection[str]) -> list[Row]:
        """All records of these roots, the roots themselves included, ordered by (root, seq, id)."""

    def whole(self, roots: Collection[str]) -> list[PageRow]:
        """The same records in the same order, as pages carry them."""

    def changed(self, held: Mapping[str, int], after: int, until: int, limit: int) -> list[PageRow]:
        """Records with `after` < seq <= `until`, ordered by (seq, id), of roots visible now and ever since `after`.

        `held` maps each scope the user holds to the commit since which it is held. A root is visible since the
        earliest max(stay's start, scope's start) of its open stays in held scopes; roots that `entering` names are
        left out. At most `limit` records, but never only part of the records that share the last seq.
        """

    def entering(self, held: Mapping[str, int], after: int, limit: int) -> tuple[list[tuple[int, str]], int | None]:
        """(position, root) of roots visible now, but only since a position > `after`, ordered.

        Of more than `limit` only the first ones and whatever shares their last position, which is named; else None.
        """

    def members(self, roots: Collection[str]) -> list[Member]:
        """Every stay, open or ended, of these roots."""

    def ended(self, scopes: Collection[str], after: int) -> list[Member]:
        """Stays in these scopes that ended after commit `after`."""

    def inside(self, scopes: Collection[str]) -> list[Member]:
        """Every stay, open or ended, in these scopes."""

    def carried(self, because: str) -> list[Member]:
        """Open stays that exist because of this root."""

    def holdings(self, user: str) -> list[Holding]:
        """Every scope the user holds or held."""

    def judged(self, user: str, ids: Collection[str]) -> list[Judged]:
        """Stored verdicts of this user's operations with these ids, whatever their digest."""

    def numbered(self, user: str, device: str, first: int, last: int) -> list[Numbered]:
        """This user's counted operations from this device: those from `first` to `last` and the next beyond either.

        Where several share a number, all of them; in any order.
        """

    def erased(self, user: str, group: str) -> list[str]:
        """The ids of this user's operations of a group that were erased."""

    def twins(self) -> list[Twin]:
        """Every number that came twice, the latest notice first."""

    def parked(self, user: str, record: str) -> list[Judged]:
        """This user's parked operations on a record, oldest first."""

    def judged_about(self, records: Collection[str]) -> list[Judged]:
        """Everybody's operations on these records, oldest first."""

    def blob_refs(self, sha256: str) -> list[BlobRef]:
        """Every record that names these bytes."""

    def granted(self, user: str, sha256: str) -> bool:
        """True if this user has sent exactly these bytes."""

    def matters(self) -> list[Matter]:
        """Everything that waits for a person, oldest first."""

    def wanted(self, user: str) -> list[str]:
        """Hashes of bytes that this user's operations named and the server lacks, sorted, each once."""


class Writer(Reader, Protocol):
    """A reader of the newest state that may save; nothing is visible to others before the block ends."""

    def save(self, batch: Batch) -> None:
        """Write the batch; it is durable when the surrounding block ends without an exception."""


class Store(Protocol):
    """A database."""

    def read(self) -> AbstractContextManager[Reader]:
        """One consistent moment, the newest committed."""

    def write(self) -> AbstractContextManager[Writer]:
        """The only writer; commits when the block ends, rolls back on an exception."""
