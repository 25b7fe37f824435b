"""The scheduler's jobs: each finds what is due and says what it made of it."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.services.parts import Parts
from backend.services.watch import MOST_ROOTS, NOTHING, Lead, Work, look_at
from backend.store import jobs, watch

FEED_ROWS = 500


@dataclass(frozen=True)
class Job:
    """`work` runs every `seconds`."""

    name: str
    seconds: int
    work: Callable[[Parts, Lead], Work]


def follow_changes(parts: Parts, lead: Lead) -> Work:
    """Look at every root that changed since the last run."""
    work = NOTHING
    while True:
        with parts.database.read() as sql:
            position = jobs.position(sql, FOLLOW)
            roots, reached = watch.changed_roots(sql, position, FEED_ROWS)
            standing = watch.standing_among(sql, roots)
        if reached == position:
            return work
        if "work_calendar" in standing.values():
            _wake_all(parts)
        work += look_at(parts, roots, lead)
        with parts.database.write() as sql:
            lead.fence(sql)
            jobs.move(sql, FOLLOW, reached)


def wake(parts: Parts, lead: Lead) -> Work:
    """Look at every root whose moment has come."""
    work = NOTHING
    while True:
        with parts.database.read() as sql:
            roots = watch.woken(sql, parts.now(), MOST_ROOTS)
        if not roots:
            return work
        work += look_at(parts, roots, lead)


def _wake_all(parts: Parts) -> None:
    with parts.database.write() as sql:
        watch.wake_all(sql, parts.now())


FOLLOW = "follow_changes"
JOBS = (Job(FOLLOW, 3, follow_changes), Job("wake", 5, wake))
