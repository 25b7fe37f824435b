"""The shapes of request and answer bodies outside the sync protocol."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range, Regexp

from backend.services.accounts import LONGEST_PASSWORD, ROLES, SHORTEST_PASSWORD

ID = Regexp(r"^[0-9a-f-]{32,64}$")


def _password() -> fields.String:
    return fields.String(required=True, load_only=True, validate=Length(SHORTEST_PASSWORD, LONGEST_PASSWORD))


class DeviceName(Schema):
    id = fields.String(load_default=None, allow_none=True, validate=Length(max=36))
    name = fields.String(required=True, validate=Length(1, 120))


class SignIn(Schema):
    username = fields.String(required=True, validate=Length(1, 80))
    password = fields.String(required=True, load_only=True, validate=Length(1, LONGEST_PASSWORD))
    device = fields.Nested(DeviceName, required=True)


class Person(Schema):
    id = fields.String()
    name = fields.String()
    username = fields.String()
    roles = fields.List(fields.String())
    branch = fields.String(allow_none=True)


class SignedIn(Schema):
    user = fields.Nested(Person)
    device = fields.String()
    expires = fields.String()


class NewUser(Schema):
    username = fields.String(required=True, validate=Regexp(r"^[a-z0-9][a-z0-9._-]{1,59}$"))
    name = fields.String(required=True, validate=Length(1, 120))
    roles = fields.List(fields.String(validate=OneOf(ROLES)), required=True, validate=Length(1, len(ROLES)))
    branch = fields.String(required=True, validate=ID)
    password = _password()


class MadeUser(Schema):
    id = fields.String()


class NewPassword(Schema):
    password = _password()


class NewToken(Schema):
    user = fields.String(required=True, validate=ID)
    name = fields.String(required=True, validate=Length(1, 120))


class Token(Schema):
    token = fields.String()


class Device(Schema):
    id = fields.String()
    name = fields.String()
    created_at = fields.Integer()
    seen_at = fields.Integer()
    revoked_at = fields.Integer(allow_none=True)
    users = fields.List(fields.String())
    copies = fields.Integer()
    copied_at = fields.Integer(allow_none=True)
    missing = fields.Integer()
    clock_offset_ms = fields.Integer(allow_none=True)


class Announcement(Schema):
    sha256 = fields.String(required=True, validate=Regexp(r"^[0-9a-f]{64}$"))
    size = fields.Integer(required=True, strict=True, validate=Range(1))
    type = fields.String(required=True, validate=Length(1, 80))


class Progress(Schema):
    offset = fields.Integer()
    complete = fields.Boolean()
    seq = fields.Integer(allow_none=True, metadata={"description": "a commit that contains the arrival"})


class Job(Schema):
    name = fields.String()
    runs = fields.Integer()
    created = fields.Integer()
    failures = fields.Integer()
    started_at = fields.Integer(allow_none=True)
    ended_at = fields.Integer(allow_none=True)
    next_at = fields.Integer(allow_none=True)
    outcome = fields.String(allow_none=True)
    holder = fields.String(allow_none=True)


class JobRun(Schema):
    job = fields.String()
    holder = fields.String()
    started_at = fields.Integer()
    ended_at = fields.Integer()
    outcome = fields.String()
    created = fields.Integer()
    error = fields.String(allow_none=True)


class Jobs(Schema):
    jobs = fields.List(fields.Nested(Job))
    runs = fields.List(fields.Nested(JobRun))


class RoundTarget(Schema):
    """A plan, or a site with the machines to visit and the checklist for each."""

    plan = fields.String(validate=ID)
    site = fields.String(validate=ID)
    template = fields.String(validate=ID)
    assets = fields.List(fields.String(validate=ID), validate=Length(1, 200))


class SpecialRounds(Schema):
    reason = fields.String(required=True, validate=Length(1, 100))
    urgent = fields.Boolean(load_default=False)
    days = fields.Integer(load_default=0, strict=True, validate=Range(0, 30))
    assignee = fields.String(load_default=None, allow_none=True, validate=ID)
    targets = fields.List(fields.Nested(RoundTarget), required=True, validate=Length(1, 100))


class StartedRound(Schema):
    target = fields.String()
    order = fields.String(allow_none=True, metadata={"description": "null where every machine is retired"})


class SearchText(Schema):
    text = fields.String(required=True, validate=Length(2, 200))


class RecordIds(Schema):
    records = fields.List(fields.String(validate=ID), required=True, validate=Length(1, 200))


class ErasureOrder(RecordIds):
    reason = fields.String(required=True, validate=Length(1, 1000))


class ErasedRecord(Schema):
    id = fields.String()
    type = fields.String()


class ErasureHit(ErasedRecord):
    root = fields.String()
    texts = fields.List(fields.String())


class ErasurePlan(Schema):
    records = fields.List(fields.Nested(ErasedRecord))
    operations = fields.Integer()
    blobs = fields.Integer()


class ErasureFact(ErasurePlan):
    id = fields.String()
    at = fields.Integer()
    by = fields.String()
    reason = fields.String()
