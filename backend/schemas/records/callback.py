"""Callbacks after service or by period: their questions, attempts and outcome."""

from backend.schemas.access import ADMINISTRATION, CALLING, OFFICE_DESK, SCHEDULING
from backend.schemas.fields import Code, Day, Flag, Instant, Integer, Reference, Text
from backend.schemas.records.shapes import NAMES
from backend.schemas.structures import List, Set, Struct
from backend.schemas.synced import Rules, Synced
from sync.policy import DERIVED, FIXED

QUESTION = Struct(
    {
        "id": Text(40, required=True),
        "kind": Code("question_kind", required=True),
        "label": Struct(NAMES, required=True),
    }
)

ANSWER = Struct({"question": Text(40, required=True), "score": Integer(1, 5), "text": Text(2000)})


class QuestionTemplate(Synced):
    """The questions of one kind of callback in one version; a callback pins a copy of them."""

    rules = Rules("question_template", "create", create=ADMINISTRATION, merge=FIXED, is_root=True)
    key = Text(60, required=True)
    version = Integer(1, required=True)
    name = Struct(NAMES, required=True)
    source = Text(60)
    questions = List(QUESTION, 30, required=True)


class Callback(Synced):
    """One callback due in a window of the site's days; `workers` did the job and never carry it out."""

    rules = Rules("callback", "create", create=SCHEDULING, merge=FIXED, is_root=True)
    branch = Reference("branch", required=True)
    rule = Code("callback_rule", required=True)
    order = Reference("work_order")
    plan = Reference("callback_plan")
    complaint = Reference("complaint")
    customer = Reference("customer", required=True)
    site = Reference("site")
    contact = Reference("contact")
    workers = Set(Reference("user"), 50)
    template = Reference("question_template")
    questions = List(QUESTION, 30, required=True)
    opens_on = Day(required=True)
    closes_on = Day(required=True)
    visible_from = Instant(required=True)
    closes_at = Instant(required=True)
    state = Code("callback_state", merge=DERIVED)
    next_attempt_at = Instant(merge=DERIVED)
    score = Integer(1, 5, merge=DERIVED)
    outcome = Code("callback_outcome", merge=DERIVED)


class CallbackAttempt(Synced):
    """One try to reach the customer, with the answers if somebody answered."""

    rules = Rules("callback_attempt", "append", create=CALLING, merge=FIXED, under="callback")
    channel = Code("callback_channel", required=True)
    outcome = Code("callback_outcome", required=True)
    because = Code("unanswered_because")
    person = Text(120, personal=True)
    answers = List(ANSWER, 30, personal=True)
    score = Integer(1, 5)
    note = Text(4000, personal=True)
    again_at = Instant()


class CallbackPlan(Synced):
    """Callbacks to one customer that repeat every so many months, or a campaign of `window_days` each year."""

    rules = Rules("callback_plan", "create set", create=OFFICE_DESK, write=OFFICE_DESK, is_root=True)
    branch = Reference("branch", merge=FIXED, required=True)
    customer = Reference("customer", merge=FIXED, required=True)
    site = Reference("site")
    contact = Reference("contact")
    rule = Code("callback_rule", merge=FIXED, required=True)
    template_key = Text(60)
    anchor = Day(group="rhythm", required=True)
    every_months = Integer(1, 120, group="rhythm", required=True)
    window_days = Integer(1, 366, group="rhythm")
    active = Flag()
