"""How a schedule ends, in a form that can be compared with how it ends elsewhere or under other clocks."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace

from tests.simulation.events import Schedule
from tests.simulation.server import new_trade
from tests.simulation.world import Parts, World

# Ids that hold or hash the time of a device or the name of a history.
MADE_OF_TIMES = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}(?=-7)|\b[0-9a-f]{64}\b")
MONTHS = 10**10  # milliseconds, nearly four


def final_world(parts: Parts, schedule: Schedule) -> World:
    """The world after the schedule was played, healed and judged."""
    world = World(schedule, parts, new_trade())
    for event in schedule.events:
        world.step(event)
    world.finish()
    return world


def verdicts(world: World) -> dict:
    return {(one.user, one.id): (one.verdict, one.answer and one.answer.get("code")) for one in world.oracle.made}


def with_other_clocks(schedule: Schedule) -> Schedule:
    """The same schedule, each device's clock off by months of its own."""
    dice = random.Random(schedule.seed)
    skew = [was + dice.randint(-MONTHS, MONTHS) for was in schedule.shape["skew"]]
    return replace(schedule, shape={**schedule.shape, "skew": skew})


def timeless(parts: Parts, schedule: Schedule) -> tuple[dict, list[str]]:
    """Every verdict, and every record with the times that count, but for what devices' own clocks say in it."""
    world = final_world(parts, schedule)
    rows = (json.dumps(without_clocks(row), sort_keys=True) for row in world.oracle.truth.values())
    return verdicts(world), sorted(MADE_OF_TIMES.sub("", row) for row in rows)


def without_clocks(value: object) -> object:
    """An operation in the words of its author says when its device thought it was and names the server's history, and
    every offset is measured."""
    if isinstance(value, dict):
        said = {"at", "seen"} if "schema" in value else {"offset", "device_time"}
        return {name: without_clocks(one) for name, one in value.items() if name not in said}
    return [without_clocks(one) for one in value] if isinstance(value, list) else value
