"""Schedules that failed once; every campaign replays them first, for ever."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tests.simulation.events import Schedule
from tests.simulation.oracle import Violation

FOLDER = Path(__file__).parent / "corpus"


def stored() -> Iterator[tuple[str, Schedule]]:
    """Name and schedule of every entry."""
    for path in sorted(FOLDER.glob("*.json")):
        yield path.stem, Schedule.from_json(json.loads(path.read_text())["schedule"])


def keep(schedule: Schedule, violation: Violation) -> Path:
    """Write a schedule down together with what it broke."""
    words = "-".join(violation.promise.replace(",", "").split()[:8])
    path = FOLDER / f"{violation.figure}-{words}-{schedule.seed}.json"
    FOLDER.mkdir(exist_ok=True)
    entry = {"broke": f"{violation.figure}: {violation.promise}", "schedule": schedule.as_json()}
    path.write_text(json.dumps(entry, indent=1) + "\n")
    return path
