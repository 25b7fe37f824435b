"""Parts, price lists, service policies and checklist templates: versioned reference data."""

from backend.schemas.access import ADMINISTRATION
from backend.schemas.fields import Code, Day, Flag, Instant, Integer, Money, Reference, Text
from backend.schemas.records.shapes import CHECKLIST_ITEM, NAMES, RHYTHM
from backend.schemas.structures import Json, List, Struct
from backend.schemas.synced import Rules, Synced
from sync.policy import DERIVED, FIXED, MAJOR


class Part(Synced):
    """A spare part of the catalogue."""

    rules = Rules("part", "create set", create=ADMINISTRATION, write=ADMINISTRATION, is_root=True)
    code = Text(60, required=True)
    name = Text(200, required=True)
    model = Text(120)
    source = Code("part_source")
    unit = Text(20)
    price = Money(group="price", severity=MAJOR)
    currency = Code("currency", group="price", severity=MAJOR)


PRICE_LINE = Struct(
    {
        "code": Text(60, required=True),
        "name": Text(200, required=True),
        "kind": Code("line_kind", required=True),
        "unit": Text(20),
        "price": Money(required=True),
        "part": Reference("part"),
    }
)


class PriceList(Synced):
    """The public tariff in one version."""

    rules = Rules("price_list", "create set", create=ADMINISTRATION, merge=FIXED, is_root=True)
    key = Text(60, required=True)
    version = Integer(1, required=True)
    name = Text(200, required=True)
    currency = Code("currency", required=True)
    valid_from = Day()
    lines = List(PRICE_LINE, 2000, required=True)


# What an order is judged by when a timer looks for its own.
CONDITIONS = {
    "priority": Code("priority"),
    "severity": Code("severity"),
    "grade": Code("service_grade"),
    "band": Code("region_band"),
    "case": Code("case_class"),
}
TIMER = Struct(
    {
        "name": Code("timer", required=True),
        **CONDITIONS,
        "exclude": Struct(CONDITIONS),
        "start": Code("clock_start", required=True),
        "stop": Code("clock_stop", required=True),
        "limit": Integer(0, 5_256_000),
        "unit": Code("limit_unit", required=True),
        "calendar": Text(60, required=True),
        "pausable": Flag(),
        "source": Text(60, required=True),
    }
)


class ServicePolicy(Synced):
    """The promises made to a customer, in one version: timers and settings.

    A timer whose limit is blank may be written down, but such a policy is not active. Orders received from the day
    `valid_from` on take it, in the company's zone; without one, those received after it was made.
    """

    rules = Rules("service_policy", "create set", create=ADMINISTRATION, merge=FIXED, is_root=True)
    key = Text(60, required=True)
    version = Integer(1, required=True)
    name = Struct(NAMES, required=True)
    source = Text(200)
    calendar = Text(60)
    timers = List(TIMER, 100, required=True)
    settings = Json()
    active = Flag()
    valid_from = Day()
    made_by = Reference("user", merge=DERIVED)
    made_at = Instant(merge=DERIVED)


class ChecklistTemplate(Synced):
    """The items of a checklist in one version; an order's checklist pins a copy of them."""

    rules = Rules("checklist_template", "create set", create=ADMINISTRATION, merge=FIXED, is_root=True)
    key = Text(60, required=True)
    version = Integer(1, required=True)
    name = Struct(NAMES, required=True)
    items = List(CHECKLIST_ITEM, 200, required=True)
    applies_to = List(Code("work_order_type"), 20)
    source = Text(60)
    rhythm = Struct(RHYTHM)
