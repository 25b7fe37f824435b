"""What must hold when everything has drained: nothing lost, everyone agrees, no value was overwritten unseen."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tests.simulation.decisions import check_decisions
from tests.simulation.device import Device
from tests.simulation.evidence import check_ledgers, check_signatures
from tests.simulation.made import Made
from tests.simulation.oracle import Oracle, Values, Violation, intended, plain
from tests.simulation.rights import visible
from tests.simulation.server import Server

Parked = defaultdict[str, list[dict]]
Shown = dict[tuple[str, str], dict]


def check(oracle: Oracle, server: Server, devices: Iterable[Device]) -> None:
    """The final state, every promise of it."""
    needs_you = {key for device in devices for key in device.disk.needs_you}
    parked = parked_by_id(oracle)
    for made in oracle.made:
        if made.id not in needs_you:
            check_kept(oracle, made, parked)
    views: dict[str, Shown] = {}
    for device in devices:
        if device.user not in views:
            views[device.user] = view(oracle, device.user)
        check_agrees(oracle, device, views[device.user])
    check_bytes(oracle, server)
    check_groups(oracle)
    check_families(oracle)
    check_conflicts_are_real(oracle, parked)
    check_no_silent_overwrite(oracle, parked)
    check_decisions(oracle)
    check_signatures(oracle)
    check_ledgers(oracle)


def parked_by_id(oracle: Oracle) -> Parked:
    """The fields of every parked record, by the id of its operation."""
    found: Parked = defaultdict(list)
    for row in oracle.truth.values():
        if row["type"] == "parked":
            found[row["data"]["operation"]["id"]].append(row["data"])
    return found


def check_kept(oracle: Oracle, made: Made, parked: Parked) -> None:
    """Every acknowledged operation has one verdict, and the record that goes with it."""
    operation = made.operation
    oracle.checks["I1"] += 1
    if made.answer is None:
        raise Violation("lost", "every acknowledged operation gets a verdict", operation)
    if made.verdict == "parked":
        if all(data["operation"] != operation for data in parked[made.id]):
            raise Violation("lost", "a parked operation is kept whole", operation)
    elif operation["do"] in ("create", "append", "move", "sign") and operation["record"] not in oracle.truth:
        raise Violation("lost", "what was applied is there", operation)


def view(oracle: Oracle, user: str) -> Shown:
    """Everything a user may see, in the server's words."""
    roots = {row["root"] for row in oracle.truth.values()}
    seen = {root for root in roots if visible(oracle.truth, user, root)}
    return {(row["type"], row["id"]): row for row in oracle.truth.values() if not row["gone"] and row["root"] in seen}


def check_agrees(oracle: Oracle, device: Device, expected: Shown) -> None:
    """A device holds exactly what its user may see, beside it only what left while refused work waits for a person."""
    kept = device.disk.handed_over
    rows = device.disk.shelf.rows.items()
    held = {key: row for key, row in rows if not row.get("gone") and row["root"] not in kept}
    if expected.keys() != held.keys():
        difference = sorted(expected.keys() ^ held.keys())
        raise Violation("diverged", "a device holds the records its user may see", (device.name, difference))
    for key, row in held.items():
        right = expected[key]
        oracle.checks["I3"] += 1
        same = row["version"] == right["version"] and row["data"] == right["data"]
        if not same or any(row.get(name, []) != right.get(name, []) for name in ("disputed", "late")):
            raise Violation("diverged", "a device holds the server's values", (device.name, row, right))


def check_bytes(oracle: Oracle, server: Server) -> None:
    """Every photo that the server has the words of has its bytes, and they match."""
    for row in oracle.truth.values():
        if row["type"] != "photo" or row["id"] not in oracle.born:
            continue
        sha256 = row["data"]["sha256"]
        content = server.bytes_of(sha256)
        oracle.checks["I8"] += 1
        if not (row["data"]["stored"] or oracle.is_forgotten(row["id"])) or content is None:
            raise Violation("lost", "every photo's bytes arrive", row)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Violation("diverged", "stored bytes have the hash they are known by", row)


def check_no_silent_overwrite(oracle: Oracle, parked: Parked) -> None:
    """Every applied value is live, or was replaced by someone who had seen it, or stays readable in a conflict."""
    applied = list(applied_sets(oracle, parked))
    seen: Values = defaultdict(set)
    for operation in applied:
        for name, change in operation["set"].items():
            seen[operation["record"], name].add(plain(change["was"]))
    readable = values_in_conflicts(oracle)
    for operation in applied:
        row = oracle.truth[operation["record"]]
        for name, value in intended(operation):
            where, text = (row["id"], name), plain(value)
            oracle.checks["I4"] += 1
            if text != plain(row["data"].get(name)) and text not in seen[where] and text not in readable[where]:
                raise Violation("lost", "no value is overwritten unseen", (name, operation, row))


def check_groups(oracle: Oracle) -> None:
    """A group has one outcome: all of it is applied in one commit, or all of it is parked."""
    outcomes: dict[tuple[str, str], set[tuple[bool, int]]] = defaultdict(set)
    for made in oracle.made.judged(lambda made: made.operation.get("group") is not None):
        outcomes[made.user, made.operation["group"]["id"]].add((made.verdict == "parked", made.answer["seq"]))
    for group, found in outcomes.items():
        oracle.checks["I2"] += 1
        if len(found) != 1:
            raise Violation("diverged", "a group has one outcome", (group, found))


