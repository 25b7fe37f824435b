"""Devices, for administrators."""

from backend.api.access import caller, parts
from backend.api.blueprint import Blueprint
from backend.api.bodies import Device
from backend.services import devices as service

devices = Blueprint("devices", __name__, url_prefix="/api/v1/devices", description="Devices")


@devices.get("")
@devices.response(200, Device(many=True))
def every() -> list[service.Device]:
    """Every device that was ever signed in on."""
    caller("admin")
    return service.every_device(parts())


@devices.delete("/<device>")
@devices.response(204)
def revoke(device: str) -> None:
    """Shut a device out; ends its sessions."""
    caller("admin")
    service.revoke(parts(), device)
