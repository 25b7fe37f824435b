"""What is recorded during a visit: events, photos and notes."""

from backend.schemas.access import HIDERS, PICTURES, RULERS, TALK, VISITING
from backend.schemas.fields import ERASED, Code, Flag, Instant, Integer, Reference, Sha256, Text
from backend.schemas.limits import LIMITS
from backend.schemas.records.shapes import PLACE
from backend.schemas.structures import Struct
from backend.schemas.synced import Rules, Synced
from sync.policy import DERIVED, FIXED, OFFICE, PLAIN, SITE


class VisitEvent(Synced):
    """A moment of a visit, with the place or why there is none; the desk tells of a hold and its end only.

    `event_time` is when it happened as far as it counts; a supervisor rules on one that is in doubt.
    """

    rules = Rules("visit_event", "append set", create=VISITING, merge=FIXED, owner=SITE, additive=True)
    kind = Code("visit_event_kind", required=True)
    place = Struct(PLACE, personal=True)
    place_missing = Code("place_missing")
    reason = Text(1000, personal=True)
    event_time = Instant(merge=DERIVED)
    device_time = Instant(merge=DERIVED)
    received_time = Instant(merge=DERIVED)
    doubt = Code("time_doubt", merge=DERIVED)
    ruled_time = Instant(merge=PLAIN, owner=OFFICE, group="ruling", write=RULERS)
    ruled_because = Text(1000, merge=PLAIN, owner=OFFICE, group="ruling", write=RULERS)


class Photo(Synced):
    """A picture, named by the hash of its bytes; the bytes travel on their own."""

    rules = Rules(
        "photo",
        "append set hide restore",
        create=PICTURES,
        merge=FIXED,
        owner=SITE,
        hide=HIDERS,
        blob="sha256",
        additive=True,
    )
    sha256 = Sha256(required=True)
    size = Integer(1, LIMITS["photo_bytes"], required=True)
    media_type = Text(60, required=True)
    width = Integer(1, 100_000)
    height = Integer(1, 100_000)
    slot = Code("photo_slot", required=True)
    checklist = Reference("checklist")
    item = Text(40)
    taken_at = Instant()
    place = Struct(PLACE, personal=True)
    caption = Text(1000, personal=True, merge=PLAIN, write=PICTURES)
    stored = Flag(merge=DERIVED)


class Note(Synced):
    """A remark that stays."""

    rules = Rules("note", "append hide restore", create=TALK, merge=FIXED, hide=HIDERS, additive=True)
    text = Text(4000, required=True, personal=True, blank=ERASED)
