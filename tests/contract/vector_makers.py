"""Vectors drawn from seeds: values, money, times and conditions, with what the server makes of them."""

import random
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

from backend.domain import callback_attempt, checklist, course, promises, quotation, sla, work_order
from backend.domain.conditions import gaps
from backend.domain.deadline import Course, Deadline, Timer, deadline
from backend.domain.work_calendar import FOREVER
from backend.schemas.labels import LABELS
from backend.schemas.records import model
from backend.services.references import NO_DAYS
from sync.canonical import canonical_json, digest
from sync.clock import LATEST, format_time
from sync.errors import InvalidValue
from sync.records import Record
from sync.trade import Family
from tests.support.patience import backoff

BEGIN = 1_790_000_000_000
PIECES = (
    "a",
    "Z",
    "0",
    " ",
    "\n",
    "\t",
    '"',
    "\\",
    "/",
    "\x01",
    "é",
    "e\u0301",
    "回",
    "執",
    "€",
    "\u2028",
    "😀",
    "\ufb33",
    "𐀀",
)
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 5, 1.5, 2**53, BEGIN, "", "x", "free", "pass", " ", "0", "-0.0", "12.345", "1e3"),
    *("0" * 32, "A" * 32, "f" * 64, "van:" + "1" * 32, "2026-02-28", "2026-02-30", "2026-2-3", "e\u0301", "a\0b"),
    *([], ["x"], [None], {}, {"result": "pass"}, {"zh-CN": "名", "zh-TW": "名", "en": "name"}, ["engineer", "admin"]),
)  # fmt: skip

Case = dict[str, Any]


def values() -> Iterator[Case]:
    """Any value for every field of the model; each field draws for itself, so that a new one changes no other."""
    for kind in model().types.values():
        for rule in (*kind.fields.values(), *kind.patterns.values()):
            name = f"{rule.name}item" if rule.name.endswith("/") else rule.name
            for value in random.Random(f"{kind.name}.{name}").sample(ODD, 2):
                yield {"type": kind.name, "field": name, "value": value, **checked(rule, value)}


def checked(rule: Any, value: object) -> Case:
    try:
        return {"canonical": rule.check(value)}
    except InvalidValue as invalid:
        return {"refused": invalid.detail["reason"]}


def canonical() -> Iterator[Case]:
    dice = random.Random(11)
    for _ in range(250):
        value = drawn(dice, 3)
        yield {"value": value, "canonical": canonical_json(value).decode(), "sha256": digest(value)}


def drawn(dice: random.Random, depth: int) -> Any:
    """Any value of at most this depth."""
    kind = dice.choice(("text", "number", "flag", "list", "object") if depth else ("text", "number", "flag"))
    match kind:
        case "text":
            return text(dice)
        case "number":
            return dice.choice((0, 1, -1, dice.randint(-(2**53) + 1, 2**53 - 1)))
        case "flag":
            return dice.choice((None, True, False))
        case "list":
            return [drawn(dice, depth - 1) for _ in range(dice.randint(0, 4))]
    return {text(dice): drawn(dice, depth - 1) for _ in range(dice.randint(0, 4))}


def text(dice: random.Random) -> str:
    return "".join(dice.choices(PIECES, k=dice.randint(0, 5)))


def decimal(dice: random.Random, whole: int, places: int) -> str:
    return str(
        Decimal(dice.randint(-(10**whole), 10**whole))
        .scaleb(-dice.randint(0, places))
        .quantize(Decimal("1.000000"))
        .normalize()
        .__format__("f")
    )


def verdict() -> Iterator[Case]:
    dice = random.Random(12)
    for _ in range(200):
        value, *limits = (dice.choice((decimal(dice, 3, 2), decimal(dice, 2, 1))) for _ in range(3))
        minimum, maximum = (dice.choice((limit, limit, None)) for limit in limits)
        yield {
            "value": value,
            "minimum": minimum,
            "maximum": maximum,
            "verdict": checklist.verdict(value, minimum, maximum),
        }


