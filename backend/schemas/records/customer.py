"""Customers with their sites, contacts and machines; an order carries them to its engineers."""

from backend.schemas.access import MACHINE_FACTS, OFFICE_DESK
from backend.schemas.fields import ERASED, Code, Day, Flag, Integer, Reference, Text
from backend.schemas.synced import Rules, Synced
from sync.policy import FIXED, SITE


class Customer(Synced):
    """Who rents, bought or owns the equipment."""

    rules = Rules("customer", "create set", create=OFFICE_DESK, write=OFFICE_DESK, is_root=True)
    branch = Reference("branch", merge=FIXED, required=True)
    name = Text(200, required=True, personal=True, blank=ERASED)
    kind = Code("customer_kind")
    phone = Text(40, personal=True)
    address = Text(400, personal=True)
    key_customer = Flag()
    notes = Text(4000, personal=True)


class Site(Synced):
    """Where equipment stands."""

    rules = Rules("site", "create set", create=OFFICE_DESK, write=OFFICE_DESK, is_root=True)
    branch = Reference("branch", merge=FIXED, required=True)
    customer = Reference("customer", merge=FIXED, required=True)
    name = Text(200, required=True, personal=True, blank=ERASED)
    address = Text(400, group="place", personal=True)
    lat_e7 = Integer(-900_000_000, 900_000_000, group="place", personal=True)
    lon_e7 = Integer(-1_800_000_000, 1_800_000_000, group="place", personal=True)
    region_band = Code("region_band")
    access_notes = Text(2000, personal=True)
    timezone = Text(60)


class Contact(Synced):
    """A person at the customer."""

    rules = Rules("contact", "create set", create=OFFICE_DESK, write=OFFICE_DESK, is_root=True)
    branch = Reference("branch", merge=FIXED, required=True)
    customer = Reference("customer", merge=FIXED, required=True)
    site = Reference("site")
    name = Text(120, required=True, personal=True, blank=ERASED)
    phone = Text(40, personal=True)
    email = Text(200, personal=True)
    role = Code("contact_role")


class Asset(Synced):
    """One serviceable machine."""

    rules = Rules("asset", "create set", create=OFFICE_DESK, write=OFFICE_DESK, is_root=True)
    branch = Reference("branch", merge=FIXED, required=True)
    number = Text(60, required=True)
    serial = Text(80)
    maker = Text(120)
    model = Text(120)
    category = Text(120)
    customer = Reference("customer")
    site = Reference("site")
    position = Text(200)
    ownership = Code("ownership")
    acquired_on = Day()
    condition = Code("condition", owner=SITE, write=MACHINE_FACTS)
    running_hours = Integer(0, 10_000_000, owner=SITE, write=MACHINE_FACTS)
    retired_on = Day()
