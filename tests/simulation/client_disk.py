"""What a tablet in Node has committed, held a second time for the judge's eyes: rows, and no rule of a device."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tests.simulation.client_host import Host
from tests.simulation.disk import Disk, Photo, Row, Settled


@dataclass
class ClientDisk(Disk):
    """The tables of `tablet`, copied from `origin`; `broken`: an app that makes no checks has written here."""

    host: Host | None = None
    tablet: str | None = None
    origin: str | None = None
    paging: bool = False
    shadow: bool = False
    broken: bool = False

    def copy(self) -> ClientDisk:
        """The same content for another tablet."""
        return replace(super().copy(), tablet=None, origin=self.tablet)

    def follow(self, writes: Iterable[dict]) -> None:
        """Do what the tablet's transactions did."""
        for write in writes:
            if "meta" in write:
                self.note(write["meta"])
            elif "put" in write:
                self.remove(write["table"], key_of(write["put"]))
                self.put(write["table"], write["put"])
            elif "remove" in write:
                self.remove(write["table"], write["remove"])
            else:
                self.clear(write["table"])

    def note(self, meta: dict) -> None:
        for name in meta.keys() & {"epoch", "cursor", "seen", "safe", "n", "paging"}:
            setattr(self, name, meta[name])
        if "handedOver" in meta:
            self.handed_over = set(meta["handedOver"])
        if "shadow" in meta:
            self.shadow = meta["shadow"] is not None

    def put(self, table: str, row: Row) -> None:
        match table:
            case "records":
                self.shelf.put(row)
            case "outbox":
                place = self.needs_you if row["refused"] else self.outbox
                place[key_of(row)] = row["operation"]
            case "overlay" | "archive":
                settled = Settled(row["operation"], row["seq"], row["epoch"], row["verdict"])
                getattr(self, table)[key_of(row)] = settled
            case "files" if row["state"] != "cached":
                self.photos[key_of(row)] = Photo(row["root"], b"", row["seq"])

    def remove(self, table: str, key: str) -> None:
        match table:
            case "records":
                for known in [known for known in self.shelf.rows if known[1] == key]:
                    self.shelf.roots[self.shelf.rows.pop(known)["root"]].discard(known)
            case "outbox":
                self.outbox.pop(key, None)
                self.needs_you.pop(key, None)
            case "overlay" | "archive":
                getattr(self, table).pop(key, None)
            case "files":
                self.photos.pop(key, None)

    def clear(self, table: str) -> None:
        match table:
            case "records":
                self.shelf = type(self.shelf)()
            case "overlay" | "archive":
                getattr(self, table).clear()


def key_of(row: Row) -> str:
    """The key of a row in its table."""
    return row["operation"]["id"] if "operation" in row else row.get("sha256") or row["id"]
