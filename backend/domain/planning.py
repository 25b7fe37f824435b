"""Rules of what recurs: calendars, patrol plans, findings and callbacks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backend.domain import callback_window
from backend.domain.recurrence import STAY, Impossible, Recurrence, check
from backend.domain.work_calendar import WorkCalendar
from sync.errors import InvalidValue, Refused
from sync.trade import Draft, Family

Data = Mapping[str, Any]

YES_NO = ("yes", "no")


def recurrence(plan: Data) -> Recurrence:
    """The recurrence that a plan's fields describe."""
    until = plan.get("until")
    return Recurrence(
        plan["recurrence"],
        date.fromisoformat(plan["anchor"]),
        plan.get("every") or 1,
        frozenset(plan.get("weekdays") or ()),
        tuple((one["month"], one["day"]) for one in plan.get("dates") or ()),
        plan.get("lead_days") or 0,
        plan.get("shift") or STAY,
        date.fromisoformat(until) if until else None,
        plan.get("tolerance_before") or 0,
        plan.get("tolerance_after") or 0,
    )


def work_calendar(data: Data, zone: ZoneInfo | None = None) -> WorkCalendar:
    """The calendar that a record's fields describe, read in `zone` if one is given."""
    return WorkCalendar(
        zone or ZoneInfo(data["timezone"]),
        frozenset(data["weekdays"]),
        tuple((one["opens"], one["closes"]) for one in data["hours"]),
        _days(data.get("holidays")),
        _days(data.get("workdays")),
        frozenset(data.get("years") or ()),
    )


def callback_state(family: Family) -> dict[str, object]:
    """Fields of a callback that follow from its attempts, the last one that reached somebody deciding."""
    attempts = [one.data for one in family.of("callback_attempt")]
    answered = [one for one in attempts if one["outcome"] not in callback_window.UNANSWERED]
    if answered:
        last = answered[-1]
        return {"state": "done", "outcome": last["outcome"], "score": last.get("score"), "next_attempt_at": None}
    if not attempts:
        return {}
    if sum(one["outcome"] == "unreachable" for one in attempts) >= callback_window.ATTEMPTS:
        return {"state": "unreached", "outcome": "unreachable", "next_attempt_at": None}
    return {"outcome": attempts[-1]["outcome"], "next_attempt_at": attempts[-1].get("again_at")}


def _days(texts: list[str] | None) -> frozenset[date]:
    return frozenset(date.fromisoformat(one) for one in texts or ())


def _check_calendar(draft: Draft, _: Family) -> None:
    data: Data = draft.data
    _demand_zone(data["timezone"])
    for name in ("holidays", "workdays"):
        _demand_days(data.get(name) or (), name)
    if set(data.get("holidays") or ()) & set(data.get("workdays") or ()):
        raise InvalidValue("overlapping_days", field="workdays")
    if not data["hours"]:
        raise InvalidValue("no_hours", field="hours")
    minutes = [minute for one in data["hours"] for minute in (one["opens"], one["closes"])]
    if minutes != sorted(set(minutes)):
        raise InvalidValue("overlapping_hours", field="hours")


def _check_site(draft: Draft, _: Family) -> None:
    data: Data = draft.data
    if data.get("timezone") is not None:
        _demand_zone(data["timezone"])


def _demand_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidValue("unknown_zone", field="timezone") from None


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


def _check_policy(draft: Draft, _: Family) -> None:
    data: Data = draft.data
    _demand_days([data["valid_from"]] if data.get("valid_from") else (), "valid_from")
    left_open = blank(data)
    if left_open is not None and data.get("active"):
        field = left_open.partition("/")[0]
        raise InvalidValue("blank_limit" if field == "timers" else "blank_setting", field=field, at=left_open)


def _check_plan(draft: Draft, _: Family) -> None:
    data: Data = draft.data
    if not data["assets"]:
        raise InvalidValue("never_due", field="assets")
    for name in ("anchor", "until"):
        _demand_days([data[name]] if data.get(name) else (), name)
    try:
        check(recurrence(data))
    except Impossible as impossible:
        raise InvalidValue(impossible.reason.replace(" ", "_"), field=impossible.field) from None


def _demand_days(texts: Iterable[str], name: str) -> None:
    """The pattern of a day lets 30 February through."""
    try:
        for text in texts:
            date.fromisoformat(text)
    except ValueError:
        raise InvalidValue("no_such_day", field=name) from None


def _check_finding(draft: Draft, family: Family) -> None:
    lists = {one.id: one for one in family.of("checklist")}
    checklist = lists.get(str(draft.data["checklist"]))
    if checklist is None:
        raise Refused("unknown_record", {"record": draft.data["checklist"]})
    if draft.data["item"] not in {item["id"] for item in checklist.data["items"]}:
        raise InvalidValue("unknown_item", field="item")
    order: Data = family.root.data if family.root else {}
    here = {checklist.data.get("asset"), order.get("asset"), *(order.get("assets") or ()), None}
    if draft.data.get("asset") not in here:
        raise Refused("unknown_record", {"record": draft.data["asset"]})


def _check_attempt(draft: Draft, family: Family) -> None:
    callback: Data = family.root.data if family.root else {}
    if not callback_window.may_call(draft.user.id, callback.get("workers") or ()):
        raise Refused("own_job")
    if callback.get("state") != "due":
        raise Refused("wrong_state", {"state": callback.get("state"), "name": "call"})
    asked = {one["id"]: one["kind"] for one in callback.get("questions") or ()}
    answers: list[Data] = draft.data.get("answers") or []  # type: ignore[assignment]
    for one in answers:
        if one["question"] not in asked:
            raise InvalidValue("unknown_question", field="answers")
        if not _fits(asked[one["question"]], one):
            raise InvalidValue("wrong_answer", field="answers", question=one["question"])


def _fits(kind: str, answer: Data) -> bool:
    """A score is a number, a yes or no one of two words, anything else what was said."""
    if kind == "score":
        return answer["score"] is not None and answer["text"] is None
    return answer["score"] is None and (kind != "yes_no" or answer["text"] in YES_NO)


def _derive_policy(draft: Draft) -> dict[str, object]:
    return {"made_by": draft.user.id, "made_at": draft.now} if draft.record is None else {}


def _derive_callback(draft: Draft) -> dict[str, object]:
    return {"state": "due"} if draft.record is None else {}


CHECKS: Mapping[tuple[str, str], Callable[[Draft, Family], None]] = {
    ("work_calendar", "create"): _check_calendar,
    ("work_calendar", "set"): _check_calendar,
    ("site", "create"): _check_site,
    ("site", "set"): _check_site,
    ("service_policy", "create"): _check_policy,
    ("patrol_plan", "create"): _check_plan,
    ("patrol_plan", "set"): _check_plan,
    ("finding", "create"): _check_finding,
    ("callback_attempt", "append"): _check_attempt,
}

DERIVED: Mapping[str, Callable[[Draft], dict[str, object]]] = {
    "callback": _derive_callback,
    "service_policy": _derive_policy,
}
