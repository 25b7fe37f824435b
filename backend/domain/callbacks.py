"""Callbacks: which ones follow from a finished order, a closed complaint, a plan of calls or an unhappy answer."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from backend.domain import callback_window, complaint_times
from backend.domain.callback_window import Window
from backend.domain.course import VISIT, happened
from backend.domain.derived import Change, create_root, place, terms
from backend.domain.work_calendar import DAY, WorkCalendar
from backend.domain.work_order import PATROLS
from sync.records import Record
from sync.trade import Family

Data = Mapping[str, Any]

AFTER_SERVICE = frozenset({"CB-01", "CB-02"})
DEFAULT_RULES = ({"rule": "CB-01", "after_days": list(callback_window.AFTER_REPAIR), "template": "Q-A"},)
DEFAULT_TEMPLATE = "Q-A"


def finished_at(family: Family) -> int | None:
    """When the job was finished by the device's clock: its finish event, else its first report."""
    moments = [happened(one) for one in family.of("visit_event") if one.data["kind"] == "finish"]
    moments = moments or [happened(one) for one in family.of("report")]
    return min(moments, default=None)


def workers(family: Family) -> list[str]:
    """Everybody who worked on an order: its engineers, and who reported visits from the site."""
    assert family.root is not None
    data = family.root.data
    known = {data.get("assignee"), *(data.get("crew") or [])}
    events = [one for one in family.of("visit_event") if one.data["kind"] in VISIT]
    known |= {one.marks["kind"].by for one in events if "kind" in one.marks}
    return sorted(str(one) for one in known if one)


def after_service(
    family: Family, policy: Data, questions: Mapping[str, Record], calendar: WorkCalendar
) -> Iterator[Change]:
    """One callback for a finished job, whatever number of rules ask for it; a patrol has its report instead."""
    order, finished = family.root, finished_at(family)
    if order is None or finished is None or order.data.get("type") in PATROLS:
        return
    rule = next((one for one in rules(policy) if one["rule"] in AFTER_SERVICE), None)
    if rule is not None:
        first, last = rule["after_days"]
        window = callback_window.after_finish(finished, (first, last), calendar.zone)
        about = {"order": order.id, "workers": workers(family) or None}
        yield _callback(f"callback {order.id} after service", order.data, rule, window, about, questions, calendar)


def follow_up(
    family: Family,
    order: Data,
    version_for: Callable[[object, int], Record | None],
    questions: Mapping[str, Record],
    calendar: WorkCalendar,
) -> Iterator[Change]:
    """After a low score or a defect: an order to put it right, and a second call within two working days.

    The order is for the machine of the one that was called about, under its policy as it is when the customer answers.
    """
    callback = family.root
    attempts = list(family.of("callback_attempt"))
    if callback is None or callback.data.get("state") != "done" or not attempts:
        return
    data, last = callback.data, attempts[-1]
    if not callback_window.opens_follow_up(data.get("score"), str(data.get("outcome"))):
        return
    answered = happened(last)
    yield _order(callback, last, order, version_for(order.get("policy"), answered))
    if data["rule"] != "CB-10":
        window = callback_window.follow_up(answered, calendar)
        about = {"order": data.get("order"), "workers": data.get("workers")}
        rule = {"rule": "CB-10", "template": "Q-G"}
        yield _callback(f"callback after {callback.id}", data, rule, window, about, questions, calendar)


def after_complaint(
    complaint: Record, order: Data, policy: Data, questions: Mapping[str, Record], calendar: WorkCalendar
) -> Iterator[Change]:
    """One callback for a closed complaint, whether or not its policy names days: did the measures work?"""
    data = complaint.data
    if data.get("closed_at") is None:
        return
    named = next((one for one in rules(policy) if one["rule"] == "CB-09"), {})
    first, last = named.get("after_days") or callback_window.AFTER_REPAIR
    window = callback_window.after_finish(int(data["closed_at"]), (first, last), calendar.zone)
    workers = complaint_times.concerned(data, order) or None
    about = {"complaint": complaint.id, "order": data.get("order"), "workers": workers}
    rule = {"template": "Q-G", **named, "rule": "CB-09"}
    yield _callback(f"callback after complaint {complaint.id}", data, rule, window, about, questions, calendar)


