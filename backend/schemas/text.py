"""The one canonical spelling of a text or a decimal number."""

import unicodedata
from decimal import Decimal

from backend.domain.checklist import DECIMAL
from sync.errors import InvalidValue


def canonical_text(value: object, longest: int) -> str | None:
    """NFC text of at most `longest` code points; the empty text is absent."""
    if type(value) is not str:
        raise InvalidValue("not_text")
    if not value.isascii():
        value = _composed(value)
    if "\0" in value:
        raise InvalidValue("nul_character")
    if len(value) > longest:
        raise InvalidValue("too_long", limit=longest)
    return value or None


def _composed(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidValue("lone_surrogate") from None
    return value if unicodedata.is_normalized("NFC", value) else unicodedata.normalize("NFC", value)


def canonical_decimal(value: object, scale: int | None) -> str:
    """A decimal number as text with `scale` decimals; None keeps the decimals as written (they carry precision)."""
    if type(value) is not str:
        raise InvalidValue("not_text")
    if not DECIMAL.fullmatch(value):
        raise InvalidValue("not_decimal")
    number = Decimal(value)
    decimals = len(value.partition(".")[2])
    if scale is not None:
        if decimals > scale and number != round(number, scale):
            raise InvalidValue("too_precise", decimals=scale)
        decimals = scale
    return f"{number if number else Decimal(0):.{decimals}f}"