def totals() -> Iterator[Case]:
    dice = random.Random(13)
    for _ in range(250):
        lines = [line(dice) for _ in range(dice.randint(1, 4))]
        yield {"lines": lines, "total": quotation.total(lines)}


def line(dice: random.Random) -> Case:
    price = dice.choice((dice.randint(0, 99), dice.randint(0, 99_999), dice.randint(0, 10**9)))
    quantity = f"{dice.randint(0, 99)}.{dice.randint(0, 99):02}"
    return {"price": price, "quantity": quantity, "amount": quotation.amount(price, quantity)}


def deadlines() -> Iterator[Case]:
    dice = random.Random(14)
    for _ in range(150):
        policy = {"timers": [timer(dice) for _ in range(dice.randint(0, 4))]}
        order = {"received_at": BEGIN, "state": dice.choice(work_order.STATES), "priority": dice.choice(PRIORITIES)}
        order |= (
            {"appointment_start": BEGIN + 10**7, "appointment_end": BEGIN + 2 * 10**7} if dice.random() < 0.5 else {}
        )
        order |= {"held_from": dice.choice(("accepted", "testing"))} if order["state"] == "on_hold" else {}
        now = BEGIN + dice.randint(0, 10**8)
        found = [{"name": one.name, "due_at": one.due_at} for one in sla.deadlines(policy, order)]
        nearest = sla.nearest(policy, order)
        due = nearest and {"name": nearest.name, "due_at": nearest.due_at}
        left = sla.time_left(policy, order, now)
        yield {**policy, "order": order, "now": now, "deadlines": found, "next": due, "time_left": left}


PRIORITIES = ("urgent", "general", "planned")


def promised() -> Iterator[Case]:
    """A deadline as it was kept when its clock started, what the device saw since, and what it comes to."""
    dice = random.Random(18)
    for _ in range(200):
        limit, pausable = dice.choice((0, 30, 240)), dice.random() < 0.7
        one = Timer("arrive", "received", dice.choice(STOPPING), limit, "min", "24x7", "T-000", pausable)
        kept = promises.fields(judged(one, Course({"received": BEGIN}, (), BEGIN), BEGIN))
        events = [happening(dice, number) for number in range(dice.randint(0, 5))]
        now = BEGIN + dice.randint(0, 400) * 60_000
        yield {"kept": kept, "events": events, "now": now, **reckoned(one, events, now)}


def reckoned(timer: Timer, events: list[Case], now: int) -> Case:
    """What the server makes of the same events once it knows everything up to now."""
    records = tuple(Record(one["id"], "visit_event", "order", one["data"]) for one in events)
    family = Family(Record("order", "work_order", "order", {"received_at": BEGIN}), records)
    found = judged(timer, course.course(family, now), now)
    due = found.due_at if found.due_at is not None and found.due_at < FOREVER else None
    return {"state": found.state, "due_at": due}


def judged(timer: Timer, happened: Course, now: int) -> Deadline:
    found = deadline(timer, happened, NO_DAYS, now)
    assert found is not None
    return found


def happening(dice: random.Random, number: int) -> Case:
    kind = dice.choice(("hold", "resume", "hold", "resume", "accept", "arrive", "depart"))
    return {"id": f"e{number}", "data": {"kind": kind, "event_time": BEGIN + dice.randint(-20, 380) * 60_000}}


STOPPING = ("accepted", "arrived", "repairing")


def timer(dice: random.Random) -> Case:
    name, stop = dice.choice((("respond", "accepted"), ("arrive", "arrived"), ("plan", "planned"), ("solve", "solved")))
    start, calendar = dice.choice([*sla.STARTS, "arrived"]), dice.choice(("24x7", "24x7", "24x7", "office"))
    about = {"name": name, "priority": dice.choice((None, *PRIORITIES)), "start": start, "stop": stop}
    return {
        **about,
        "limit": dice.choice((0, 30, 60, 240, None)),
        "unit": dice.choice(("min", "min", "wd")),
        "calendar": calendar,
    }


