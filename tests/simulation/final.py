"""What must hold when an operation has reached everybody, and when everything has drained."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tests.simulation.device import Device
from tests.simulation.oracle import Made, Oracle, Violation, intended, plain
from tests.simulation.rights import visible
from tests.simulation.server import Server

Values = dict[tuple[str, str], set[str]]


def check_delivered(oracle: Oracle, device: Device, operation: dict, through: int, hidden: set[str]) -> None:
    """An operation that left the overlay has its verdict, and its effect is among the confirmed records."""
    key = next(key for key in oracle.made if key[1] == operation["id"] and oracle.made[key].operation is operation)
    if not oracle.settled(key, through):
        raise Violation("lost", "own work stays on the device until its effect has arrived", (device.name, operation))
    row = device.disk.shelf.rows.get((operation["type"], operation["record"]))
    there = row is not None and row["version"] >= oracle.versions[key]
    if oracle.verdicts[key]["verdict"] == "parked" or there or operation["root"] in hidden:
        return
    raise Violation("diverged", "own work does not vanish from the screen", (device.name, operation, row))


def check_pending(oracle: Oracle, device: Device) -> None:
    """Work that waits is shown on the record it changes."""
    disk = device.disk
    made_here = {one["record"] for one in disk.pending() if one["do"] in ("create", "append", "move", "sign")}
    for operation in disk.pending():
        known = (operation["type"], operation["record"]) in disk.shelf.rows or operation["record"] in made_here
        excused = operation["root"] in disk.handed_over or operation["record"] in oracle.vanished
        fresh = operation["id"] not in oracle.judged_once and operation["id"] not in oracle.rogue
        if fresh and operation["record"] in oracle.truth and not known and not excused:
            raise Violation("diverged", "pending work keeps its record on the screen", (device.name, operation))


def check(oracle: Oracle, server: Server, devices: Iterable[Device]) -> None:
    """The final state: nothing lost, everyone agrees, bytes are there, no value was overwritten unseen."""
    needs_you = {key for device in devices for key in device.disk.needs_you}
    for made in oracle.made.values():
        if made.operation["id"] not in needs_you:
            check_kept(oracle, made)
    for device in devices:
        check_agrees(oracle, device)
    check_bytes(oracle, server)
    check_groups(oracle)
    check_conflicts_are_real(oracle)
    check_no_silent_overwrite(oracle)


def check_kept(oracle: Oracle, made: Made) -> None:
    """Every acknowledged operation has one verdict, and the record that goes with it."""
    answer = oracle.verdicts.get(made.key)
    operation = made.operation
    if answer is None:
        raise Violation("lost", "every acknowledged operation gets a verdict", operation)
    if answer["verdict"] == "parked":
        kept = [row for row in oracle.truth.values() if row["type"] == "parked"]
        if not any(row["data"]["operation"] == operation for row in kept):
            raise Violation("lost", "a parked operation is kept whole", operation)
    elif operation["do"] in ("create", "append", "move", "sign") and operation["record"] not in oracle.truth:
        raise Violation("lost", "what was applied is there", operation)


def check_agrees(oracle: Oracle, device: Device) -> None:
    """A device holds exactly what its user may see, in the server's words; beside it what a person must look at."""
    expected = {
        (row["type"], row["id"]): row
        for row in oracle.truth.values()
        if not row["gone"] and visible(oracle.truth, device.user, row["root"])
    }
    rows, kept = device.disk.shelf.rows, device.disk.handed_over
    held = {key: row for key, row in rows.items() if not row.get("gone") and row["root"] not in kept}
    if expected.keys() != held.keys():
        difference = sorted(expected.keys() ^ held.keys())
        raise Violation("diverged", "a device holds the records its user may see", (device.name, difference))
    for key, row in held.items():
        if any(row.get(part, []) != expected[key].get(part, []) for part in ("version", "data", "disputed")):
            raise Violation("diverged", "a device holds the server's values", (device.name, row, expected[key]))


