"""The administrator sees what the scheduler did, and nobody else does."""

from backend.jobs.jobs import JOBS
from backend.jobs.leader import Leader
from backend.jobs.runner import run
from tests.backend.company import Company, Speaker


def work(company: Company) -> None:
    leader = Leader(company.parts.database, "scheduler-1")
    for job in JOBS:
        run(company.parts, leader, job)


def test_every_job_is_shown_with_its_last_result_and_its_next_run(company: Company, admin: Speaker):
    work(company)
    found = admin.call("GET", "/api/v1/jobs").json
    assert [one["name"] for one in found["jobs"]] == sorted(job.name for job in JOBS)
    assert all(one["outcome"] == "done" and one["next_at"] > one["ended_at"] for one in found["jobs"])
    assert all(one["created"] > 0 or one["outcome"] == "failed" for one in found["runs"])


def test_r_212_only_an_administrator_may_look(company: Company, engineer: Speaker):
    assert engineer.call("GET", "/api/v1/jobs").status_code == 403


def test_metrics_count_runs_records_and_failures(company: Company, engineer: Speaker):
    work(company)
    text = engineer.call("GET", "/metrics").text
    assert 'huizhi_job_runs{job="wake"} 1.0' in text
    assert 'huizhi_job_failures{job="wake"} 0.0' in text
