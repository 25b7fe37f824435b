"""Counts and times of every request for Prometheus, slow and failed ones for the log; never a value or a secret."""

from collections import Counter as Tally
from collections.abc import Sequence
from functools import lru_cache
from statistics import median
from time import perf_counter

import structlog
from flask import Blueprint, Flask, Response, current_app, g
from flask.globals import request_ctx
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from backend.api.access import parts
from backend.api.admission import Crowd
from backend.services.health import copied_devices, newest_commit, open_matters
from backend.services.jobs import overview
from backend.store.jobs import Job
from sync.store import Matter

metrics = Blueprint("metrics", __name__)
SLOW_SECONDS = 1.0
UNKNOWN = "unknown"  # one name for all that strangers make up, or the counts would never stop growing


class Backlog:
    """How much of one kind waits for a person, by field or code, and for how long."""

    def __init__(self, kind: str, word: str, label: str, registry: CollectorRegistry) -> None:
        self._kind = kind
        self._open = Gauge(f"huizhi_{word}_open", "Waiting for a person", (label,), registry=registry)
        self._oldest = Gauge(f"huizhi_{word}_oldest_seconds", "How long the oldest one waits", registry=registry)
        self._median = Gauge(f"huizhi_{word}_median_seconds", "How long half of them wait", registry=registry)

    def show(self, matters: Sequence[tuple[Matter, float]]) -> None:
        """What is no longer there is forgotten."""
        mine = [(matter.name, age) for matter, age in matters if matter.kind == self._kind]
        ages = [age for _, age in mine] or [0]
        self._open.clear()
        for name, count in Tally(name for name, _ in mine).items():
            self._open.labels(name).set(count)
        self._oldest.set(max(ages))
        self._median.set(median(ages))


class Schedule:
    """What the scheduler's jobs did; a last run long ago means that nobody leads."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._runs = Gauge("huizhi_job_runs", "Runs of a job", ("job",), registry=registry)
        self._created = Gauge("huizhi_job_created", "Records a job has made", ("job",), registry=registry)
        self._failures = Gauge("huizhi_job_failures", "Runs of a job that failed", ("job",), registry=registry)
        self._age = Gauge("huizhi_job_age_seconds", "Time since the last run ended", ("job",), registry=registry)

    def show(self, known: Sequence[Job], now: int) -> None:
        for job in known:
            self._runs.labels(job.name).set(job.runs)
            self._created.labels(job.name).set(job.created)
            self._failures.labels(job.name).set(job.failures)
            self._age.labels(job.name).set((now - (job.ended_at or now)) / 1000)


class Meters:
    """The instruments of one app."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self.requests = Counter("huizhi_requests", "Requests answered", labels, registry=self.registry)
        self.seconds = Histogram("huizhi_request_seconds", "Time to answer", ("route",), registry=self.registry)
        self.counted = lru_cache(1024)(self.requests.labels)  # the library looks for it anew each time
        self.timed = lru_cache(1024)(self.seconds.labels)
        self.commit = Gauge("huizhi_newest_commit", "Number of the newest commit", registry=self.registry)
        self.matters = (
            Backlog("conflict", "conflicts", "field", self.registry),
            Backlog("parked", "parked", "code", self.registry),
        )
        self.schedule = Schedule(self.registry)
        self.load = Gauge("huizhi_load", "Share of the room for exchanges that is taken", registry=self.registry)
        self.refused = Gauge("huizhi_exchanges_refused", "Exchanges that found no room", registry=self.registry)
        self.copied = Gauge("huizhi_copied_devices", "Devices whose numbers came twice", registry=self.registry)


def register(app: Flask) -> None:
    app.extensions["meters"] = Meters()
    app.before_request(_start)
    app.after_request(_record)


@metrics.get("/metrics")
def scrape() -> Response:
    """All instruments in the text format of Prometheus."""
    meters: Meters = current_app.extensions["meters"]
    meters.commit.set(newest_commit(parts()))
    matters = open_matters(parts())
    for backlog in meters.matters:
        backlog.show(matters)
    crowd: Crowd = current_app.extensions["crowd"]
    meters.load.set(crowd.load)
    meters.refused.set(crowd.refused)
    meters.copied.set(copied_devices(parts()))
    meters.schedule.show(overview(parts()).jobs, parts().now())
    return Response(generate_latest(meters.registry), content_type=CONTENT_TYPE_LATEST)


def _start() -> None:
    g.started = perf_counter()


def _record(response: Response) -> Response:
    meters: Meters = current_app.extensions["meters"]
    asked = request_ctx.request
    method, route = (asked.method, asked.url_rule.rule) if asked.url_rule else (UNKNOWN, UNKNOWN)
    seconds = perf_counter() - g.started
    meters.counted(method, route, response.status_code).inc()
    meters.timed(route).observe(seconds)
    if seconds > SLOW_SECONDS or response.status_code >= 400:
        told = {"method": method, "route": route, "status": response.status_code, "ms": round(seconds * 1000, 1)}
        structlog.get_logger().info("request", **told)
    return response