def check_bytes(oracle: Oracle, server: Server) -> None:
    """Every photo that was ever saved has its bytes, and they match."""
    for row in oracle.truth.values():
        if row["type"] != "photo":
            continue
        sha256 = row["data"]["sha256"]
        content = server.bytes_of(sha256)
        if not row["data"]["stored"] or content is None:
            raise Violation("lost", "every photo's bytes arrive", row)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Violation("diverged", "stored bytes have the hash they are known by", row)


def check_no_silent_overwrite(oracle: Oracle) -> None:
    """Every applied value is live, or was replaced by someone who had seen it, or stays readable in a conflict."""
    applied = list(applied_sets(oracle))
    seen: Values = defaultdict(set)
    for operation in applied:
        for name, change in operation["set"].items():
            seen[operation["record"], name].add(plain(change["was"]))
    readable = values_in_conflicts(oracle)
    for operation in applied:
        row = oracle.truth[operation["record"]]
        for name, value in intended(operation):
            where, text = (row["id"], name), plain(value)
            if text != plain(row["data"].get(name)) and text not in seen[where] and text not in readable[where]:
                raise Violation("lost", "no value is overwritten unseen", (name, operation, row))


def check_groups(oracle: Oracle) -> None:
    """A group has one outcome: all of it is applied in one commit, or all of it is parked."""
    outcomes: dict[tuple[str, str], set[tuple[bool, int]]] = defaultdict(set)
    for key, answer in oracle.verdicts.items():
        group = oracle.made[key].operation["group"]
        if group:
            outcomes[key[0], group["id"]].add((answer["verdict"] == "parked", answer["seq"]))
    for group, found in outcomes.items():
        if len(found) != 1:
            raise Violation("diverged", "a group has one outcome", (group, found))


def check_conflicts_are_real(oracle: Oracle) -> None:
    """A conflict is about values somebody could have seen, never about one that only its author's device knew."""
    lived: Values = defaultdict(set)
    for operation in applied_sets(oracle):
        for name, value in intended(operation):
            lived[operation["record"], name].add(plain(value))
    forced = {row["data"]["operation"]["id"] for row in unparked(oracle)}
    for row in oracle.truth.values():
        if row["type"] != "conflict" or forced & {one["op"] for one in entries(row["data"])}:
            continue
        data = row["data"]
        for name, value in by_field(data, data.get("was")):
            where = data["record"], name
            if plain(value) not in lived[where] | oracle.lived[where] and value is not None:
                raise Violation("diverged", "a conflict is about a value that was live", (name, value, data))


def unparked(oracle: Oracle) -> Iterator[dict]:
    return (row for row in oracle.truth.values() if row["type"] == "parked" and row["data"]["state"] == "applied")


def entries(conflict: dict) -> list[dict]:
    """The live value and all candidates, with what they replaced."""
    current = [conflict["live"], *conflict["candidates"]]
    return current + [old for one in current for old in one.get("history", [])]


def by_field(conflict: dict, value: object) -> Iterator[tuple[str, object]]:
    """A field's value, or the members of a merge group's."""
    for name in conflict["fields"]:
        yield name, value.get(name) if conflict["fields"] != [conflict["field"]] else value


def applied_sets(oracle: Oracle) -> Iterator[dict]:
    forced = [row["data"]["operation"] for row in unparked(oracle)]
    for key, answer in oracle.verdicts.items():
        operation = oracle.made[key].operation
        if operation["do"] == "set" and (answer["verdict"] != "parked" or operation in forced):
            yield operation


def values_in_conflicts(oracle: Oracle) -> Values:
    readable: Values = defaultdict(set)
    for row in oracle.truth.values():
        if row["type"] != "conflict":
            continue
        data = row["data"]
        for value in [data.get("was"), *(one["value"] for one in entries(data))]:
            for name, one in by_field(data, value):
                readable[data["record"], name].add(plain(one))
    return readable
