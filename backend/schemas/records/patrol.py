"""Patrol inspections: the plan that recurs, and what a round finds."""

from backend.schemas.access import FIELD_WORK, OFFICE_DESK, SYSTEM_ONLY
from backend.schemas.fields import Code, Day, Flag, Instant, Integer, Reference, Text
from backend.schemas.records.shapes import YEAR_DAY
from backend.schemas.structures import List, Set, Struct
from backend.schemas.synced import Rules, Synced
from sync.policy import FIXED, SITE

MACHINE_TEMPLATE = Struct(
    {"asset": Reference("asset", required=True), "template": Reference("checklist_template", required=True)}
)


class PatrolPlan(Synced):
    """Which machines of a site are inspected by which checklist, and when; due days follow from the anchor alone.

    Machines of another kind than the rest have their own checklist in `templates`.
    """

    rules = Rules("patrol_plan", "create set", create=OFFICE_DESK, write=OFFICE_DESK, is_root=True)
    branch = Reference("branch", merge=FIXED, required=True)
    name = Text(200, required=True)
    customer = Reference("customer", merge=FIXED, required=True)
    site = Reference("site", merge=FIXED, required=True)
    contact = Reference("contact")
    template = Reference("checklist_template", required=True)
    assets = List(Reference("asset"), 200, required=True)
    templates = List(MACHINE_TEMPLATE, 200)
    assignee = Reference("user")
    policy = Reference("service_policy")
    calendar = Reference("work_calendar")
    active = Flag()

    recurrence = Code("recurrence", group="schedule", required=True)
    anchor = Day(group="schedule", required=True)
    every = Integer(1, 1000, group="schedule")
    weekdays = Set(Integer(0, 6), 7, group="schedule")
    dates = List(YEAR_DAY, 60, group="schedule")
    lead_days = Integer(0, 365, group="schedule")
    shift = Code("shift", group="schedule")
    until = Day(group="schedule")
    tolerance_before = Integer(0, 180, group="schedule")
    tolerance_after = Integer(0, 180, group="schedule")

    usage_hours = Integer(1, 1_000_000, group="usage")
    usage_base = Integer(0, 10_000_000, group="usage")
    family = Text(60)
    rank = Integer(0, 100)
    stopped_because = Code("plan_stop", write=SYSTEM_ONLY)


class Finding(Synced):
    """A failed or out-of-limit item that needs action: fixed on the spot, a work order, or advice (003#1)."""

    rules = Rules("finding", "create set", create=FIELD_WORK, write=FIELD_WORK, owner=SITE)
    checklist = Reference("checklist", merge=FIXED, required=True)
    item = Text(40, merge=FIXED, required=True)
    asset = Reference("asset", merge=FIXED)
    severity = Code("finding_severity", required=True)
    description = Text(2000, required=True)
    action = Code("finding_action", required=True)
    advice = Code("finding_advice")


class AssetFinding(Synced):
    """What a machine keeps of a finding: it goes with the machine to whoever visits it next.

    It is open until it was fixed, its order repaired it, or a later round inspected the item again.
    """

    rules = Rules("asset_finding", "create set", create=SYSTEM_ONLY, write=SYSTEM_ONLY, under="asset")
    finding = Reference("finding", merge=FIXED, required=True)
    template = Text(60, merge=FIXED)
    item = Text(40, merge=FIXED, required=True)
    found_at = Instant(merge=FIXED, required=True)
    severity = Code("finding_severity", required=True)
    description = Text(2000, required=True)
    action = Code("finding_action", required=True)
    advice = Code("finding_advice")
    order_number = Text(60)
    order_end = Code("order_end")
    inspected_at = Instant()
