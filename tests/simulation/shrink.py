"""Delta debugging: the shortest schedule that still breaks the same promise."""

from __future__ import annotations

from collections.abc import Callable

from tests.simulation.events import Event, Schedule

Fails = Callable[[Schedule], bool]


def shrunk(schedule: Schedule, fails: Fails) -> Schedule:
    """Leave out ever smaller runs of events as long as the schedule still fails."""
    events = list(schedule.events)
    size = len(events) // 2
    while size:
        events = without_runs(schedule, events, size, fails)
        size = min(size // 2, len(events) // 2) if size > 1 else 0
    return schedule.with_events(events)


def without_runs(schedule: Schedule, events: list[Event], size: int, fails: Fails) -> list[Event]:
    start = 0
    while start < len(events):
        fewer = events[:start] + events[start + size :]
        if fails(schedule.with_events(fewer)):
            events = fewer
        else:
            start += size
    return events
