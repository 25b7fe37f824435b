"""What the screen shows: confirmed records with overlay and outbox replayed on top, never merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from sync.errors import Refused
from sync.event_time import Moment
from sync.operations import Operation as Parsed
from sync.policy import INSERTS
from sync.records import Record
from sync.trade import Draft, Family, Trade
from tests.simulation.disk import Disk, Operation

Rule = Callable[[Draft, Family], Mapping[str, object]]


def family(disk: Disk, root: str, trade: Trade, user: str) -> dict[str, Record]:
    """The records of one root by id, the root first if it is known."""
    records = {row["id"]: confirmed(row) for row in disk.shelf.of(root)}
    pending = [operation for operation in disk.pending() if operation["root"] == root]
    for operation in pending:
        replay(records, operation, trade, known_user(disk, user))
    if pending and root in records:
        records[root].data.update(trade.advance(as_family(records, root)))
    return records


def as_family(records: dict[str, Record], root: str) -> Family:
    return Family(records.get(root), tuple(one for one in records.values() if one.id != root))


def known_user(disk: Disk, user: str) -> Record:
    row = disk.shelf.rows.get(("user", user))
    return confirmed(row) if row else Record(user, "user", user, {})


def confirmed(row: dict) -> Record:
    disputed = dict.fromkeys(row.get("disputed", ()), "")
    data, version, gone = dict(row.get("data", {})), row.get("version", 0), row.get("gone", False)
    return Record(row["id"], row["type"], row["root"], data, version, gone=gone, disputed=disputed)


def replay(records: dict[str, Record], operation: Operation, trade: Trade, user: Record) -> None:
    """Show what the operation intends; what the trade refuses stays as it is until the server has spoken."""
    do, key = operation["do"], operation["record"]
    if do in INSERTS and key not in records:
        values = operation[do]["values"] if "values" in operation[do] else operation[do]
        record = Record(key, operation["type"], operation["root"], dict(values))
        records[key] = record
        record.data.update(by_rule(trade.derive, records, operation, user))
    elif key in records:
        change(records, operation, trade, user)


def change(records: dict[str, Record], operation: Operation, trade: Trade, user: Record) -> None:
    record, body = records[operation["record"]], operation[operation["do"]]
    match operation["do"]:
        case "set":
            record.data.update({name: one["to"] for name, one in body.items()})
            record.data.update(by_rule(trade.derive, records, operation, user))
        case "transition":
            rule = partial(trade.transition, body["name"], body["from"])
            record.data.update(by_rule(rule, records, operation, user))
        case "hide":
            record.gone = True
        case "restore":
            record.gone = False
        case "resolve":
            record.data["state"] = "resolved"
            show_choice(records, record, body["choose"])
        case "unpark":
            record.data["state"] = "applied"
        case "dismiss":
            record.data["state"] = "dismissed"


def show_choice(records: dict[str, Record], conflict: Record, choose: dict) -> None:
    """The value a person chose stands on the record, until the server has spoken."""
    about, told = conflict.data, [conflict.data["live"], *conflict.data["candidates"]]
    value = choose.get("value", next((one["value"] for one in told if one["op"] == choose.get("op")), None))
    if about["record"] in records:
        whole = about["fields"] == [about["field"]]
        records[about["record"]].data.update({about["field"]: value} if whole else value or {})


def by_rule(rule: Rule, records: dict[str, Record], operation: Operation, user: Record) -> Mapping[str, object]:
    record = records[operation["record"]]
    before = None if operation["do"] in INSERTS else record
    roles = frozenset(user.data.get("roles", ()))
    try:
        draft = Draft(as_made(operation), before, record.data, user, roles, 0, Moment(0, 0, 0))
        return rule(draft, as_family(records, operation["root"]))
    except (Refused, LookupError, TypeError, ValueError):
        return {}


def as_made(one: Operation) -> Parsed:
    """An operation this device has made itself: there is nothing to check."""
    about = one["type"], one["record"], one["root"], one["do"]
    return Parsed(one["id"], one["n"], one["by"], None, one["at"], *about, one[one["do"]], one["schema"], one)
