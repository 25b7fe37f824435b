"""Checklists filled on site, and the readings taken for them."""

from backend.schemas.access import CHECKLIST_HIDERS, CHECKLISTS, FIELD_FACTS, FIELD_WORK
from backend.schemas.fields import Code, Decimal, Integer, Reference, Text
from backend.schemas.records.shapes import CHECKLIST_ITEM, NAMES
from backend.schemas.structures import List, Struct
from backend.schemas.synced import Rules, Synced
from sync.policy import ANSWER, FIXED, MAJOR, PLAIN, SITE

ANSWER_SHAPE = {
    "result": Code("answer_result"),
    "value": Text(1000),
    "note": Text(2000),
    "reason": Text(1000),
    "instrument": Text(200),
}


class Checklist(Synced):
    """A checklist of one order: a pinned copy of the template's items, and one answer per item."""

    rules = Rules(
        "checklist",
        "create set hide restore",
        create=CHECKLISTS,
        merge=FIXED,
        hide=CHECKLIST_HIDERS,
        patterns={
            "answers/": Struct(ANSWER_SHAPE, merge=ANSWER, owner=SITE, write=FIELD_WORK, severity=MAJOR, additive=True)
        },
    )
    template = Reference("checklist_template")
    template_version = Integer(1)
    name = Struct(NAMES, required=True)
    items = List(CHECKLIST_ITEM, 200, required=True)
    asset = Reference("asset")
    skipped_because = Text(1000, merge=PLAIN, owner=SITE, write=FIELD_WORK)


class Reading(Synced):
    """A measured value with the limits that applied."""

    rules = Rules("reading", "append", create=FIELD_FACTS, merge=FIXED, owner=SITE, additive=True)
    checklist = Reference("checklist")
    item = Text(40)
    value = Decimal(required=True)
    unit = Text(20)
    minimum = Decimal()
    maximum = Decimal()
    instrument = Text(200)
    verdict = Code("answer_result")
