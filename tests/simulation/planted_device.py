"""Devices with one planted bug each: what a plainer reading of the protocol would have built."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import islice

from tests.simulation.device import Device
from tests.simulation.disk import Operation, Settled, Shelf
from tests.simulation.identity import operation_id


class OutboxClearedOnSend(Device):
    def request(self, request_id: str, clock: dict) -> bytes:
        body = super().request(request_id, clock)
        for one in self.latest.operations:
            del self.disk.outbox[one]
        return body


class AnyStatus200IsAnAnswer(Device):
    def receive(self, status: int, content_type: str, body: bytes) -> bool:
        if status == 200 and self.latest and self.parsed(status, content_type, body) is None:
            for one in self.latest.operations:
                self.disk.outbox.pop(one, None)
        return super().receive(status, content_type, body)


class AnswerClearsNewerEdits(Device):
    def store_verdicts(self, response: dict) -> None:
        settled = {
            self.disk.outbox[one["id"]]["record"] for one in response["answers"] if one["id"] in self.disk.outbox
        }
        super().store_verdicts(response)
        self.disk.outbox = {key: one for key, one in self.disk.outbox.items() if one["record"] not in settled}


class PullOverwritesPendingEdit(Device):
    def change(self, shelf: Shelf, changes: list[dict]) -> None:
        super().change(shelf, changes)
        changed = {row["id"] for row in changes}
        self.disk.outbox = {key: one for key, one in self.disk.outbox.items() if one["record"] not in changed}


class NewIdOnEachRetry(Device):
    def next_operations(self) -> list[Operation]:
        renamed = [{**one, "id": operation_id(one["id"], self.disk.cursor)} for one in super().next_operations()]
        by_n = {one["n"]: one for one in renamed}
        self.disk.outbox = {by_n.get(one["n"], one)["id"]: by_n.get(one["n"], one) for one in self.disk.outbox.values()}
        return renamed


class AnswerWritesConfirmedState(Device):
    def store_verdicts(self, response: dict) -> None:
        before = dict(self.disk.outbox)
        super().store_verdicts(response)
        for one in response["answers"]:
            operation = before.get(one["id"])
            row = operation and self.disk.shelf.rows.get((operation["type"], operation["record"]))
            if row and operation["do"] == "set":
                values = {name: change["to"] for name, change in operation["set"].items()}
                self.disk.shelf.put({**row, "version": row["version"] + 1, "data": {**row["data"], **values}})
            self.disk.overlay.pop(one["id"], None)


class IdsFromACounter(Device):
    def save(self, operations: list[Operation], photos: dict[str, bytes], checked: bool = True) -> None:
        for count, operation in enumerate(operations, self.disk.n + 1):
            operation["id"] = operation_id(self.user, count)
        super().save(operations, photos, checked)


class OverlayDroppedAmidPages(Device):
    def apply(self, response: dict) -> None:
        super().apply(response)
        if response["more"]:
            for key in [key for key, entry in self.disk.overlay.items() if self.delivered(entry, response)]:
                del self.disk.overlay[key]


class OverlayDroppedWithTheAnswer(Device):
    def store_verdicts(self, response: dict) -> None:
        super().store_verdicts(response)
        self.disk.overlay.clear()


class EnteredIgnored(Device):
    def enter(self, shelf: Shelf, entered: list[str]) -> None:
        self.disk.handed_over -= set(entered)


class LeftIgnored(Device):
    def leave(self, left: list[dict]) -> None:
        """Keeps what was taken away."""


class LeftAtOnce(Device):
    def sweep(self) -> None:
        for root in self.disk.handed_over:
            self.disk.shelf.drop_root(root)
            self.disk.outbox = {key: one for key, one in self.disk.outbox.items() if one["root"] != root}
        self.disk.handed_over.clear()


class LateAnswerBelieved(Device):
    """Any answer to an own request of this run counts, wherever the cursor stands."""

    def crash(self) -> None:
        super().crash()
        self.asked: dict[str, dict[str, Operation]] = {}

    def request(self, request_id: str, clock: dict) -> bytes:
        body = super().request(request_id, clock)
        self.asked[request_id] = self.latest.operations
        return body

    def believes(self, response: dict) -> bool:
        return response.get("request") in self.asked


class CursorNotCompared(Device):
    def believes(self, response: dict) -> bool:
        return self.latest is not None and response.get("request") == self.latest.id


class UnknownAnswersBelieved(Device):
    def parsed(self, status: int, content_type: str, body: bytes) -> dict | None:
        try:
            response = json.loads(body)
        except ValueError:
            return None
        return {"request": self.latest and self.latest.id, "reset": None, "answers": [], **EMPTY, **response}

    def believes(self, response: dict) -> bool:
        return self.latest is not None


EMPTY = {"left": [], "entered": [], "changes": [], "want": [], "through": 10**6, "now": "2026-11-22T00:00:00.000Z"}
EMPTY |= {"safe": 0, "cursor": None, "more": False, "epoch": ""}


class GroupsSplit(Device):
    def next_operations(self) -> list[Operation]:
        oldest = sorted(self.disk.outbox.values(), key=lambda one: one["n"])
        return list(islice(oldest, self.batch))


class BytesGoWithTheRoot(Device):
    """The root leaves when the outbox is clear, bytes or not, and takes its pictures along."""

    def sweep(self) -> None:
        disk = self.disk
        for root in disk.handed_over - {one["root"] for one in disk.pending()}:
            disk.shelf.drop_root(root)
            disk.handed_over.discard(root)
            disk.photos = {sha256: photo for sha256, photo in disk.photos.items() if photo.root != root}


class BytesForgottenWhenSent(Device):
    """The picture is dropped after the last chunk left, whatever the server says it lacks."""

    def next_photo(self) -> tuple[str, bytes] | None:
        waiting = super().next_photo()
        if waiting:
            del self.disk.photos[waiting[0]]
        return waiting


class RefusedEnvelopeDropsEverything(Device):
    def sent_too_much(self) -> None:
        if self.latest:
            for one in self.latest.operations:
                self.disk.outbox.pop(one, None)
        self.latest = None


class RefusedEnvelopeBlocks(Device):
    def sent_too_much(self) -> None:
        """Sends the same again and again."""
        self.latest = None


class CursorSavedBeforeRows(Device):
    def apply(self, response: dict) -> None:
        """Two storage transactions: the cursor, then the rest; the second one is lost now and then."""
        if self.shadow is None and self.disk.cursor and len(response["changes"]) % 3 == 2:
            self.move_cursor(response)
            self.crash()
            return
        super().apply(response)


class OverlayLeftWithTheLastPage(Device):
    """The overlay leaves with the first last page after the answer, whatever it reaches."""

    def delivered(self, entry: Settled, response: dict) -> bool:
        return True


class OverlayKeptAcrossHistories(Device):
    def put_back(self, epoch: str) -> None:
        kept = dict(self.disk.overlay)
        super().put_back(epoch)
        self.disk.overlay = kept
        self.disk.outbox = {key: one for key, one in self.disk.outbox.items() if key not in kept}


class ArchiveNeverSentAgain(Device):
    def put_back(self, epoch: str) -> None:
        self.disk.archive.clear()
        super().put_back(epoch)


class SnapshotCursorSavedEarly(Device):
    """The cursor of an unfinished snapshot survives a crash, its rows do not."""

    def move_cursor(self, response: dict) -> None:
        super().move_cursor(response)
        if self.shadow:
            self.disk.cursor, self.disk.epoch = response["cursor"], response["epoch"]

    @property
    def cursor(self) -> str | None:
        return self.disk.cursor

    @property
    def epoch(self) -> str | None:
        return self.disk.epoch


class SwapDropsPendingWork(Device):
    def swap(self, response: dict) -> None:
        mentioned, self.disk.mentioned = self.disk.mentioned, set
        super().swap(response)
        self.disk.mentioned = mentioned


class WipedFirst(Device):
    def begin_snapshot(self, response: dict) -> None:
        super().begin_snapshot(response)
        if response["reset"] is not None:
            self.disk.shelf = Shelf()


class BytesForgottenWhenReceived(Device):
    def photo_sent(self, sha256: str, seq: int) -> None:
        super().photo_sent(sha256, seq)
        self.disk.photos.pop(sha256, None)


class OtherHistoryBelieved(Device):
    def believes(self, response: dict) -> bool:
        epoch = response.get("epoch")
        return super().believes({**response, "epoch": self.epoch or epoch} if "answers" in response else response)


class SnapshotVerdictsKept(Device):
    """What was judged while a snapshot filled counts, though its cursor was lost with it."""

    def crash(self) -> None:
        self.offer_again = lambda is_void: None
        super().crash()
        del self.offer_again


class OfferedAgainLast(Device):
    """What another history had judged is sent again behind the newer work."""

    def offer_again(self, is_void: Callable[[Settled], bool]) -> None:
        before = set(self.disk.outbox)
        super().offer_again(is_void)
        newer = {key: one for key, one in self.disk.outbox.items() if key in before}
        self.disk.outbox = {key: one for key, one in self.disk.outbox.items() if key not in before}
        self.disk.outbox = newer | self.disk.outbox

    def groups(self) -> list[list[Operation]]:
        groups: dict[str, list[Operation]] = {}
        for operation in self.disk.outbox.values():
            group = operation.get("group")
            groups.setdefault(group["id"] if group else operation["id"], []).append(operation)
        return list(groups.values())


class BytesKeptUpToTheLastAnswer(Device):
    """Bytes count as stored at the position of the last answer instead of the commit of their arrival."""

    def photo_sent(self, sha256: str, seq: int) -> None:
        super().photo_sent(sha256, self.disk.seen["position"] if self.disk.seen else 0)
