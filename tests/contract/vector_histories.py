"""Vectors drawn from seeds: what a device sends, keeps and shows, as the reference device does it."""

import random
from collections.abc import Iterator
from typing import Any

from tests.contract import vector_device
from tests.simulation.device import Device

ROOTS = ("a", "b", "c")
BACKED_UP = 5
FIELDS = ("fault", "diagnosis", "work_done")

Case = dict[str, Any]


def requests() -> Iterator[Case]:
    dice = random.Random(21)
    for _ in range(150):
        case = {"outbox": outbox(dice), "limit": dice.randint(1, 5), "single": dice.random() < 0.3}
        tablet = vector_device.device({"outbox": case["outbox"]})
        tablet.batch, tablet.one_group_at_a_time = case["limit"], case["single"]
        yield {**case, "sends": [one["id"] for one in tablet.next_operations()]}


def outbox(dice: random.Random) -> list[Case]:
    """Single operations and groups, found in any order."""
    found: list[Case] = []
    for unit in range(dice.randint(0, 4)):
        size = dice.choice((1, 1, 2, 3))
        group = {"group": {"id": f"g{unit}", "of": size}} if size > 1 else {}
        waits = {"refused": True} if dice.random() < 0.15 else {}
        found += [{"n": len(found) + one, **group, **waits} for one in range(1, size + 1)]
    named = [{"id": f"{dice.randrange(16**4):04x}{one['n']:02}", **one} for one in found]
    return dice.sample(named, len(named))


def responses() -> Iterator[Case]:
    dice = random.Random(22)
    for _ in range(250):
        given = kept(dice)
        tablet, steps = vector_device.device(given), []
        for number in range(dice.randint(1, 4)):
            steps.append(page(dice, tablet, number))
            vector_device.take(tablet, steps[-1])
        after = vector_device.kept_by(tablet.disk)
        if tablet.shadow:  # what is handed over is settled by the finished snapshot
            del after["handedOver"]
        yield {"device": given, "responses": steps, "after": after}


def kept(dice: random.Random) -> Case:
    """A device in the middle of its work."""
    records = [{"id": one, "version": 1} for one in ROOTS if dice.random() < 0.7]
    records += [{"id": f"{one['id']}1", "root": one["id"], "version": 1} for one in records]
    here = [one["id"] for one in records if "root" not in one] or ["a"]
    operations = [{"id": f"{n}", "n": n, "root": dice.choice(here)} for n in range(1, dice.randint(1, 7))]
    places: Case = {"records": records, "outbox": [], "overlay": [], "archive": [], "photos": []}
    for one in operations:
        place = dice.choice(("outbox", "overlay", "archive"))
        first = 1 if place == "archive" else BACKED_UP + 1
        places[place].append(one if place == "outbox" else {**one, "seq": dice.randint(first, 30)})
    for n in range(dice.randint(0, 2)):
        seq = dice.choice((None, BACKED_UP, 15))
        places["photos"].append({"sha256": f"p{n}", "root": dice.choice(here), "seq": seq})
    return places


def page(dice: random.Random, tablet: Device, number: int) -> Case:
    """One response to this device; now and then the server was restored."""
    restored = tablet.shadow is None and dice.random() < 0.15
    epoch = f"epoch-{number + 2}" if restored else tablet.epoch
    answered = (
        []
        if restored or tablet.shadow
        else dice.sample(sorted(tablet.disk.outbox), dice.randint(0, len(tablet.disk.outbox)))
    )
    answers = [
        {"id": one, "verdict": dice.choice(("applied", "parked")), "seq": dice.randint(15, 25)} for one in answered
    ]
    left, entered = [], []
    for root in dice.sample(ROOTS, dice.randint(0, 2)):
        if root in tablet.disk.shelf.roots and dice.random() < 0.5:
            left.append({"root": root, "why": "reassigned"})
        else:
            entered.append(root)
    changes = [{"id": one, "version": dice.randint(2, 9)} for one in entered]
    changes += [{"id": f"{one}2", "root": one, "version": 1} for one in entered if dice.random() < 0.5]
    facts = {"answers": answers, "left": left, "entered": entered, "changes": changes, "epoch": epoch}
    more = dice.random() < 0.4
    place = {"through": dice.randint(10, 30), "safe": 0 if more else dice.choice((0, BACKED_UP))}
    reset = {"reset": "epoch"} if restored else {}
    return {**facts, **place, "cursor": f"cursor-{number + 2}", "more": more, **reset}


def replay() -> Iterator[Case]:
    dice = random.Random(23)
    for _ in range(250):
        records = [{"id": "a", "type": "work_order", "data": {"state": "on_hold", "fault": "异响"}}]
        records += [{**note(n), "gone": dice.random() < 0.3} for n in range(dice.randint(0, 2))]
        operations = [change(dice, n) for n in range(dice.randint(1, 6))]
        case = {"records": records, "operations": operations}
        shown = vector_device.shown(case)
        shows = {key.lstrip("0"): one.data for key, one in shown.items()}
        yield {**case, "shows": shows, "gone": [key.lstrip("0") for key, one in shown.items() if one.gone]}


def note(n: int) -> Case:
    return {"id": f"d{n}", "type": "note", "data": {"text": f"备注{n}"}}


def change(dice: random.Random, n: int) -> Case:
    """One more thing an engineer does on an order under repair."""
    value = f"说明{n}"
    about = {"type": "note", "record": f"d{dice.randint(0, 3)}"}
    match dice.choice(("set", "set", "append", "hide", "restore", "reading")):
        case "set":
            changes = {
                one: {"was": None, "to": dice.choice((value, value, None))}
                for one in dice.sample(FIELDS, dice.randint(1, 2))
            }
            return {"type": "work_order", "record": "a", "do": "set", "set": changes}
        case "append":
            return {**about, "do": "append", "append": {"values": {"text": value}}}
        case "hide":
            return {**about, "do": "hide", "hide": {"reason": value}}
        case "restore":
            return {**about, "do": "restore", "restore": {}}
    reading = {"value": f"{dice.randint(0, 9)}.5", "unit": "bar", "minimum": "2.0", "maximum": "7.5"}
    return {"type": "reading", "record": f"e{n}", "do": "append", "append": {"values": reading}}


def merges() -> Iterator[Case]:
    dice = random.Random(24)
    for _ in range(150):
        server, steps = vector_device.stage().server(0), []
        live: dict[str, str | None] = dict.fromkeys(FIELDS)
        for n in range(1, dice.randint(2, 5)):
            steps.append(step(dice, n, live))
            about = vector_device.place("order", n)
            steps[-1]["verdict"] = vector_device.judged(server, steps[-1], about)
            live |= vector_device.stored(server, "order", FIELDS)[0]
        shows, disputed = vector_device.stored(server, "order", FIELDS)
        yield {"record": "order", "steps": steps, "shows": shows, "disputed": disputed}


def step(dice: random.Random, n: int, live: dict[str, str | None]) -> Case:
    """Somebody changes a field or two; as often as not he has not seen the newest value."""
    by = dice.choice(("engineer1", "engineer2", "dispatcher1", "supervisor1"))
    chosen = dice.sample(FIELDS, dice.choice((1, 1, 2)))
    changes = {
        one: {"was": dice.choice((live[one], None)), "to": dice.choice((f"值{n}", "值", None))} for one in chosen
    }
    return {"by": by, "set": changes}


MADE = {"merges": merges, "replay": replay, "requests": requests, "responses": responses}
