"""The app's own client as a device of the simulation: the same interface as the reference device, played in Node."""

from __future__ import annotations

import base64

from backend.domain.upcasts import SCHEMA
from sync.clock import format_time
from sync.records import Record
from sync.trade import Trade
from tests.simulation import company
from tests.simulation.client_disk import ClientDisk
from tests.simulation.disk import Operation
from tests.simulation.oracle import Violation


class ClientDevice:
    """A tablet in Node; `disk` follows what it commits. `more`: it wants to send again at once."""

    one_group_at_a_time = False

    def __init__(self, name: str, user: str, disk: ClientDisk, batch: int, limit: int) -> None:
        self.name, self.user, self.disk = name, user, disk
        self.batch, self.limit, self.schema = batch, limit, SCHEMA
        self.more = False
        self.clock: dict = {"now": format_time(company.BEGIN), "uptime_ms": 0}
        disk.tablet = name
        self.call("open", user=user, **{"from": disk.origin})

    def call(self, do: str, **arguments: object) -> dict:
        reply = self.disk.host.call(do, tablet=self.disk.tablet, clock=self.clock, **arguments)
        self.disk.follow(reply["writes"])
        self.more = reply["asking"]
        return reply

    @property
    def cursor(self) -> str | None:
        return self.disk.cursor

    def crash(self) -> None:
        """Lose everything volatile and start again."""
        self.call("crash")

    def save(self, operations: list[Operation], photos: dict[str, bytes], checked: bool = True) -> None:
        """The app makes the operations and says what it made of them."""
        self.clock = {**self.clock, "now": operations[0]["at"]}
        content = [{"sha256": key, "base64": base64.b64encode(one).decode()} for key, one in photos.items()]
        if checked:
            reply = self.call("save", **drafted(operations), photos=content)
        else:
            reply = self.call("force", operations=operations, photos=content)
        if "refused" in reply:
            self.refuse(operations, reply["refused"])
        made = [write["put"]["operation"] for write in reply["writes"] if write.get("table") == "outbox"]
        for operation, real in zip(operations, made, strict=True):
            operation.clear()
            operation.update(real)
        self.disk.broken |= not checked
        if "shown" in reply:
            self.check_shown(operations, {one["id"]: one for one in reply["shown"]})

    def check_shown(self, operations: list[Operation], shown: dict[str, dict]) -> None:
        """Whoever saved something sees it at once."""
        for operation in operations:
            row = shown.get(operation["record"])
            if not shows(row, operation):
                raise Violation("diverged", "own work shows at once", (self.name, operation, row))

    def refuse(self, operations: list[Operation], why: dict) -> None:
        """Nothing was saved: right if a broken app has put nonsense on the screen, and never else."""
        if not self.disk.broken:
            raise Violation("lost", "the device takes what its screens offer", (why, operations))
        operations.clear()

    def family(self, root: str, trade: Trade) -> dict[str, Record]:
        """What the screen shows of a root and its records, the root first if it is known."""
        shown = self.call("family", root=root)["records"]
        ordered = sorted(shown, key=lambda one: (one["id"] != root, one["type"], one["id"]))
        return {one["id"]: record(one) for one in ordered}

    def request(self, request_id: str, clock: dict) -> bytes:
        """What the app sends next; it names its requests itself."""
        self.clock = clock
        limits = {"operations": self.batch, "rows": self.limit}
        return self.call("ask", limits=limits)["body"].encode()

    def receive(self, status: int, content_type: str, body: bytes) -> bool:
        """Hand one HTTP response to the app, however late or strange; True if it was believed and applied."""
        text = body.decode("utf-8", "replace")
        return self.call("answer", status=status, type=content_type, text=text)["believed"]

    def next_photo(self) -> tuple[str, bytes] | None:
        """The bytes the app sends next."""
        photo = self.call("photo")
        return (photo["sha256"], base64.b64decode(photo["base64"])) if "sha256" in photo else None

    def photo_sent(self, sha256: str, seq: int) -> None:
        """The server has verified the hash; commit `seq` contains the arrival."""
        self.call("arrived", sha256=sha256, seq=seq)

    def idle(self) -> bool:
        """Nothing waits here but for a person: outbox, overlay and blob queue are empty and no page is missing."""
        disk = self.disk
        kept = {operation["root"] for operation in disk.needs_you.values()}
        still_here = disk.handed_over - kept
        return not (disk.outbox or disk.overlay or disk.queue() or disk.shadow or disk.paging or still_here)


def drafted(operations: list[Operation]) -> dict:
    """What a screen would hand to the app: the change alone, and the ids to draw."""
    drafts = [
        {**{name: one[name] for name in ("type", "record", "root", "do")}, "body": body(one)} for one in operations
    ]
    group = operations[0].get("group") or operations[0]
    return {"drafts": drafts, "ids": [*(one["id"] for one in operations), group["id"]]}


def body(operation: Operation) -> dict:
    """Screens name the fields that change; what belongs together with them is the app's to know."""
    given = operation[operation["do"]]
    if operation["do"] != "set":
        return given
    return {name: one for name, one in given.items() if one["was"] != one["to"]} or given


def shows(row: dict | None, operation: Operation) -> bool:
    """True unless the screen contradicts the operation."""
    match operation["do"]:
        case "set":
            return row is None or all(row["data"].get(name) == one["to"] for name, one in operation["set"].items())
        case "create" | "append" | "move" | "sign":
            return row is not None
        case "hide" | "restore":
            return row is None or row["gone"] == (operation["do"] == "hide")
    return True


def record(shown: dict) -> Record:
    disputed = dict.fromkeys(shown["disputed"], "")
    about = shown["id"], shown["type"], shown["root"], shown["data"], shown["version"]
    return Record(*about, gone=shown["gone"], disputed=disputed)
