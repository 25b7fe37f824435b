"""Service policies: what a version leaves blank, and who made it when."""

from collections.abc import Iterator, Mapping
from typing import Any

from backend.domain.planning import demand_days
from sync.errors import InvalidValue
from sync.trade import Draft, Family

Data = Mapping[str, Any]


def blank(policy: Data) -> str | None:
    """The first number that a policy leaves open, as a path; what is open may be written down, but not promised."""
    timers = policy.get("timers") or []
    open_limits = (f"timers/{number}/limit" for number, one in enumerate(timers) if one["limit"] is None)
    return next(open_limits, None) or next(_open("settings", policy.get("settings") or {}), None)


def _open(path: str, value: object) -> Iterator[str]:
    if value is None:
        yield path
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _open(f"{path}/{key}", one)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _open(f"{path}/{number}", one)


def check(draft: Draft, _: Family) -> None:
    """A version with a number left blank cannot be active."""
    data: Data = draft.data
    demand_days([data["valid_from"]] if data.get("valid_from") else (), "valid_from")
    left_open = blank(data)
    if left_open is not None and data.get("active"):
        field = left_open.partition("/")[0]
        raise InvalidValue("blank_limit" if field == "timers" else "blank_setting", field=field, at=left_open)


def derived(draft: Draft) -> dict[str, object]:
    """Who made a version, and when."""
    return {"made_by": draft.user.id, "made_at": draft.now} if draft.record is None else {}
