"""Branches and users: reference data that administrators write and everyone reads."""

from backend.schemas.access import ADMINISTRATION
from backend.schemas.fields import ERASED, Code, Flag, Reference, Text
from backend.schemas.structures import Set
from backend.schemas.synced import Rules, Synced
from sync.policy import FIXED, MAJOR


class Branch(Synced):
    """A branch of the company; customers and orders belong to one."""

    rules = Rules("branch", "create set", create=ADMINISTRATION, write=ADMINISTRATION, is_root=True)
    code = Text(40, required=True)
    name = Text(120, required=True)


class User(Synced):
    """A person who signs in, or the server itself as the system user."""

    rules = Rules("user", "create set", create=ADMINISTRATION, write=ADMINISTRATION, is_root=True)
    username = Text(60, merge=FIXED, required=True, personal=True, blank=ERASED)
    name = Text(120, required=True, personal=True, blank=ERASED)
    roles = Set(Code("role"), required=True, severity=MAJOR)
    branch = Reference("branch", severity=MAJOR)
    active = Flag(severity=MAJOR, personal=True, blank=False)
    locale = Code("locale")
