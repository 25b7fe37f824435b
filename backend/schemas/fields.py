"""Marshmallow fields that give one canonical value and carry the sync rules declared beside them."""

import re
from dataclasses import dataclass
from typing import ClassVar

from marshmallow import ValidationError, fields

from backend.schemas.labels import LABELS
from backend.schemas.text import canonical_decimal, canonical_text
from sync.canonical import LARGEST_INTEGER
from sync.clock import LATEST
from sync.errors import InvalidValue
from sync.policy import Access

_RECORD_ID = re.compile(r"[0-9a-f-]{32,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


ERASED = "—"  # what a text that must be there says once its person was erased


@dataclass(frozen=True)
class SyncRule:
    """What the engine does with a field; None takes the rule of the record type.

    A `personal` field tells of a person; `blank` stays of it when that is erased, nothing if it is None.
    """

    merge: str | None = None
    owner: str | None = None
    group: str | None = None
    write: Access | None = None
    severity: str | None = None
    additive: bool = False
    personal: bool = False
    blank: object = None


class SyncField(fields.Field):
    """A field with one canonical form for every value; null means absent."""

    kind: ClassVar[str]

    def __init__(self, *, required=False, **rule):
        super().__init__(required=required, allow_none=not required)
        self.sync = SyncRule(**rule)

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


def describe(field: SyncField) -> dict[str, object]:
    """The shape of a field as the app's model states it."""
    shape: dict[str, object] = {"kind": field.kind, **field.limits()}
    return {**shape, "required": True} if field.required else shape


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
    """A moment that calendars can show: milliseconds since 1970 in UTC."""

    kind = "instant"

    def __init__(self, **rule):
        super().__init__(0, LATEST, **rule)


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
