"""The engineer's report and the supervisor's review of it."""

from backend.schemas.access import FIELD_FACTS, REVIEWERS
from backend.schemas.fields import Code, Day, Reference, Text
from backend.schemas.structures import List, Struct
from backend.schemas.synced import Rules, Synced
from sync.policy import FIXED, SITE

COMMENT = Struct(
    {
        "type": Code("record_type"),
        "record": Reference("*"),
        "item": Text(80),
        "text": Text(2000, required=True),
    }
)


class Report(Synced):
    """What the engineer submits when the work is done."""

    rules = Rules("report", "append", create=FIELD_FACTS, merge=FIXED, owner=SITE)
    result = Code("report_result", required=True)
    summary = Text(4000)
    reason = Text(2000)
    next_visit_on = Day()


class Review(Synced):
    """The supervisor's decision on one report, with comments on single items."""

    rules = Rules("review", "append", create=REVIEWERS, merge=FIXED)
    report = Reference("report", required=True)
    decision = Code("review_decision", required=True)
    comments = List(COMMENT, 200)
