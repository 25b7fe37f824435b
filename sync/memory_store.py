"""The store in memory: the contract's simplest reading, and the simulator's database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from operator import attrgetter

from sync.memory_tables import Table
from sync.scopes import visible_since
from sync.store import (
    Batch,
    BlobRef,
    Commit,
    Head,
    Holding,
    Judged,
    Matter,
    Member,
    Numbered,
    PageRow,
    Reader,
    Row,
    Twin,
    Writer,
)  # fmt: skip


def _judged_table() -> Table[Judged]:
    attributes = {"user_id": ("user", "id"), "source": ("user", "device"), "record": ("record",)}
    return Table(attrgetter("user", "id", "digest"), **{name: attrgetter(*parts) for name, parts in attributes.items()})


def _twin_table() -> Table[Twin]:
    return Table(attrgetter("user", "device", "n", "second"))


def _row_table() -> Table[Row]:
    return Table(attrgetter("id"), root=attrgetter("root"), seq=attrgetter("seq"))


def _member_table() -> Table[Member]:
    attributes = {name: attrgetter(name) for name in ("root", "scope", "because", "start")}
    return Table(attrgetter("root", "scope", "because", "start"), **attributes)


def _holding_table() -> Table[Holding]:
    return Table(attrgetter("user", "scope", "start"), user=attrgetter("user"))


def _blob_ref_table() -> Table[BlobRef]:
    return Table(attrgetter("sha256", "user", "record"), sha256=attrgetter("sha256"), user=attrgetter("user"))


@dataclass(slots=True)
class _Tables:
    """What is durable."""

    epoch: str
    commits: dict[int, Commit] = field(default_factory=dict)
    judged: Table[Judged] = field(default_factory=_judged_table)
    rows: Table[Row] = field(default_factory=_row_table)
    members: Table[Member] = field(default_factory=_member_table)
    holdings: Table[Holding] = field(default_factory=_holding_table)
    blob_refs: Table[BlobRef] = field(default_factory=_blob_ref_table)
    matters: dict[str, Matter] = field(default_factory=dict)
    twins: Table[Twin] = field(default_factory=_twin_table)
    safe: int = 0
    horizon: int = 0


class MemoryStore:
    """Tables as dictionaries; one thread."""

    def __init__(self, epoch: str) -> None:
        self.tables = _Tables(epoch)

    def copy(self) -> MemoryStore:
        """The same content in a store of its own."""
        copied = MemoryStore(self.tables.epoch)
        names = ("commits", "judged", "rows", "members", "holdings", "blob_refs", "matters", "twins")
        copied.tables = replace(self.tables, **{name: getattr(self.tables, name).copy() for name in names})
        return copied

    def read(self) -> AbstractContextManager[Reader]:
        """The tables as they are."""
        return nullcontext(_MemoryWriter(self.tables, []))

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """Batches reach the tables when the block ends without an exception."""
        batches: list[Batch] = []
        yield _MemoryWriter(self.tables, batches)
        for batch in batches:
            _store(self.tables, batch)


def _store(tables: _Tables, batch: Batch) -> None:
    for unjudged in batch.unjudged:
        tables.judged.remove(unjudged)
    for unnamed in batch.unnamed:
        tables.blob_refs.remove(unnamed)
    for matter in batch.matters:
        tables.matters.setdefault(matter.id, matter)
    for one in batch.settled:
        tables.matters.pop(one, None)
    for commit in batch.commits:
        tables.commits[commit.seq] = commit
    for judged in batch.judged:
        if (judged.user, judged.id, judged.digest) not in tables.judged:
            tables.judged.put(judged)
    for row in batch.rows:
        tables.rows.put(row)
    for member in batch.members:
        tables.members.put(member)
    for held in batch.holdings:
        tables.holdings.put(held)
    for ref in batch.blob_refs:
        tables.blob_refs.put(ref)
    for twin in batch.twins:
        tables.twins.put(twin)
    tables.epoch = batch.epoch or tables.epoch
    tables.safe = tables.safe if batch.safe is None else batch.safe
    if batch.horizon is not None:
        _forget(tables, batch.horizon)


def _forget(tables: _Tables, horizon: int) -> None:
    tables.horizon = horizon
    conflicts = (tables.rows.get(one.id) for one in tables.matters.values() if one.kind == "conflict")
    disputed = {row.root for row in conflicts if row is not None}
    tables.rows.keep(lambda row: not row.gone or row.seq > horizon or row.root in disputed)
    tables.members.keep(lambda member: member.end is None or member.end > horizon or member.why is not None)
    tables.holdings.keep(lambda held: held.end is None or held.end > horizon)


def _numbered(judged: Judged, n: int) -> Numbered:
    known = judged.evidence
    event_at = known.event_at or 0
    return Numbered(n, judged.id, known.seen_at, event_at - (known.offset or 0), event_at)


class _MemoryWriter:
    def __init__(self, tables: _Tables, batches: list[Batch]) -> None:
        self._tables, self._batches = tables, batches

    def save(self, batch: Batch) -> None:
        self._batches.append(batch)

    def head(self) -> Head:
        tables = self._tables
        seq = len(tables.commits)
        nonce = tables.commits[seq].nonce if seq else ""
        return Head(tables.epoch, seq, nonce, tables.safe, tables.horizon)

    def nonce(self, seq: int) -> str | None:
        commit = self._tables.commits.get(seq)
        return commit.nonce if commit else "" if seq == 0 else None

    def newest_before(self, at: int) -> int:
        later = (one.seq for one in self._tables.commits.values() if one.at >= at)
        return min(later, default=len(self._tables.commits) + 1) - 1

    def rows(self, ids: Collection[str]) -> list[Row]:
        rows = map(self._tables.rows.get, ids)
        return [row for row in rows if row is not None]

    def families(self, roots: Collection[str]) -> list[Row]:
        found = self._tables.rows.find_all("root", set(roots))
        return sorted(found, key=attrgetter("root", "seq", "id"))

    def whole(self, roots: Collection[str]) -> list[PageRow]:
        return list(map(_on_page, self.families(roots)))

    def changed(self, held: Mapping[str, int], after: int, until: int, limit: int) -> list[PageRow]:
        later = sorted(seq for seq in self._tables.rows.known("seq") if after < seq <= until)
        since = {row.root: self._since(row.root, held) for row in self._tables.rows.find_all("seq", later)}
        found: list[PageRow] = []
        for seq in later:
            if len(found) >= limit:
                break
            rows = (row for row in self._tables.rows.find("seq", seq) if since[row.root] in range(after + 1))
            found += sorted(map(_on_page, rows))
        return found

    def entering(self, held: Mapping[str, int], after: int, limit: int) -> tuple[list[tuple[int, str]], int | None]:
        members = self._tables.members
        fresh = [scope for scope, start in held.items() if start > after]
        roots = {one.root for one in members.find_all("scope", fresh)}
        later = [start for start in members.known("start") if start > after]
        roots |= {one.root for one in members.find_all("start", later) if one.scope in held}
        since = ((self._since(root, held), root) for root in roots)
        found = sorted((position, root) for position, root in since if position is not None and position > after)
        if len(found) <= limit:
            return found, None
        until = found[limit - 1][0]
        return [one for one in found if one[0] <= until], until

    def _since(self, root: str, held: Mapping[str, int]) -> int | None:
        return visible_since(self._tables.members.find("root", root), held)

    def members(self, roots: Collection[str]) -> list[Member]:
        return list(self._tables.members.find_all("root", set(roots)))

    def ended(self, scopes: Collection[str], after: int) -> list[Member]:
        return [one for one in self.inside(scopes) if one.end is not None and one.end > after]

    def inside(self, scopes: Collection[str]) -> list[Member]:
        return list(self._tables.members.find_all("scope", set(scopes)))

    def carried(self, because: str) -> list[Member]:
        members = self._tables.members.find("because", because)
        return [one for one in members if one.end is None and one.root != because]

    def holdings(self, user: str) -> list[Holding]:
        return list(self._tables.holdings.find("user", user))

    def judged(self, user: str, ids: Collection[str]) -> list[Judged]:
        return list(self._tables.judged.find_all("user_id", {(user, one) for one in ids}))

    def numbered(self, user: str, device: str, first: int, last: int) -> list[Numbered]:
        found = [one for one in self._tables.judged.find("source", (user, device)) if one.evidence.event_at is not None]
        counts = [one.evidence.n or 0 for one in found]
        least = max((n for n in counts if n < first), default=first)
        most = min((n for n in counts if n > last), default=last)
        return [_numbered(one, n) for one, n in zip(found, counts, strict=True) if least <= n <= most]

    def erased(self, user: str, group: str) -> list[str]:
        return [one.id for one in self._tables.judged.values() if (one.user, one.erased_group) == (user, group)]

    def twins(self) -> list[Twin]:
        return sorted(self._tables.twins.values(), key=attrgetter("at", "device", "n", "second"), reverse=True)

    def parked(self, user: str, record: str) -> list[Judged]:
        known = self._tables.judged.find("record", record)
        found = [one for one in known if one.user == user and one.verdict == "parked"]
        return sorted(found, key=attrgetter("seq"))

    def judged_about(self, records: Collection[str]) -> list[Judged]:
        found = self._tables.judged.find_all("record", set(records))
        return sorted(found, key=attrgetter("seq", "user", "id", "digest"))

    def blob_refs(self, sha256: str) -> list[BlobRef]:
        return [ref for ref in self._tables.blob_refs.find("sha256", sha256) if ref.record]

    def granted(self, user: str, sha256: str) -> bool:
        return (sha256, user, "") in self._tables.blob_refs

    def matters(self) -> list[Matter]:
        return sorted(self._tables.matters.values(), key=lambda one: (one.since, one.id))

    def wanted(self, user: str) -> list[str]:
        refs = self._tables.blob_refs.find("user", user)
        return sorted({ref.sha256 for ref in refs if not ref.stored})


def _on_page(row: Row) -> PageRow:
    return PageRow(row.id, row.root, row.seq, row.body)
