"""Listing devices and shutting one out."""

from backend.services.parts import Parts
from backend.store import devices
from backend.store.devices import Device
from sync.errors import Fault


def every_device(parts: Parts) -> list[Device]:
    with parts.database.read() as sql:
        return devices.all_devices(sql)


def revoke(parts: Parts, device: str) -> None:
    """End the device's sessions and tokens; it gets a new id if somebody signs in on it again."""
    with parts.database.write() as sql:
        if not devices.revoke(sql, device, parts.now()):
            raise Fault("not_found")
