"""Complaints: what a customer is not content with, and how one named person puts it right."""

from backend.schemas.access import COMPLAINING, COMPLAINT_RECORDS, HANDLING
from backend.schemas.fields import ERASED, Code, Flag, Instant, Integer, Reference, Text
from backend.schemas.structures import Set
from backend.schemas.synced import Rules, Synced
from sync.policy import DERIVED, FIXED, MAJOR


class Complaint(Synced):
    """One complaint from its registering to its closing; `engineers` did the work it is about.

    Who registers it on site hands it to the desk and sees no more of it.
    """

    rules = Rules(
        "complaint", "create set transition", create=COMPLAINING, write=HANDLING, is_root=True, handed_in=True
    )
    number = Text(40, merge=FIXED, required=True)
    branch = Reference("branch", merge=FIXED, required=True)
    customer = Reference("customer", merge=FIXED, required=True)
    site = Reference("site")
    contact = Reference("contact", write=COMPLAINT_RECORDS)
    asset = Reference("asset")
    order = Reference("work_order", merge=FIXED)
    callback = Reference("callback", merge=FIXED)
    engineers = Set(Reference("user"), 50, severity=MAJOR)
    registered_by = Reference("user", merge=DERIVED)

    channel = Code("complaint_channel", required=True)
    complainant = Text(120, personal=True, write=COMPLAINT_RECORDS)
    received_at = Instant(merge=FIXED, required=True)
    description = Text(4000, required=True, personal=True, blank=ERASED)
    demand = Text(2000, personal=True, write=COMPLAINT_RECORDS)
    key_complaint = Flag(write=COMPLAINT_RECORDS)
    paper_file = Text(60, write=COMPLAINT_RECORDS)

    handler = Reference("user", severity=MAJOR)
    finding = Text(4000)
    solution = Code("complaint_solution", severity=MAJOR)
    solution_note = Text(2000)
    arrived_at = Instant()
    confirmed_by = Text(120, personal=True)
    told_at = Instant(group="told")
    satisfaction = Integer(1, 5, group="told")
    attempted = Text(2000, personal=True)
    root_cause = Text(2000)
    prevention = Text(2000)

    state = Code("complaint_state", merge=DERIVED)
    acknowledged_at = Instant(merge=DERIVED)
    investigated_at = Instant(merge=DERIVED)
    confirmed_at = Instant(merge=DERIVED)
    executed_at = Instant(merge=DERIVED)
    closed_at = Instant(merge=DERIVED)
