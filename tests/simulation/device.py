"""The reference device: the client side of the sync protocol, written from its text and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import orjson

from backend.domain.upcasts import SCHEMA
from sync.records import Record
from sync.trade import Trade
from tests.simulation import shown
from tests.simulation.disk import Disk, Operation, Photo, Settled, Shelf

PROTOCOL = 1
JSON_TYPE = "application/json"
MEMBERS = {
    "protocol", "request", "epoch", "now", "next_sync_ms", "answers", "left", "entered", "want", "through", "safe",
    "cursor", "more", "reset", "changes",
}  # fmt: skip


decoded = lru_cache(8)(orjson.loads)  # the judge reads what a device reads, and neither changes it


def encoded(message: dict) -> bytes:
    """The message in UTF-8; broken text goes out as broken as it is."""
    try:
        return orjson.dumps(message)
    except TypeError:
        return json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")


@dataclass
class Latest:
    """The request whose answer is awaited; lost in a crash."""

    id: str
    cursor: str | None
    operations: dict[str, Operation]


@dataclass
class Shadow:
    """A snapshot being fetched beside the main store; an unfinished one is discarded."""

    epoch: str
    cursor: str | None
    shelf: Shelf = field(default_factory=Shelf)


class Device:
    """One tablet as one user sees it: `disk` is durable, everything else is lost in a crash."""

    def __init__(self, name: str, user: str, disk: Disk, batch: int, limit: int) -> None:
        self.name, self.user, self.disk = name, user, disk
        self.batch, self.limit, self.schema = batch, limit, SCHEMA
        self.crash()

    def crash(self) -> None:
        """Lose everything volatile and start again: verdicts that only an unfinished snapshot's cursor could prove are
        asked for again."""
        disk, proven = self.disk, self.disk.seen["position"] if self.disk.seen else 0
        self.offer_again(lambda one: one.epoch != disk.epoch or one.seq > proven)
        self.latest: Latest | None = None
        self.shadow: Shadow | None = None
        self.one_group_at_a_time = False
        self.more = False

    # saving

    def save(self, operations: list[Operation], photos: dict[str, bytes], checked: bool = True) -> None:
        """One storage transaction: afterwards the screen says "saved on this device"; a broken app is not `checked`."""
        for operation in operations:
            self.disk.n += 1
            operation["n"] = self.disk.n
            self.disk.outbox[operation["id"]] = operation
        for sha256, content in photos.items():
            self.disk.photos.setdefault(sha256, Photo(operations[0]["root"], content))

    def family(self, root: str, trade: Trade) -> dict[str, Record]:
        """What the screen shows of a root and its records."""
        return shown.family(self.disk, root, trade, self.user)

    # asking

    @property
    def cursor(self) -> str | None:
        return self.shadow.cursor if self.shadow else self.disk.cursor

    @property
    def epoch(self) -> str | None:
        return self.shadow.epoch if self.shadow else self.disk.epoch

    def request(self, request_id: str, clock: dict) -> bytes:
        """The next exchange; from now on only its answer counts."""
        operations = self.next_operations()
        self.latest = Latest(request_id, self.cursor, {one["id"]: one for one in operations})
        message = {
            "protocol": PROTOCOL,
            "schema": self.schema,
            "app": "0.1.0",
            "request": request_id,
            "epoch": self.epoch,
            "clock": clock,
            "operations": operations,
            "cursor": self.cursor,
            "limit": self.limit,
        }
        return encoded(message)

    def next_operations(self) -> list[Operation]:
        """The oldest operations, whole groups only."""
        chosen: list[Operation] = []
        for group in self.groups():
            if chosen and (self.one_group_at_a_time or len(chosen) + len(group) > self.batch):
                break
            chosen += group
        return chosen

    def groups(self) -> list[list[Operation]]:
        """The outbox in order, members of a group together."""
        groups: dict[str, list[Operation]] = {}
        for operation in sorted(self.disk.outbox.values(), key=lambda one: one["n"]):
            group = operation.get("group")
            groups.setdefault(group["id"] if group else operation["id"], []).append(operation)
        return list(groups.values())

    # answers

    def receive(self, status: int, content_type: str, body: bytes) -> bool:
        """Take one HTTP response, however late or strange; True if it was believed and applied."""
        if status in (400, 413):
            self.sent_too_much()
            return False
        response = self.parsed(status, content_type, body)
        if response is None or not self.believes(response):
            return False
        self.latest = None
        self.apply(response)
        return True

    def parsed(self, status: int, content_type: str, body: bytes) -> dict | None:
        if status != 200 or content_type.partition(";")[0] != JSON_TYPE:
            return None
        try:
            response = decoded(body)
        except ValueError:
            return None
        whole = isinstance(response, dict) and response.keys() >= MEMBERS
        return response if whole and response["protocol"] == PROTOCOL else None

    def believes(self, response: dict) -> bool:
        """Only the answer to the latest request, of a known history, over an unmoved cursor."""
        latest = self.latest
        return (
            latest is not None
            and response["request"] == latest.id
            and self.cursor == latest.cursor
            and (response["reset"] is not None or self.epoch in (None, response["epoch"]))
            and all(answer["id"] in latest.operations for answer in response["answers"])
        )

    def sent_too_much(self) -> None:
        """A refused envelope: go on one group at a time, and ask a person about a group that is refused alone."""
        if self.latest is None:
            return
        guilty, self.latest = self.latest.operations, None
        groups = {one["group"]["id"] if one.get("group") else one["id"] for one in guilty.values()}
        if len(groups) != 1:
            self.one_group_at_a_time = True
            return
        self.one_group_at_a_time = False
        for key in guilty.keys() & self.disk.outbox.keys():
            self.disk.needs_you[key] = self.disk.outbox.pop(key)

    # one storage transaction

    def apply(self, response: dict) -> None:
        """Verdicts, left, entered, changes, cursor: in this order, all or nothing."""
        self.begin_snapshot(response)
        self.store_verdicts(response)
        shelf = self.shadow.shelf if self.shadow else self.disk.shelf
        self.leave(response["left"])
        self.enter(shelf, response["entered"])
        self.change(shelf, response["changes"])
        self.move_cursor(response)
        self.ask_again(response["want"])
        if not response["more"]:
            self.finish(response)
        self.sweep()

    def begin_snapshot(self, response: dict) -> None:
        if response["reset"] is not None or (self.cursor is None and self.shadow is None):
            self.put_back(response["epoch"])
            self.shadow = Shadow(response["epoch"], None)

    def put_back(self, epoch: str) -> None:
        """What another history had judged or stored is sent again, before the outbox, in order."""
        self.offer_again(lambda one: one.epoch != epoch)
        for photo in self.disk.photos.values():
            photo.seq = None

    def offer_again(self, is_void: Callable[[Settled], bool]) -> None:
        """Operations whose verdict does not hold go back before the outbox."""
        disk = self.disk
        void = {key: one for key, one in {**disk.archive, **disk.overlay}.items() if is_void(one)}
        disk.outbox = {key: one.operation for key, one in void.items()} | disk.outbox
        disk.overlay = {key: one for key, one in disk.overlay.items() if key not in void}
        disk.archive = {key: one for key, one in disk.archive.items() if key not in void}

    def store_verdicts(self, response: dict) -> None:
        """A verdict moves its operation to overlay and archive; it never touches a confirmed record."""
        for answer in response["answers"]:
            operation = self.disk.outbox.get(answer["id"])
            if "held" in answer or operation is None:
                continue
            entry = Settled(operation, answer["seq"], response["epoch"], answer["verdict"])
            del self.disk.outbox[answer["id"]]
            self.disk.overlay[answer["id"]] = self.disk.archive[answer["id"]] = entry
        self.one_group_at_a_time &= bool(self.disk.outbox)

    def leave(self, left: list[dict]) -> None:
        for root in [item["root"] for item in left]:
            if self.shadow:
                self.shadow.shelf.drop_root(root)
            elif root in self.disk.shelf.roots:
                self.disk.handed_over.add(root)

    def enter(self, shelf: Shelf, entered: list[str]) -> None:
        for root in entered:
            shelf.drop_root(root)
            self.disk.handed_over.discard(root)

    def change(self, shelf: Shelf, changes: list[dict]) -> None:
        for row in changes:
            shelf.put(row)

    def move_cursor(self, response: dict) -> None:
        if self.shadow:
            self.shadow.cursor = response["cursor"]
        else:
            self.disk.cursor = response["cursor"]
            self.see(response)
        self.more = response["more"]

    def see(self, response: dict) -> None:
        seen = {"epoch": response["epoch"], "position": response["through"], "at": response["now"]}
        self.disk.seen, self.disk.safe = seen, response["safe"]

    def finish(self, response: dict) -> None:
        """Everything up to `through` has arrived: swap a finished snapshot in, forget the overlay behind it."""
        if self.shadow:
            self.swap(response)
        self.forget(response)
        passed = [key for key, entry in self.disk.overlay.items() if self.delivered(entry, response)]
        for key in passed:
            del self.disk.overlay[key]

    def delivered(self, entry: Settled, response: dict) -> bool:
        return entry.epoch == response["epoch"] and response["through"] >= entry.seq

    def swap(self, response: dict) -> None:
        """The snapshot becomes the store; a root with pending work survives it as handed over."""
        disk, shadow = self.disk, self.shadow
        missing = {root for root in disk.mentioned() & disk.shelf.roots.keys() if root not in shadow.shelf.roots}
        for root in missing:
            for row in disk.shelf.of(root):
                shadow.shelf.put(row)
        disk.shelf, disk.handed_over = shadow.shelf, missing
        disk.cursor, disk.epoch = shadow.cursor, shadow.epoch
        self.see(response)
        self.shadow = None

    def ask_again(self, wanted: list[str]) -> None:
        """Bytes the server lacks are sent again if they are still here."""
        for sha256 in wanted:
            if sha256 in self.disk.photos:
                self.disk.photos[sha256].seq = None

    def forget(self, response: dict) -> None:
        """Drop bytes and archive only when a verified backup of this history contains them.

        The receipt of bytes proves no history: only the words that name them let the server ask for what it lost.
        """
        disk, safe = self.disk, response["safe"]
        disk.archive = {
            key: one
            for key, one in disk.archive.items()
            if key in disk.overlay or one.seq > safe or one.epoch != disk.epoch
        }
        backed_up = {key for key, one in disk.photos.items() if one.seq is not None and one.seq <= safe}
        for key in backed_up - (disk.named() if backed_up else set()):
            del disk.photos[key]

    def sweep(self) -> None:
        """Remove what was handed over once nothing of ours waits for it."""
        disk = self.disk
        for root in disk.handed_over - disk.mentioned():
            disk.shelf.drop_root(root)
            disk.handed_over.discard(root)

    # bytes

    def next_photo(self) -> tuple[str, bytes] | None:
        """The next bytes to send."""
        for sha256 in self.disk.queue():
            return sha256, self.disk.photos[sha256].content
        return None

    def photo_sent(self, sha256: str, seq: int) -> None:
        """The server has verified the hash; commit `seq` contains the arrival."""
        if sha256 in self.disk.photos:
            self.disk.photos[sha256].seq = seq
        self.sweep()

    def idle(self) -> bool:
        """Nothing waits here: outbox, overlay and blob queue are empty and no page is missing."""
        disk = self.disk
        return not (disk.outbox or disk.overlay or disk.queue() or self.shadow or self.more or disk.handed_over)
