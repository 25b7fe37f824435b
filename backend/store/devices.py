"""Devices that somebody signed in on, or that a token was made for, and what their clocks and counts tell."""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.store.sql import Sql

LIST = """SELECT d.id, d.name, d.created_at, d.seen_at, d.revoked_at, s.user_id FROM devices d
  LEFT JOIN sessions s ON s.device = d.id ORDER BY d.created_at, d.id, s.user_id"""

COPIES = "SELECT device, COUNT(*), MAX(noticed_at) FROM twins GROUP BY device"
MISSING = """SELECT device, SUM(missing) FROM (SELECT device, MAX(n) - COUNT(DISTINCT n) AS missing FROM judged
  WHERE n > 0 GROUP BY user_id, device) AS counts GROUP BY device"""
CLOCKS = """SELECT j.device, j.clock_offset FROM judged j
  JOIN (SELECT user_id, device, MAX(n) AS n FROM judged GROUP BY user_id, device) newest
  ON j.user_id = newest.user_id AND j.device = newest.device AND j.n = newest.n ORDER BY j.seq"""


@dataclass(slots=True)
class Device:
    """`copies` are numbers that came twice, `missing` those that never came, of all its users."""

    id: str
    name: str
    created_at: int
    seen_at: int
    revoked_at: int | None
    users: list[str]
    copies: int = 0
    copied_at: int | None = None
    missing: int = 0
    clock_offset_ms: int | None = None


def is_known(sql: Sql, device: str) -> bool:
    return sql.one("SELECT 1 FROM devices WHERE id = ? AND revoked_at IS NULL", device) is not None


def add(sql: Sql, device: str, name: str, now: int) -> None:
    sql.run("INSERT INTO devices (id, name, created_at, seen_at) VALUES (?, ?, ?, ?)", device, name, now, now)


def all_devices(sql: Sql) -> list[Device]:
    """Every device ever seen, with the users signed in on it now."""
    devices: dict[str, Device] = {}
    for one, name, created_at, seen_at, revoked_at, user in sql.all(LIST):
        device = devices.setdefault(one, Device(one, name, created_at, seen_at, revoked_at, []))
        if user is not None and user not in device.users:
            device.users.append(user)
    _tell_evidence(sql, devices)
    return list(devices.values())


def _tell_evidence(sql: Sql, devices: Mapping[str, Device]) -> None:
    for one, copies, at in sql.all(COPIES):
        if one in devices:
            devices[one].copies, devices[one].copied_at = copies, at
    for one, missing in sql.all(MISSING):
        if one in devices:
            devices[one].missing = int(missing)
    for one, offset in sql.all(CLOCKS):
        if one in devices:
            devices[one].clock_offset_ms = offset


def count_copied(sql: Sql) -> int:
    """How many devices sent a number twice."""
    (count,) = sql.one("SELECT COUNT(DISTINCT device) FROM twins") or (0,)
    return int(count)


def revoke(sql: Sql, device: str, now: int) -> bool:
    """Shut a device out and end its sessions; False if there is no such device."""
    sql.run("DELETE FROM sessions WHERE device = ?", device)
    return sql.run("UPDATE devices SET revoked_at = ? WHERE id = ?", now, device) > 0
