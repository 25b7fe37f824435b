"""Schedules that failed once; every campaign replays them first, for ever."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.simulation.events import Schedule
from tests.simulation.oracle import Violation

FOLDER = Path(__file__).parent / "corpus"


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def schedule(name: str) -> Schedule:
    return Schedule.from_json(json.loads((FOLDER / f"{name}.json").read_text())["schedule"])


def keep(schedule: Schedule, violation: Violation) -> Path:
    """Write a schedule down together with what it broke."""
    words = re.sub("[^a-z]+", "-", violation.promise.lower().replace("'", ""))
    path = FOLDER / f"{violation.figure}-{words}-{schedule.seed}.json"
    FOLDER.mkdir(exist_ok=True)
    entry = {"broke": f"{violation.figure}: {violation.promise}", "schedule": schedule.as_json()}
    path.write_text(json.dumps(entry) + "\n")
    return path
