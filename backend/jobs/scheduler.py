"""The scheduler process: APScheduler starts the jobs, the lease decides whether they do anything here."""

import signal
import threading
from collections.abc import Callable
from functools import partial

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from backend.jobs.jobs import JOBS
from backend.jobs.leader import Leader
from backend.jobs.runner import run
from backend.services.parts import Parts


def start(parts: Parts, holder: str) -> None:
    """Run the jobs until TERM or INT; a run that has begun is finished."""
    stopping = threading.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: stopping.set())
    leader = Leader(parts.database, holder)
    scheduler = _scheduler(parts, leader)
    scheduler.start()
    structlog.get_logger().info("scheduler_started", holder=holder, jobs=[job.name for job in JOBS])
    stopping.wait()
    scheduler.shutdown(wait=True)
    leader.resign()


def _scheduler(parts: Parts, leader: Leader) -> BackgroundScheduler:
    # One thread: jobs never meet each other. A late run is made up for once, however many were missed.
    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone="UTC",
    )
    for job in JOBS:
        work: Callable[[], object] = partial(run, parts, leader, job)
        scheduler.add_job(work, "interval", seconds=job.seconds, id=job.name)
    return scheduler
