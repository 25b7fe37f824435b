"""Devices that somebody signed in on, or that a token was made for."""

from dataclasses import dataclass

from backend.store.sql import Sql

LIST = """SELECT d.id, d.name, d.created_at, d.seen_at, d.revoked_at, s.user_id FROM devices d
  LEFT JOIN sessions s ON s.device = d.id ORDER BY d.created_at, d.id, s.user_id"""


@dataclass(slots=True)
class Device:
    id: str
    name: str
    created_at: int
    seen_at: int
    revoked_at: int | None
    users: list[str]


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
    return list(devices.values())


def revoke(sql: Sql, device: str, now: int) -> bool:
    """Shut a device out and end its sessions; False if there is no such device."""
    sql.run("DELETE FROM sessions WHERE device = ?", device)
    return sql.run("UPDATE devices SET revoked_at = ? WHERE id = ?", now, device) > 0
