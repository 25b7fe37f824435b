"""The customer's signature and rating."""

from backend.schemas.access import FIELD_FACTS
from backend.schemas.fields import Code, Flag, Instant, Integer, Reference, Sha256, Text
from backend.schemas.structures import Json
from backend.schemas.synced import Rules, Synced
from sync.policy import DERIVED, FIXED, SITE


class Signature(Synced):
    """A handwritten signature under a frozen statement."""

    rules = Rules("signature", "sign", create=FIELD_FACTS, merge=FIXED, owner=SITE, additive=True)
    statement = Json(262_144, required=True, personal=True, blank={})
    ink = Json(262_144, required=True, personal=True, blank=[])
    sha256 = Sha256(merge=DERIVED)
    document = Code("signature_document", merge=DERIVED)
    act = Code("signature_act", merge=DERIVED)
    reason = Text(1000, merge=DERIVED, personal=True)
    state = Code("signature_state", merge=DERIVED)
    event_time = Instant(merge=DERIVED)
    device_time = Instant(merge=DERIVED)
    received_time = Instant(merge=DERIVED)
    doubt = Code("time_doubt", merge=DERIVED)


class Rating(Synced):
    """1 to 5 from the customer, or `declined`: he was asked and gave none."""

    rules = Rules("rating", "append", create=FIELD_FACTS, merge=FIXED, owner=SITE, additive=True)
    score = Integer(1, 5)
    declined = Flag()
    comment = Text(2000, personal=True)
    signature = Reference("signature")
