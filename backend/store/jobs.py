"""What the scheduler's jobs did: their positions, counts and runs."""

from dataclasses import dataclass

from backend.store.sql import Sql

KEEP_MS = 30 * 86_400_000
MOST = 200

NOTE = """INSERT INTO jobs (name, runs, created, failures, started_at, ended_at, next_at, outcome, holder)
  VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET runs = jobs.runs + 1,
  created = jobs.created + excluded.created, failures = jobs.failures + excluded.failures,
  started_at = excluded.started_at, ended_at = excluded.ended_at, next_at = excluded.next_at,
  outcome = excluded.outcome, holder = excluded.holder"""
RUN = "INSERT INTO job_runs (job, holder, started_at, ended_at, outcome, created, error) VALUES (?, ?, ?, ?, ?, ?, ?)"
MOVE = """INSERT INTO jobs (name, position) VALUES (?, ?)
  ON CONFLICT (name) DO UPDATE SET position = excluded.position"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: times in ms, `outcome` done or failed, and how many records it made."""

    job: str
    holder: str
    started_at: int
    ended_at: int
    outcome: str
    created: int
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job as the administrator sees it."""

    name: str
    runs: int
    created: int
    failures: int
    started_at: int | None
    ended_at: int | None
    next_at: int | None
    outcome: str | None
    holder: str | None


def note(sql: Sql, run: Run, next_at: int) -> None:
    """Count a run; one that made something or failed is kept."""
    failed = int(run.outcome == "failed")
    known = (run.started_at, run.ended_at, next_at, run.outcome, run.holder)
    sql.run(NOTE, run.job, run.created, failed, *known)
    if run.created or failed:
        sql.run(RUN, run.job, run.holder, run.started_at, run.ended_at, run.outcome, run.created, run.error)
        sql.run("DELETE FROM job_runs WHERE started_at < ?", run.started_at - KEEP_MS)


def position(sql: Sql, job: str) -> int:
    """The commit up to which a job has read the feed."""
    found = sql.one("SELECT position FROM jobs WHERE name = ?", job)
    return int(found[0]) if found else 0


def move(sql: Sql, job: str, commit: int) -> None:
    sql.run(MOVE, job, commit)


def all_jobs(sql: Sql) -> list[Job]:
    """Every job that ever ran, by name."""
    columns = "name, runs, created, failures, started_at, ended_at, next_at, outcome, holder"
    return [Job(*row) for row in sql.all(f"SELECT {columns} FROM jobs ORDER BY name")]


def runs(sql: Sql) -> list[Run]:
    """The newest runs first."""
    columns = "job, holder, started_at, ended_at, outcome, created, error"
    return [
        Run(*row) for row in sql.all(f"SELECT {columns} FROM job_runs ORDER BY started_at DESC, id DESC LIMIT {MOST}")
    ]
