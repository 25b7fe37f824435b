"""Runs one job as leader, and records what became of it."""

import structlog

from backend.jobs.jobs import Job
from backend.jobs.leader import Leader, NotLeading
from backend.services.parts import Parts
from backend.store import jobs
from backend.store.engine import Unavailable

LONGEST_ERROR = 500


def run(parts: Parts, leader: Leader, job: Job) -> jobs.Run | None:
    """The run, recorded; None if somebody else leads or the database cannot be reached."""
    try:
        if not leader.claim():
            return None
        return _recorded(parts, leader, job)
    except NotLeading:
        structlog.get_logger().info("leadership_lost", job=job.name)
    except Unavailable as failure:
        structlog.get_logger().warning("database_unavailable", job=job.name, error=str(failure)[:LONGEST_ERROR])
    return None


def _recorded(parts: Parts, leader: Leader, job: Job) -> jobs.Run:
    started = parts.now()
    work = job.work(parts, leader)
    ended = parts.now()
    outcome, error = ("failed", "; ".join(work.problems)[:LONGEST_ERROR]) if work.problems else ("done", None)
    finished = jobs.Run(job.name, leader.holder, started, ended, outcome, work.made, error)
    with parts.database.write() as sql:
        jobs.note(sql, finished, ended + job.seconds * 1000)
    return finished
