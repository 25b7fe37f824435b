"""Marshmallow fields that give one canonical value and carry the sync rules declared beside them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from marshmallow import ValidationError, fields

from backend.schemas.labels import LABELS
from backend.schemas.text import canonical_decimal, canonical_text
from sync.canonical import LARGEST_INTEGER, canonical_json
from sync.errors import InvalidValue, Refused
from sync.policy import Access

_RECORD_ID = re.compile(r"[0-9a-f-]{32,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class SyncRule:
    """What the engine does with a field; None takes the rule of the record type."""

    merge: str | None = None
    owner: str | None = None
    group: str | None = None
    write: Access | None = None


class SyncField(fields.Field):
    """A field with one canonical form for every value; null means absent."""

    kind: ClassVar[str]

    def __init__(self, *, merge=None, owner=None, group=None, write=None, required=False):
        super().__init__(required=required, allow_none=not required)
        self.sync = SyncRule(merge, owner, group, write)

    def check(self, value: object) -> object:
        """The canonical value; raises InvalidValue."""
        return None if value is None else self.canonical(value)

    def canonical(self, value: object) -> object:
        """The canonical form of a value that is not null."""
        raise NotImplementedError

    def limits(self) -> dict[str, object]:
        """What the app must know to check a value alike."""
        return {}

    def _deserialize(self, value, attr, data, **kwargs):
        try:
            return self.check(value)
        except InvalidValue as invalid:
            raise ValidationError(str(invalid.detail["reason"])) from invalid


class Text(SyncField):
    """Text of at most `longest` characters."""

    kind = "text"

    def __init__(self, longest: int = 2000, **rule):
        super().__init__(**rule)
        self.longest = longest

    def canonical(self, value):
        return canonical_text(value, self.longest)

    def limits(self):
        return {"longest": self.longest}


class Pattern(SyncField):
    """Text of a fixed shape."""

    pattern: ClassVar[re.Pattern[str]]

    def canonical(self, value):
        if type(value) is str and self.pattern.fullmatch(value):
            return value
        raise InvalidValue(f"not_{self.kind}")


class Sha256(Pattern):
    """The SHA-256 of bytes, 64 lower-case hex digits."""

    kind = "sha256"
    pattern = _SHA256


class Reference(Pattern):
    """The id of another record, of type `to`."""

    kind = "reference"
    pattern = _RECORD_ID

    def __init__(self, to: str, **rule):
        super().__init__(**rule)
        self.to = to

    def limits(self):
        return {"to": self.to}


class Location(Pattern):
    """Where a part lies: a van, a machine or a warehouse."""

    kind = "location"
    pattern = re.compile(r"(van|asset|warehouse):[0-9a-f-]{32,64}")


class Day(Pattern):
    """A calendar day such as 2026-11-22."""

    kind = "day"
    pattern = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


class Integer(SyncField):
    """A whole number within limits."""

    kind = "integer"

    def __init__(self, least: int = 0, most: int = LARGEST_INTEGER, **rule):
        super().__init__(**rule)
        self.least, self.most = least, most

    def canonical(self, value):
        if type(value) is not int:
            raise InvalidValue("not_integer")
        if not self.least <= value <= self.most:
            raise InvalidValue("out_of_range", least=self.least, most=self.most)
        return value

    def limits(self):
        return {"least": self.least, "most": self.most}


class Instant(Integer):
    """A moment: milliseconds since 1970 in UTC."""

    kind = "instant"


class Money(Integer):
    """An amount in minor units of the currency beside it."""

    kind = "money"


class Decimal(SyncField):
    """A decimal number as text; `scale` fixes the decimals, None keeps them as written."""

    kind = "decimal"

    def __init__(self, scale: int | None = None, **rule):
        super().__init__(**rule)
        self.scale = scale

    def canonical(self, value):
        return canonical_decimal(value, self.scale)

    def limits(self):
        return {"scale": self.scale}


class Flag(SyncField):
    """Yes or no."""

    kind = "flag"

    def canonical(self, value):
        if type(value) is not bool:
            raise InvalidValue("not_flag")
        return value


class Code(SyncField):
    """One code of an enumeration."""

    kind = "code"

    def __init__(self, enum: str, **rule):
        super().__init__(**rule)
        self.enum, self._codes = enum, frozenset(LABELS[enum])

    def canonical(self, value):
        if type(value) is str and value in self._codes:
            return value
        raise InvalidValue("unknown_code", enum=self.enum)

    def limits(self):
        return {"enum": self.enum}


class Set(SyncField):
    """A set of values of one field, kept sorted; the empty set is absent."""

    kind = "set"

    def __init__(self, of: SyncField, most: int = 50, **rule):
        super().__init__(**rule)
        self.of, self.most = of, most

    def canonical(self, value):
        if not isinstance(value, list):
            raise InvalidValue("not_list")
        if len(value) > self.most:
            raise InvalidValue("too_many", limit=self.most)
        return sorted({_present(self.of, member) for member in value}) or None

    def limits(self):
        return {"most": self.most, "of": describe(self.of)}


class List(SyncField):
    """A list of values of one field, in the given order."""

    kind = "list"

    def __init__(self, of: SyncField, most: int = 200, **rule):
        super().__init__(**rule)
        self.of, self.most = of, most

    def canonical(self, value):
        if not isinstance(value, list):
            raise InvalidValue("not_list")
        if len(value) > self.most:
            raise InvalidValue("too_many", limit=self.most)
        return [_present(self.of, member) for member in value]

    def limits(self):
        return {"most": self.most, "of": describe(self.of)}


def _present(of: SyncField, member: object) -> Any:
    value = of.check(member)
    if value is None:
        raise InvalidValue("null_member")
    return value


class Struct(SyncField):
    """Named members, all present in the canonical form; a member not given is null."""

    kind = "struct"

    def __init__(self, members: Mapping[str, SyncField], **rule):
        super().__init__(**rule)
        self.members = members

    def canonical(self, value):
        if not isinstance(value, dict):
            raise InvalidValue("not_struct")
        if not value.keys() <= self.members.keys():
            raise InvalidValue("unknown_member", member=sorted(value.keys() - self.members.keys())[0])
        return {name: self._member(name, value.get(name)) for name in self.members}

    def _member(self, name: str, value: object) -> object:
        member = self.members[name]
        try:
            value = member.check(value)
        except InvalidValue as invalid:
            detail = {key: one for key, one in invalid.detail.items() if key not in ("reason", "member")}
            raise InvalidValue(str(invalid.detail["reason"]), **detail, member=name) from None
        if value is None and member.required:
            raise InvalidValue("missing_member", member=name)
        return value

    def limits(self):
        return {"members": {name: describe(member) for name, member in self.members.items()}}


class Json(SyncField):
    """Any value that has a canonical form, of at most `largest` bytes."""

    kind = "json"

    def __init__(self, largest: int = 65_536, **rule):
        super().__init__(**rule)
        self.largest = largest

    def canonical(self, value):
        try:
            size = len(canonical_json(value))
        except Refused as refused:
            raise InvalidValue(str(refused.detail["reason"])) from None
        if size > self.largest:
            raise InvalidValue("too_long", limit=self.largest)
        return value

    def limits(self):
        return {"largest": self.largest}


def describe(field: SyncField) -> dict[str, object]:
    """The shape of a field as the app's model states it."""
    shape: dict[str, object] = {"kind": field.kind, **field.limits()}
    return {**shape, "required": True} if field.required else shape
