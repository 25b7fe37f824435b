"""Vectors of patrol plans: what the server says of the rule, and the days it gives."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from backend.domain.planning import recurrence, work_calendar
from backend.domain.recurrence import KINDS, SHIFTS, Impossible, check, occurrences
from backend.domain.work_calendar import NoDayList

Case = dict[str, Any]

CALENDAR = {
    "timezone": "Asia/Shanghai", "weekdays": [0, 1, 2, 3, 4], "hours": [{"opens": 540, "closes": 1080}],
    "holidays": ["2026-01-01", *(f"2026-10-{day:02}" for day in range(1, 8)), "2027-01-01", "2027-05-01"],
    "workdays": ["2026-10-10"], "years": [2024, 2025, 2026, 2027],
}  # fmt: skip
MOST = 12


def cases() -> Iterator[Case]:
    """Plans of every kind, some of them impossible, some beyond the last year with a day list."""
    dice = random.Random(17)
    for number in range(210):
        plan = drawn(dice, KINDS[number % len(KINDS)])
        first = date(2024, 1, 1) + timedelta(dice.randint(0, 1300))
        last = first + timedelta(dice.choice((30, 200, 800)))
        asked = {"plan": plan, "calendar": CALENDAR, "first": first.isoformat(), "last": last.isoformat()}
        yield {**asked, **answered(asked)}


def answered(asked: Case) -> Case:
    """The refusal, or the first days and the year without a day list that stopped them."""
    try:
        rule = recurrence(asked["plan"])
        check(rule)
    except Impossible as impossible:
        return {"refusal": {"field": impossible.field, "reason": impossible.reason.replace(" ", "_")}}
    first, last = (date.fromisoformat(asked[name]) for name in ("first", "last"))
    days: list[list[str]] = []
    try:
        for one in occurrences(rule, first, last, work_calendar(asked["calendar"])):
            days.append([day.isoformat() for day in (one.nominal, one.due, one.opens, one.closes)])
            if len(days) == MOST:
                break
    except NoDayList as missing:
        return {"refusal": None, "days": days, "missing_year": missing.year}
    return {"refusal": None, "days": days, "missing_year": None}


def drawn(dice: random.Random, kind: str) -> Case:
    """Any plan of a kind; null is as good as absent."""
    anchor = date(2024, 1, 1) + timedelta(dice.randint(0, 1000))
    plan: Case = {"recurrence": kind, "anchor": anchor.isoformat(), "every": dice.choice((None, 1, 1, 2, 3, 6, 12))}
    plan["shift"] = dice.choice((None, *SHIFTS))
    plan["tolerance_before"], plan["tolerance_after"] = dice.choice((None, 0, 0, 1, 3)), dice.choice((None, 0, 2, 7))
    plan["until"] = dice.choice((None, None, (anchor + timedelta(dice.randint(-5, 700))).isoformat()))
    if kind == "weekdays":
        plan["weekdays"] = sorted(dice.sample(range(7), dice.randint(0, 4)))
    if kind in ("chosen", "season"):
        plan["dates"] = [{"month": dice.randint(1, 12), "day": dice.randint(1, 31)} for _ in range(dice.randint(0, 3))]
    if kind in ("season", "holiday"):
        plan["lead_days"] = dice.choice((None, 1, 14))
    return plan
