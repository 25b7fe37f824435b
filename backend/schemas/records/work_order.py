"""The work order, root of everything that happens on it."""

from backend.schemas.access import DISPATCHING, FINDINGS, HOLDING, MISSING, OFFICE_DESK
from backend.schemas.fields import Code, Day, Flag, Instant, Integer, Reference, Text
from backend.schemas.structures import List, Set
from backend.schemas.synced import Rules, Synced
from sync.policy import DERIVED, FIXED, MAJOR, SITE


class WorkOrder(Synced):
    """The unit of field work."""

    rules = Rules("work_order", "create set transition", create=OFFICE_DESK, write=DISPATCHING, is_root=True)
    number = Text(40, merge=FIXED, required=True)
    type = Code("work_order_type", required=True, severity=MAJOR)
    priority = Code("priority", required=True, severity=MAJOR)
    severity = Code("severity")
    grade = Code("service_grade")
    customer = Reference("customer", required=True)
    site = Reference("site")
    contact = Reference("contact")
    asset = Reference("asset")
    policy = Reference("service_policy", merge=FIXED)
    policy_version = Integer(1, merge=FIXED)
    branch = Reference("branch", merge=FIXED, required=True)
    received_at = Instant(merge=FIXED, required=True)
    title = Text(200, required=True)
    customer_wish = Text(4000, personal=True)
    entitlement = Code("entitlement", severity=MAJOR)
    case = Code("case_class")
    region_band = Code("region_band", group="region")
    region_reason = Text(400, group="region")
    remote_failed_at = Instant()

    assignee = Reference("user", group="dispatch", severity=MAJOR)
    appointment_start = Instant(group="dispatch", severity=MAJOR)
    appointment_end = Instant(group="dispatch", severity=MAJOR)
    crew = Set(Reference("user"), 20, severity=MAJOR)

    fault = Text(4000, owner=SITE, write=FINDINGS)
    diagnosis = Text(4000, owner=SITE, write=FINDINGS)
    cause = Code("responsibility_cause", owner=SITE, write=FINDINGS)
    work_done = Text(4000, owner=SITE, write=FINDINGS)
    next_maintenance_on = Day(owner=SITE, write=FINDINGS)
    expected_completion = Instant(owner=SITE, write=FINDINGS)

    hold_reason = Code("hold_reason", owner=SITE, write=HOLDING)
    hold_until = Day(owner=SITE, write=HOLDING)
    hold_told = Flag(owner=SITE, write=HOLDING)
    cancel_reason = Text(1000)

    plan = Reference("patrol_plan", merge=FIXED)
    assets = List(Reference("asset"), 200, merge=FIXED)
    nominal_on = Day(merge=FIXED)
    due_on = Day(group="window")
    opens_on = Day(group="window")
    closes_on = Day(group="window")
    missed_because = Text(1000, owner=SITE, write=MISSING)
    opened_from = Reference("*", merge=FIXED)

    state = Code("order_state", merge=DERIVED)
    held_from = Code("order_state", merge=DERIVED)
    accepted_at = Instant(merge=DERIVED)
    arrived_at = Instant(merge=DERIVED)
    started_at = Instant(merge=DERIVED)
    finished_at = Instant(merge=DERIVED)
