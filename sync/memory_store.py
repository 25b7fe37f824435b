"""The store in memory: the contract's simplest reading, and the simulator's database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sync.store import Batch, BlobRef, Commit, Head, Holding, Judged, Member, Reader, Row, Writer


@dataclass(slots=True)
class _Tables:
    """What is durable."""

    epoch: str
    commits: dict[int, Commit] = field(default_factory=dict)
    judged: dict[tuple[str, str, str], Judged] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    members: dict[tuple[str, str, str, int], Member] = field(default_factory=dict)
    holdings: dict[tuple[str, str, int], Holding] = field(default_factory=dict)
    blob_refs: dict[tuple[str, str, str], BlobRef] = field(default_factory=dict)
    safe: int = 0
    horizon: int = 0


class MemoryStore:
    """Tables as dictionaries; one thread."""

    def __init__(self, epoch: str) -> None:
        self.tables = _Tables(epoch)

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """The tables as they are."""
        yield _MemoryWriter(self.tables, [])

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """Batches reach the tables when the block ends without an exception."""
        batches: list[Batch] = []
        yield _MemoryWriter(self.tables, batches)
        for batch in batches:
            _store(self.tables, batch)


def _store(tables: _Tables, batch: Batch) -> None:
    for one in batch.unjudged:
        tables.judged.pop((one.user, one.id, one.digest), None)
    for ref in batch.unnamed:
        tables.blob_refs.pop((ref.sha256, ref.user, ref.record), None)
    for commit in batch.commits:
        tables.commits[commit.seq] = commit
    for judged in batch.judged:
        tables.judged.setdefault((judged.user, judged.id, judged.digest), judged)
    for row in batch.rows:
        tables.rows[row.id] = row
    for member in batch.members:
        tables.members[member.root, member.scope, member.because, member.start] = member
    for held in batch.holdings:
        tables.holdings[held.user, held.scope, held.start] = held
    for ref in batch.blob_refs:
        tables.blob_refs[ref.sha256, ref.user, ref.record] = ref
    tables.epoch = batch.epoch or tables.epoch
    tables.safe = tables.safe if batch.safe is None else batch.safe
    if batch.horizon is not None:
        _forget(tables, batch.horizon)


def _forget(tables: _Tables, horizon: int) -> None:
    tables.horizon = horizon
    tables.rows = {key: row for key, row in tables.rows.items() if not row.gone or row.seq > horizon}
    tables.members = {key: one for key, one in tables.members.items() if one.end is None or one.end > horizon}
    tables.holdings = {key: one for key, one in tables.holdings.items() if one.end is None or one.end > horizon}


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
        rows = self._tables.rows
        return [rows[one] for one in ids if one in rows]

    def families(self, roots: Collection[str]) -> list[Row]:
        wanted = set(roots)
        found = [row for row in self._tables.rows.values() if row.root in wanted]
        return sorted(found, key=lambda row: (row.root, row.seq, row.id))

    def changed(self, held: Mapping[str, int], after: int, limit: int) -> list[Row]:
        entering = {root for _, root in self.entering(held, after)}
        visible = {m.root for m in self._tables.members.values() if m.end is None and m.scope in held} - entering
        found = [row for row in self._tables.rows.values() if row.seq > after and row.root in visible]
        found.sort(key=lambda row: (row.seq, row.id))
        end = min(limit, len(found))
        while 0 < end < len(found) and found[end].seq == found[end - 1].seq:
            end += 1
        return found[:end]

    def entering(self, held: Mapping[str, int], after: int) -> list[tuple[int, str]]:
        since: dict[str, int] = {}
        for member in self._tables.members.values():
            if member.end is None and member.scope in held:
                start = max(member.start, held[member.scope])
                since[member.root] = min(start, since.get(member.root, start))
        return sorted((position, root) for root, position in since.items() if position > after)

    def members(self, roots: Collection[str]) -> list[Member]:
        wanted = set(roots)
        return [member for member in self._tables.members.values() if member.root in wanted]

    def ended(self, scopes: Collection[str], after: int) -> list[Member]:
        members = self._tables.members.values()
        return [m for m in members if m.scope in scopes and m.end is not None and m.end > after]

    def inside(self, scopes: Collection[str]) -> list[Member]:
        return [member for member in self._tables.members.values() if member.scope in scopes]

    def carried(self, because: str) -> list[Member]:
        members = self._tables.members.values()
        return [m for m in members if m.because == because and m.end is None and m.root != because]

    def holdings(self, user: str) -> list[Holding]:
        return [held for held in self._tables.holdings.values() if held.user == user]

    def judged(self, user: str, ids: Collection[str]) -> list[Judged]:
        wanted = set(ids)
        return [one for one in self._tables.judged.values() if one.user == user and one.id in wanted]

    def parked(self, user: str, record: str) -> list[Judged]:
        known = self._tables.judged.values()
        found = [one for one in known if one.user == user and one.record == record and one.verdict == "parked"]
        return sorted(found, key=lambda one: one.seq)

    def judged_about(self, records: Collection[str]) -> list[Judged]:
        found = [one for one in self._tables.judged.values() if one.record in records]
        return sorted(found, key=lambda one: (one.seq, one.user, one.id, one.digest))

    def blob_refs(self, sha256: str) -> list[BlobRef]:
        return [ref for ref in self._tables.blob_refs.values() if ref.sha256 == sha256 and ref.record]

    def granted(self, user: str, sha256: str) -> bool:
        return (sha256, user, "") in self._tables.blob_refs

    def wanted(self, user: str) -> list[str]:
        refs = self._tables.blob_refs.values()
        return sorted({ref.sha256 for ref in refs if ref.user == user and not ref.stored})
