"""What the scheduler's jobs did, read for the administrator and for metrics."""

from dataclasses import dataclass

from backend.services.parts import Parts
from backend.store import jobs as store
from backend.store.jobs import Job, Run


@dataclass(frozen=True, slots=True)
class Overview:
    """The jobs by name, and their newest runs first."""

    jobs: list[Job]
    runs: list[Run]


def overview(parts: Parts) -> Overview:
    with parts.database.read() as sql:
        return Overview(store.all_jobs(sql), store.runs(sql))
