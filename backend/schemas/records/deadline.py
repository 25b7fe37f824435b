"""What the scheduler keeps of promised deadlines: each with its explanation, and the notices it gives."""

from backend.schemas.access import OWN_NOTICES, SYSTEM_ONLY
from backend.schemas.fields import Code, Flag, Instant, Integer, Reference, Text
from backend.schemas.structures import List, Struct
from backend.schemas.synced import Rules, Synced
from sync.policy import FIXED

POINT = Struct({"share": Integer(0, 1000, required=True), "at": Instant(required=True)})
PAUSE = Struct({"from": Instant(required=True), "until": Instant()})


class Deadline(Synced):
    """A timer of the policy applied to an order or a complaint: start, rule, source, calendar, pauses and result.

    `due_at` is absent while a pause without end holds the clock, or while `missing_year` has no day list.
    """

    rules = Rules("deadline", "create set", create=SYSTEM_ONLY, write=SYSTEM_ONLY, under="work_order complaint")
    name = Code("timer", merge=FIXED, required=True)
    start = Code("clock_start", merge=FIXED, required=True)
    stop = Code("clock_stop", merge=FIXED, required=True)
    limit = Integer(0, 5_256_000, merge=FIXED, required=True)
    limit_unit = Code("limit_unit", merge=FIXED, required=True)
    calendar = Text(60, merge=FIXED, required=True)
    source = Text(60, merge=FIXED, required=True)
    pausable = Flag(merge=FIXED)
    start_at = Instant(required=True)
    due_at = Instant()
    points = List(POINT, 20)
    pauses = List(PAUSE, 200)
    state = Code("deadline_state", required=True)
    stopped_at = Instant()
    missing_year = Integer(2000, 2200)


class Notice(Synced):
    """One thing told to one person once: a warning, a step of the escalation ladder, a stopped plan."""

    rules = Rules("notice", "create set", create=SYSTEM_ONLY, merge=FIXED, is_root=True)
    to = Reference("user", required=True)
    kind = Code("notice_kind", required=True)
    order = Reference("work_order")
    plan = Reference("patrol_plan")
    complaint = Reference("complaint")
    timer = Code("timer")
    share = Integer(0, 1000)
    at = Instant(required=True)
    due_at = Instant()
    text = Text(400)
    seen = Flag(merge="plain", write=OWN_NOTICES)