def conditions() -> Iterator[Case]:
    dice = random.Random(15)
    for _ in range(250):
        data = {name: dice.choice(("一", "二", None, False)) for name in "abc" if dice.random() < 0.7}
        records = [member(dice, n) for n in range(dice.randint(0, 4))]
        family = Family(
            None, tuple(Record(one["id"], one["type"], "order", one["data"], gone=one["gone"]) for one in records)
        )
        condition = wanted(dice, 3)
        found = [[gap.kind, gap.target] for gap in gaps(condition, data, family)]
        yield {"condition": condition, "data": data, "records": records, "gaps": found}


def member(dice: random.Random, n: int) -> Case:
    data = {name: dice.choice(("一", "二")) for name in "ab" if dice.random() < 0.6}
    return {"type": dice.choice(("photo", "note")), "id": f"r{n}", "data": data, "gone": dice.random() < 0.2}


def wanted(dice: random.Random, depth: int) -> Case:
    """Any condition over the fields a, b and c, photos and notes."""
    kinds = ("set", "in", "equals", "all", "any", "not", "has", "every")
    kind = dice.choice(kinds if depth else kinds[:3])
    field = dice.choice("abc")
    match kind:
        case "set":
            return {kind: field}
        case "in":
            return {kind: [field, ["一", False]]}
        case "equals":
            return {kind: [field, dice.choice(("一", "二", False))]}
        case "all" | "any":
            return {kind: [wanted(dice, depth - 1) for _ in range(dice.randint(1, 3))]}
        case "not":
            return {kind: wanted(dice, depth - 1)}
    return {kind: {"type": dice.choice(("photo", "note")), "where" if kind == "has" else "holds": wanted(dice, 0)}}


def times() -> Iterator[Case]:
    dice = random.Random(16)
    for _ in range(100):
        ms = dice.choice((dice.randint(0, LATEST), BEGIN + dice.randint(0, 10**11)))
        yield {"text": format_time(ms), "ms": ms, "wire": True}


def pauses() -> Iterator[Case]:
    grid = product((0, 1, 2, 4, 9, 30), (False, True), (None, 0, 20_000, 3_600_000), (0.0, 0.5, 0.999))
    for attempt, timed_out, retry, luck in grid:
        ms = backoff(attempt, timed_out, retry, luck)
        yield {"attempt": attempt, "timed_out": timed_out, "retry_after_ms": retry, "random": luck, "ms": ms}


def callbacks() -> Iterator[Case]:
    """Attempts in any order, and what becomes of their callback."""
    dice = random.Random(17)
    for _ in range(150):
        attempts = [attempt(dice, number) for number in range(dice.randint(0, 4))]
        records = tuple(Record(one["id"], "callback_attempt", "callback", one["data"]) for one in attempts)
        family = Family(Record("callback", "callback", "callback", {"state": "due"}), records)
        yield {"attempts": attempts, "becomes": callback_attempt.callback_state(family)}


def attempt(dice: random.Random, number: int) -> Case:
    data: Case = {"channel": "phone", "outcome": dice.choice(("unreachable", "unreachable", *OUTCOMES))}
    data |= {"score": dice.randint(1, 5)} if dice.random() < 0.5 else {}
    data |= {"again_at": BEGIN + number} if dice.random() < 0.5 else {}
    return {"id": f"a{number}", "data": data}


OUTCOMES = tuple(LABELS["callback_outcome"])

MADE = {
    "backoff": pauses,
    "callbacks": callbacks,
    "canonical": canonical,
    "conditions": conditions,
    "deadlines": deadlines,
    "promised": promised,
    "times": times,
    "totals": totals,
    "values": values,
    "verdict": verdict,
}