def complained(family: Family) -> Iterator[Change]:
    """The complaint that a callback opened."""
    callback, attempts = family.root, list(family.of("callback_attempt"))
    if callback is None or callback.data.get("outcome") != "complaint_opened" or not attempts:
        return
    data, last = callback.data, attempts[-1]
    moment = happened(last)
    key = f"complaint after callback {callback.id}"
    values = {
        **place(data),
        "number": f"TS-{callback.id[-8:].upper()}",
        "order": data.get("order"),
        "callback": callback.id,
        "engineers": data.get("workers"),
        "channel": "callback",
        "complainant": last.data.get("person"),
        "received_at": moment,
        "description": last.data.get("note") or _said(data, last.data) or COMPLAINT_WORDS,
    }
    yield create_root(key, "complaint", values, moment)


def rules(policy: Data) -> list[Data]:
    """The callback rules of a policy; the fallback is day 3 to 7 after a repair (004)."""
    settings = (policy.get("settings") or {}).get("callback") or {}
    return list(settings.get("rules") or DEFAULT_RULES)


def planned(plan: Record, questions: Mapping[str, Record], calendar: WorkCalendar, today: date) -> Iterator[Change]:
    """The callback of the period that today lies in, for a plan that repeats every so many months."""
    data = plan.data
    anchor, months = date.fromisoformat(data["anchor"]), data["every_months"]
    number = 1
    while callback_window.period(anchor, months, number).closes < today:
        number += 1
    window = callback_window.period(anchor, months, number)
    if data.get("active") is False or window.opens > today:
        return
    if data.get("window_days"):
        window = Window(window.opens, min(window.closes, window.opens + (data["window_days"] - 1) * DAY))
    rule = {"rule": data["rule"], "template": data.get("template_key") or DEFAULT_TEMPLATE}
    key = f"callback {plan.id} {window.opens.isoformat()}"
    yield _callback(key, data, rule, window, {"plan": plan.id}, questions, calendar)


def _callback(
    key: str,
    source: Data,
    rule: Data,
    window: Window,
    about: Data,
    questions: Mapping[str, Record],
    calendar: WorkCalendar,
) -> Change:
    template = questions[rule.get("template") or DEFAULT_TEMPLATE]
    opens, closes = window.span(calendar.zone)
    values = {
        **place(source),
        "rule": rule["rule"],
        **about,
        "template": template.id,
        "questions": template.data["questions"],
        "opens_on": window.opens.isoformat(),
        "closes_on": window.closes.isoformat(),
        "visible_from": opens,
        "closes_at": closes,
    }
    return create_root(key, "callback", values, opens)


def _order(callback: Record, attempt: Record, order: Data, policy: Record | None) -> Change:
    data, moment = callback.data, happened(attempt)
    values = {
        **place(data),
        "number": f"HF-{callback.id[-8:].upper()}",
        "type": "repair_general",
        "priority": "general",
        "received_at": moment,
        "title": " ".join(filter(None, (FOLLOW_UP_TITLE, order.get("number")))),
        "customer_wish": attempt.data.get("note") or _said(data, attempt.data),
        "asset": order.get("asset"),
        "grade": order.get("grade"),
        **terms(policy),
        "opened_from": callback.id,
    }
    return create_root(f"order after callback {callback.id}", "work_order", values, moment)


FOLLOW_UP_TITLE = "回访跟进"
COMPLAINT_WORDS = "客户在回访中投诉"


def _said(callback: Data, attempt: Data) -> str | None:
    """The first answer in the customer's own words."""
    free = {one["id"] for one in callback["questions"] if one["kind"] == "text"}
    return next((one["text"] for one in attempt.get("answers") or [] if one["question"] in free and one["text"]), None)
