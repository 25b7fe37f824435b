"""What a synced type is to the engine: fields, checks, merge rules and who may write in which state."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

SITE, OFFICE = "site", "office"
ROLE_SIDE: Mapping[str, str] = MappingProxyType(
    {"engineer": SITE, "dispatcher": OFFICE, "supervisor": OFFICE, "admin": OFFICE, "system": OFFICE}
)

_OFFICE_ROLES = frozenset(role for role, where in ROLE_SIDE.items() if where == OFFICE)

PLAIN = "plain"  # three-way merge; a clash keeps both values
ANSWER = "answer"  # as plain, but a clash shows the more cautious value
FIXED = "fixed"  # set when the record is made, never changed
DERIVED = "derived"  # made by the server or by a named transition, never sent as a value

MINOR, MAJOR = "minor", "major"  # how much hangs on a field, and so how soon a clash about it wants a decision

INSERTS = frozenset({"create", "append", "move", "sign"})


@dataclass(frozen=True, slots=True)
class Access:
    """Roles that may do something, each with the states of the root in which it may; None means every state."""

    states: Mapping[str, frozenset[str] | None] = field(default_factory=dict)

    def allows(self, roles: Collection[str], state: str | None, *, any_state: bool = False) -> bool:
        """True if one of `roles` may act while the root is in `state`."""
        for role in roles:
            if role in self.states:
                allowed = self.states[role]
                if any_state or allowed is None or state in allowed:
                    return True
        return False


NOBODY = Access()


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `check` returns the canonical value or raises InvalidValue; None means absent.

    A change of an `additive` field only adds a fact: it is welcome late. A `personal` field tells of a person: when
    that is erased on request, `blank` stays.
    """

    name: str
    check: Callable[[object], object]
    merge: str = PLAIN
    owner: str = OFFICE
    group: str | None = None
    write: Access = NOBODY
    required: bool = False
    severity: str = MINOR
    additive: bool = False
    personal: bool = False
    blank: object = None


@dataclass(frozen=True, slots=True)
class RecordType:
    """One synced type. `patterns` maps a prefix such as `answers/` to the rule of every field under it.

    A record of an `additive` type only adds a fact: it is welcome late. `under` names the types of the roots it may
    be made under; None means any. A root that is `handed_in` may lie beyond the reach of who makes it: the trade says
    to whom he may hand it.
    """

    name: str
    is_root: bool
    does: frozenset[str]
    create: Access
    fields: Mapping[str, Field]
    patterns: Mapping[str, Field] = field(default_factory=dict)
    hide: Access = NOBODY
    settle: Access = NOBODY
    blob: str | None = None
    additive: bool = False
    under: frozenset[str] | None = None
    handed_in: bool = False

    def field(self, name: str) -> Field | None:
        """The rule of a field, or None if the type has no such field."""
        known = self.fields.get(name)
        if known is not None or not self.patterns:
            return known
        prefix, slash, rest = name.partition("/")
        return self.patterns.get(prefix + slash) if rest else None

    def members(self, group: str) -> frozenset[str]:
        """The fields that change together as the merge group `group`."""
        return frozenset(name for name, rule in self.fields.items() if rule.group == group)


@dataclass(frozen=True, slots=True)
class Model:
    """All synced types by name."""

    types: Mapping[str, RecordType]


def side(roles: Collection[str]) -> str:
    """`office` if any of the roles works there, else `site`."""
    return SITE if _OFFICE_ROLES.isdisjoint(roles) else OFFICE
