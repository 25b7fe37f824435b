"""The state one push works on: what the store holds, what earlier commits of the push changed, and a draft on top.

Nothing reaches the store before the push ends; an attempt that is refused leaves no trace.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from sync.engine import Engine
from sync.operations import Operation
from sync.parking import parked_id
from sync.records import Record, from_row, to_row
from sync.scopes import changed_holdings, changed_stays, held_now, visible_now
from sync.store import Batch, BlobRef, Commit, Holding, Judged, Matter, Member, Writer
from sync.trade import Family
from sync.versions import readable

_MATTERS = frozenset({"conflict", "parked"})


class Workspace:
    """Records by id, with copy-on-write drafts; `settle` turns the drafts into one commit, `discard` forgets them."""

    def __init__(self, writer: Writer, engine: Engine) -> None:
        self.writer, self.trade, self._engine = writer, engine.trade, engine
        head = writer.head()
        self.epoch, self.seq = head.epoch, head.seq
        self.batch = Batch()
        self._records: dict[str, Record | None] = {}
        self._roots: dict[str, dict[str, None]] = {}
        self._drafts: dict[str, Record] = {}
        self._refs: list[BlobRef] = []
        self._written: dict[str, Record] = {}
        self._members: dict[str, list[Member]] = {}
        self._holdings: dict[str, list[Holding]] = {}
        self._held: dict[str, dict[str, int]] = {}
        self._matters: dict[str, Matter | None] = {}
        self._parked: dict[tuple[str, str], list[tuple[Operation | None, str]]] = {}
        self._blob_refs: dict[tuple[str, str, str], BlobRef] = {}

    @property
    def salt(self) -> bytes:
        """What erased digests are mixed with."""
        return self._engine.cursor_key

    def load(self, ids: Collection[str], roots: Collection[str] = ()) -> None:
        """Read these records, and the stays of these roots, at once, so that later questions find them."""
        missing = [one for one in ids if one not in self._records]
        if missing:
            found = {row.id: from_row(row, self._engine.decode) for row in self.writer.rows(missing)}
            self._records.update({one: found.get(one) for one in missing})
        if roots:
            self._members.update({root: [] for root in roots})
            for member in self.writer.members(roots):
                self._members[member.root].append(member)

    def record(self, one: str) -> Record | None:
        """The record as the current draft sees it; copy it before changing it."""
        if one in self._drafts:
            return self._drafts[one]
        if one not in self._records:
            self.load([one])
        return self._records[one]

    def put(self, record: Record) -> None:
        """Make `record` part of the draft."""
        self._drafts[record.id] = record

    def family(self, root: str) -> Family:
        """The root and all its records as the current draft sees them."""
        return Family(self.record(root), self._children(root))

    def _children(self, root: str) -> Iterator[Record]:
        if root not in self._roots:
            rows = self.writer.families([root])
            for row in rows:
                if row.id not in self._records:
                    self._records[row.id] = from_row(row, self._engine.decode)
            self._roots[root] = {row.id: None for row in rows}
            self._roots[root].update({one.id: None for one in self._written.values() if one.root == root})
        ids = self._roots[root] | {one.id: None for one in self._drafts.values() if one.root == root}
        yield from (one for one in map(self.record, ids) if one is not None and one.id != root)

    def members(self, root: str) -> list[Member]:
        """Every stay of a root, the commits of this push included."""
        if root not in self._members:
            mine = [member for member in self.batch.members if member.root == root]
            self._members[root] = _with(self.writer.members([root]), mine)
        return self._members[root]

    def holdings(self, user: str) -> list[Holding]:
        """Every holding of a user, the commits of this push included."""
        if user not in self._holdings:
            self._holdings[user] = self.writer.holdings(user)
        return self._holdings[user]

    def sees(self, user: str, root: str) -> bool:
        """True if the user may see this root now."""
        if user not in self._held:
            self._held[user] = held_now(self.holdings(user))
        return visible_now(self.members(root), self._held[user])

    def judged(self, user: str, op: str) -> list[Judged]:
        """Verdicts of this user's operation, oldest first, one for each content sent, this push included."""
        mine = [one for one in self.batch.judged if (one.user, one.id) == (user, op)]
        return sorted([*self.writer.judged(user, [op]), *mine], key=lambda one: (one.seq, one.digest))

    def seen(self, op: Operation) -> int | None:
        """The commit of this history up to which its author's device had received everything when he acted, if any."""
        return op.seen.position if op.seen is not None and op.seen.epoch == self.epoch else None

    def parked_of(self, user: str, record: str) -> list[tuple[Operation, Record]]:
        """This user's parked operations on a record that were not applied after all, and what keeps them."""
        if (user, record) not in self._parked:
            mine = [one for one in self.batch.judged if (one.user, one.record) == (user, record)]
            known = [*self.writer.parked(user, record), *(one for one in mine if one.verdict == "parked")]
            known.sort(key=lambda one: (one.seq, one.evidence.n or 0, one.id))
            self._parked[user, record] = [self._read_parked(one) for one in known]
        kept = [(op, self.record(one)) for op, one in self._parked[user, record] if op is not None]
        return [(op, parked) for op, parked in kept if parked is not None and parked.data["state"] != "applied"]

    def _read_parked(self, one: Judged) -> tuple[Operation | None, str]:
        return readable(self.trade, self._engine.decode(one.body)), parked_id(one.user, one.id, one.digest)

    def name_blob(self, sha256: str, user: str, record: str, root: str) -> bool:
        """Note that a record names bytes; True if its author has sent them already."""
        stored = self.writer.granted(user, sha256)
        self._refs.append(BlobRef(sha256, user, record, root, stored))
        return stored

    def discard(self) -> None:
        """Forget the draft."""
        self._drafts.clear()
        self._refs.clear()

    def settle(self, at: int, user: str, device: str) -> int:
        """Turn the draft into the next commit and return its number."""
        self.seq += 1
        self.batch.commits.append(Commit(self.seq, self._engine.new_nonce(), at, user, device))
        for record in self._drafts.values():
            record.seq = self.seq
            record.version += 1
            before = self._records.get(record.id)
            self._records[record.id] = self._written[record.id] = record
            if record.root in self._roots:
                self._roots[record.root][record.id] = None
            if record.type in _MATTERS:
                self._matters[record.id] = _matter(record, at)
            if record.id == record.root and (before is None or self._moved(before, record)):
                self._place(before, record)
        for ref in self._refs:
            self._blob_refs[ref.sha256, ref.user, ref.record] = ref
        self.discard()
        return self.seq

    def keep(self, judged: Judged) -> None:
        """Store a verdict with the batch."""
        self.batch.judged.append(judged)
        if judged.verdict == "parked" and (judged.user, judged.record) in self._parked:
            self._parked[judged.user, judged.record].append(self._read_parked(judged))

    def arrive(self, refs: Iterable[BlobRef]) -> None:
        """Mark references to bytes as stored."""
        for ref in refs:
            self._blob_refs[ref.sha256, ref.user, ref.record] = replace(ref, stored=True)

    def lose(self, refs: Iterable[BlobRef]) -> None:
        """Mark references to bytes as lacking them; nobody counts as having sent them."""
        for ref in refs:
            self._blob_refs[ref.sha256, ref.user, ref.record] = replace(ref, stored=False)
            self.batch.unnamed.append(BlobRef(ref.sha256, ref.user, "", "", True))

    def flush(self) -> None:
        """Write everything to the store."""
        batch, encode = self.batch, self._engine.encode
        batch.rows = [to_row(record, self._disputed_fields(record), encode) for record in self._written.values()]
        batch.blob_refs = list(self._blob_refs.values())
        batch.matters = [matter for matter in self._matters.values() if matter is not None]
        batch.settled = [one for one, matter in self._matters.items() if matter is None]
        if batch.commits or batch.judged or batch.blob_refs:
            self.writer.save(batch)

    def _disputed_fields(self, record: Record) -> list[str]:
        kind = self.trade.model.types[record.type]
        names: set[str] = set()
        for unit in record.disputed:
            names |= kind.members(unit) or {unit}
        return sorted(names)

    def _moved(self, before: Record, after: Record) -> bool:
        trade = self.trade
        if not after.differs(before, trade.placing):
            return False
        if after.type == "user" and trade.holdings(before) != trade.holdings(after):
            return True
        return trade.scopes(before) != trade.scopes(after) or trade.links(before) != trade.links(after)

    def _place(self, before: Record | None, root: Record) -> None:
        """Bring the stays of a root, of what it carries along, and the holdings of a user up to date."""
        scopes, links = self.trade.scopes(root), self.trade.links(root)
        closed = self.trade.closed_scopes(root)
        self._stay(root.id, root.id, scopes, [one for one in self.members(root.id) if one.because == root.id], closed)
        carried: dict[str, list[Member]] = {one: [] for one in links}
        for member in () if before is None else self._carried(root.id):
            carried.setdefault(member.root, []).append(member)
        for one in sorted(carried):
            self._stay(one, root.id, scopes if one in links else (), carried[one], closed)
        if root.type == "user":
            changes = changed_holdings(root.id, self.trade.holdings(root), self.holdings(root.id), self.seq)
            merged = {(held.scope, held.start): held for held in (*self.holdings(root.id), *changes)}
            self._holdings[root.id] = list(merged.values())
            self._held.pop(root.id, None)
            self.batch.holdings.extend(changes)

    def _carried(self, because: str) -> list[Member]:
        """Stays of other roots that this one carries along, the commits of this push included."""
        mine = [one for one in self.batch.members if one.because == because and one.root != because]
        return _with(self.writer.carried(because), mine)

    def _stay(
        self, root: str, because: str, scopes: Iterable[str], current: list[Member], closed: frozenset[str]
    ) -> None:
        changes = changed_stays(root, ((scope, because) for scope in scopes), current, self.seq, closed)
        if root in self._members:
            self._members[root] = _with(self._members[root], changes)
        self.batch.members.extend(changes)


def _matter(record: Record, since: int) -> Matter | None:
    """What waits for a person in an open conflict or parked operation; None once it is settled."""
    data = record.data
    if data["state"] != "open":
        return None
    field = str(data.get("field", "")).split("/")[0]
    name = f"{data['record_type']}.{field}" if record.type == "conflict" else str(data["code"])
    return Matter(record.id, record.type, name, since)


def _with(current: list[Member], changes: list[Member]) -> list[Member]:
    """`current` with every stay that a change names replaced by it."""
    if not changes:
        return current
    merged = {(one.root, one.scope, one.because, one.start): one for one in (*current, *changes)}
    return list(merged.values())
