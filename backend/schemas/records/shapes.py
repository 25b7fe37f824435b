"""Structured values that several record types share."""

from backend.schemas.fields import Code, Decimal, Flag, Integer, Text
from backend.schemas.structures import List, Set, Struct

NAMES = {"zh-CN": Text(200, required=True), "zh-TW": Text(200, required=True), "en": Text(200, required=True)}

OPTION = Struct({"code": Text(40, required=True), "label": Struct(NAMES, required=True), "defect": Flag()})

# `instrument` is one of the labelled kinds, or in an administrator's own words.
CHECKLIST_ITEM = Struct(
    {
        "id": Text(40, required=True),
        "phase": Code("checklist_phase", required=True),
        "kind": Code("item_kind", required=True),
        "label": Struct(NAMES, required=True),
        "required": Flag(required=True),
        "critical": Flag(required=True),
        "unit": Text(20),
        "minimum": Decimal(),
        "maximum": Decimal(),
        "minimum_exclusive": Flag(),
        "maximum_exclusive": Flag(),
        "decimals": Integer(0, 6),
        "photo_on_fail": Flag(),
        "instrument": Text(120),
        "options": List(OPTION, 30),
    }
)

YEAR_DAY = Struct({"month": Integer(1, 12, required=True), "day": Integer(1, 31, required=True)})

RHYTHM = {
    "recurrence": Code("recurrence", required=True),
    "every": Integer(1, 1000),
    "weekdays": Set(Integer(0, 6), 7),
    "dates": List(YEAR_DAY, 60),
    "lead_days": Integer(0, 365),
}

PLACE = {
    "lat_e7": Integer(-900_000_000, 900_000_000, required=True),
    "lon_e7": Integer(-1_800_000_000, 1_800_000_000, required=True),
    "accuracy_m": Integer(0, 10_000_000),
}
