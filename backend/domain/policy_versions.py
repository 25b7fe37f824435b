"""Which version of a service policy holds at a moment."""

from collections.abc import Iterable, Mapping
from typing import Any

from backend.domain.work_calendar import COMPANY_ZONE, local_day
from sync.records import Record

Data = Mapping[str, Any]


def made_at(version: Data) -> int:
    """When a version was made; of one older than that knowledge nobody asks."""
    return int(version.get("made_at") or 0)


def begun(version: Data, moment: int) -> bool:
    """True from the midnight of its day on, in the company's zone; without a day from when it was made."""
    day = version.get("valid_from")
    return made_at(version) <= moment if day is None else day <= local_day(moment, COMPANY_ZONE).isoformat()


def holding(versions: Iterable[Record], moment: int) -> Record | None:
    """The newest version of one policy that holds at a moment; before any does, the first."""
    found = sorted(versions, key=lambda one: (one.data["version"], one.id))
    held = [one for one in found if begun(one.data, moment)]
    return next(iter([*held[-1:], *found]), None)


def known_then(versions: Iterable[Record], moment: int) -> list[Record]:
    """The versions that had been made by a moment; all of them if none had."""
    found = list(versions)
    return [one for one in found if made_at(one.data) <= moment] or found
