"""Every enumeration with its labels: name -> code -> (zh-CN, zh-TW, en)."""

from collections.abc import Mapping
from types import MappingProxyType

from backend.schemas.labels.clock import CLOCK
from backend.schemas.labels.complaint import COMPLAINT
from backend.schemas.labels.fields import FIELDS
from backend.schemas.labels.guards import GUARDS
from backend.schemas.labels.order import ORDER
from backend.schemas.labels.people import PEOPLE
from backend.schemas.labels.sync import SYNC
from backend.schemas.labels.work import WORK

LOCALES = ("zh-CN", "zh-TW", "en")

Label = tuple[str, str, str]

LABELS: Mapping[str, Mapping[str, Label]] = MappingProxyType(
    {**ORDER, **WORK, **PEOPLE, **SYNC, **CLOCK, **COMPLAINT, "guard": GUARDS, "field": FIELDS}
)


def label(enum: str, code: str, locale: str) -> str:
    """The label of a code; the code itself if it has none."""
    labels = LABELS[enum].get(code)
    return labels[LOCALES.index(locale)] if labels else code
