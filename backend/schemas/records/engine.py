"""Records that the sync engine makes itself: conflicts, parked operations and their outcomes."""

from backend.schemas.access import ARBITERS, DECIDERS
from backend.schemas.fields import Code, Reference, Text
from backend.schemas.structures import Json, List
from backend.schemas.synced import Rules, Synced
from sync.policy import DERIVED


class Conflict(Synced):
    """Two values of one field or group, both kept until a person decides."""

    rules = Rules("conflict", "resolve", merge=DERIVED, settle=ARBITERS)
    record_type = Code("record_type")
    record = Reference("*")
    field = Text(200)
    was = Json()
    live = Json()
    candidates = Json()
    severity = Code("conflict_severity")
    state = Code("conflict_state")
    opened_at = Text(40)
    attempts = List(Reference("parked"))
    choice = Json()
    reason = Text(2000)
    resolved_by = Reference("user")
    resolved_at = Text(40)

    class Meta:
        """A name that marshmallow uses itself."""

        include = {"fields": List(Text(200), merge=DERIVED)}


class Parked(Synced):
    """An operation that was not applied, kept whole for a decision."""

    rules = Rules("parked", "unpark dismiss", is_root=True, merge=DERIVED, settle=DECIDERS)
    operation = Json()
    code = Text(60)
    detail = Json()
    by = Reference("user")
    branch = Reference("branch")
    root_branch = Reference("branch")
    mates = List(Reference("parked"))
    builds_on = Reference("parked")
    dependants = List(Reference("parked"))
    attempts = List(Reference("parked"))
    received_at = Text(40)
    state = Code("parked_state")
    edited = Json()
    reason = Text(2000)
    settled_by = Reference("user")
    settled_at = Text(40)


class OutcomeRecord(Synced):
    """What became of an author's operation that was not simply applied."""

    rules = Rules("outcome", "", is_root=True, merge=DERIVED)
    operation = Json()
    by = Reference("user")
    verdict = Code("verdict")
    code = Text(60)
    conflicts = List(Reference("conflict"))
    state = Code("outcome_state")
    decision = Text(2000)
    edited = Json()
    decisions = Json()
    decided_by = Reference("user")
    decided_at = Text(40)
