"""What must hold on a device at every step: waiting work is shown, and none goes before its effect has arrived."""

from __future__ import annotations

from tests.simulation.device import Device
from tests.simulation.made import Made
from tests.simulation.oracle import Oracle, Violation


def check_delivered(oracle: Oracle, device: Device, made: Made, through: int, hidden: set[str]) -> None:
    """An operation that left the overlay has its verdict, and its effect is among the confirmed records."""
    operation = made.operation
    oracle.checks["I1"] += 1
    if not made.settled(through):
        raise Violation("lost", "own work stays on the device until its effect has arrived", (device.name, operation))
    row = device.disk.shelf.rows.get((operation["type"], operation["record"]))
    there = row is not None and row["version"] >= made.version
    there = there or oracle.is_forgotten(operation["record"])
    if made.verdict == "parked" or there or operation["root"] in hidden:
        return
    raise Violation("diverged", "own work does not vanish from the screen", (device.name, operation, row))


def check_pending(oracle: Oracle, device: Device, through: int) -> None:
    """Work that waits is shown on the record it changes, unless that was made where the device has not heard of yet."""
    disk = device.disk
    if not (disk.outbox or disk.overlay):
        return
    pending = disk.pending()
    made_here = {one["record"] for one in pending if one["do"] in ("create", "append", "move", "sign")}
    for operation in pending:
        record = operation["record"]
        oracle.checks["I6"] += 1
        known = (operation["type"], record) in disk.shelf.rows or record in made_here
        excused = known or operation["root"] in disk.handed_over or record in oracle.vanished
        excused = excused or oracle.is_forgotten(record) or oracle.born.get(record, 0) > through
        if excused or record not in oracle.truth or operation["id"] in oracle.judged_once | oracle.rogue:
            continue
        raise Violation("diverged", "pending work keeps its record on the screen", (device.name, operation))
