"""Quotations in numbered revisions, and the customer's decision on one of them."""

from backend.schemas.access import FIELD_FACTS, FIELD_WORK, HIDERS
from backend.schemas.fields import Code, Decimal, Integer, Money, Reference, Sha256, Text
from backend.schemas.structures import List, Struct
from backend.schemas.synced import Rules, Synced
from sync.policy import DERIVED, FIXED, MAJOR, SITE

LARGEST_AMOUNT = 10**13

QUOTATION_LINE = Struct(
    {
        "code": Text(60, required=True),
        "name": Text(200, required=True),
        "kind": Code("line_kind", required=True),
        "unit": Text(20),
        "price": Money(0, LARGEST_AMOUNT, required=True),
        "quantity": Decimal(2, required=True),
        "amount": Money(0, LARGEST_AMOUNT, required=True),
        "part": Reference("part"),
    }
)


class Quotation(Synced):
    """One revision: its lines may change until it is presented, afterwards only a new revision helps."""

    rules = Rules(
        "quotation",
        "create set transition hide restore",
        create=FIELD_WORK,
        owner=SITE,
        write=FIELD_WORK,
        hide=HIDERS,
    )
    number = Integer(1, 10_000, merge=FIXED, required=True)
    currency = Code("currency", merge=FIXED, required=True)
    price_list = Reference("price_list", merge=FIXED)
    lines = List(QUOTATION_LINE, 200, required=True, severity=MAJOR)
    reason = Text(1000)
    state = Code("quotation_state", merge=DERIVED)
    total = Money(merge=DERIVED)
    hash = Sha256(merge=DERIVED)


class Consent(Synced):
    """The customer's decision, bound to the hash of one revision."""

    rules = Rules("consent", "append", create=FIELD_FACTS, merge=FIXED, owner=SITE)
    quotation = Reference("quotation", required=True)
    hash = Sha256(required=True)
    decision = Code("consent_decision", required=True)
    mode = Code("consent_mode")
    reason_code = Code("refusal_reason")
    reason_text = Text(1000, personal=True)
    person = Text(120, personal=True)
    role = Text(120, personal=True)
    signature = Reference("signature")