def check_families(oracle: Oracle) -> None:
    """Nothing that builds on a parked operation still waits once that one is applied."""
    rows = {key: row["data"] for key, row in oracle.truth.items() if row["type"] == "parked"}
    for data in rows.values():
        base = rows.get(data.get("builds_on", ""))
        if base is not None and (base["state"], data["state"]) == ("applied", "open"):
            raise Violation("undrained", "what belongs together is settled together", (base, data))


def check_conflicts_are_real(oracle: Oracle, parked: Parked) -> None:
    """A conflict is about values somebody could have seen, never about one that only its author's device knew."""
    lived: Values = defaultdict(set)
    inserted = oracle.made.judged(
        lambda made: made.verdict == "applied" and "values" in made.operation[made.operation["do"]]
    )
    for operation in (*applied_sets(oracle, parked), *(made.operation for made in inserted)):
        for name, value in intended(operation):
            lived[operation["record"], name].add(plain(value))
    forced = {key for key, found in parked.items() if any(data["state"] == "applied" for data in found)}
    for row in oracle.truth.values():
        if row["type"] != "conflict" or forced & {one["op"] for one in entries(row["data"])}:
            continue
        data = row["data"]
        for name, value in by_field(data, data.get("was")):
            where = data["record"], name
            oracle.checks["I5"] += 1
            known = {*lived[where], *oracle.lived[where], oracle.at_first(*where)}
            if value is None or plain(value) in known:
                continue
            if plain(value) not in seen_once(oracle, where, data) | asked_for(oracle, parked, where, data):
                raise Violation("diverged", "a conflict is about a value that was live", (name, value, data))


def seen_once(oracle: Oracle, where: tuple[str, str], conflict: dict) -> set[str]:
    """What lived before a restore, on devices that did not write it: who wrote it offers it again before newer work."""
    devices = {made.device for one in openers(conflict) for made in oracle.made.called(one["by"], one["op"])}
    own = (made.operation for made in oracle.made if made.device in devices)
    return oracle.lived_once[where] - {plain(value) for one in own for value in written(one, where)}


def asked_for(oracle: Oracle, parked: Parked, where: tuple[str, str], conflict: dict) -> set[str]:
    """What an author's own device had shown him as the value until he was told better.

    A change of his that a supervisor applied in other words; a change or decision dismissed that his screen still
    showed, in a form open since before or because a reset had made his device offer it again; a decision whose
    conflict a restore took away.
    """
    authors = {one["by"] for one in openers(conflict)}
    received = last_received(oracle, conflict)
    found: list[object] = []
    for data in (data for kept in parked.values() for data in kept if data["operation"]["by"] in authors):
        operation = data["operation"]
        told = data["state"] == "dismissed" and data["settled_at"] <= received
        if told or (data["state"] == "applied" and "edited" in data):
            found += written(operation, where)
        if operation["do"] == "resolve" and (told or data["code"] == "unknown_record"):
            found += chosen(oracle, operation["resolve"]["choose"], where)
    return set(map(plain, found))


def chosen(oracle: Oracle, choose: dict, where: tuple[str, str]) -> list[object]:
    """What a decision makes the value: its own words, or those of the operation it names."""
    if "op" in choose:
        return [value for made in oracle.made if made.id == choose["op"] for value in written(made.operation, where)]
    value = choose.get("value")
    return [value[where[1]] if isinstance(value, dict) and where[1] in value else value]


def last_received(oracle: Oracle, conflict: dict) -> str:
    """The time of the newest answer that a device had when its user wrote on the value that the conflict is about."""
    made = (made for one in openers(conflict) for made in oracle.made.called(one["by"], one["op"]))
    return max((one.operation["seen"]["at"] for one in made if one.operation["seen"]), default="")


def written(operation: dict, where: tuple[str, str]) -> list[object]:
    """What an operation wants to write there."""
    return [value for name, value in intended(operation) if (operation["record"], name) == where]


def openers(conflict: dict) -> list[dict]:
    """What was written on the value that the conflict is about."""
    return [one for one in entries(conflict) if one.get("was") == conflict.get("was")]


def entries(conflict: dict) -> list[dict]:
    """The live value and all candidates, with what they replaced."""
    current = [conflict["live"], *conflict["candidates"]]
    return current + [old for one in current for old in one.get("history", [])]


def by_field(conflict: dict, value: object) -> Iterator[tuple[str, object]]:
    """A field's value, or the members of a merge group's."""
    for name in conflict["fields"]:
        yield name, value.get(name) if conflict["fields"] != [conflict["field"]] else value


def applied_sets(oracle: Oracle, parked: Parked) -> Iterator[dict]:
    """Every `set` as it was applied: what a supervisor edited, in his words."""
    for made in oracle.made.judged(lambda made: made.operation["do"] == "set"):
        applied = (data for data in parked[made.id] if data["state"] == "applied")
        forced = next((data for data in applied if data["operation"] == made.operation), None)
        if forced is not None:
            yield {**made.operation, "set": forced.get("edited") or made.operation["set"]}
        elif made.verdict != "parked":
            yield made.operation


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
