"""Counts and times of every request, for Prometheus and for the log; never a value, a name or a secret."""

from time import perf_counter

import structlog
from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from backend.api.access import parts
from backend.services.health import newest_commit

metrics = Blueprint("metrics", __name__)
UNKNOWN = "unknown"  # one name for all that strangers make up, or the counts would never stop growing


class Meters:
    """The instruments of one app."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self.requests = Counter("huizhi_requests", "Requests answered", labels, registry=self.registry)
        self.seconds = Histogram("huizhi_request_seconds", "Time to answer", ("route",), registry=self.registry)
        self.commit = Gauge("huizhi_newest_commit", "Number of the newest commit", registry=self.registry)


def register(app: Flask) -> None:
    app.extensions["meters"] = Meters()
    app.before_request(_start)
    app.after_request(_record)


@metrics.get("/metrics")
def scrape() -> Response:
    """All instruments in the text format of Prometheus."""
    meters: Meters = current_app.extensions["meters"]
    meters.commit.set(newest_commit(parts()))
    return Response(generate_latest(meters.registry), content_type=CONTENT_TYPE_LATEST)


def _start() -> None:
    g.started = perf_counter()


def _record(response: Response) -> Response:
    meters: Meters = current_app.extensions["meters"]
    method, route = (request.method, request.url_rule.rule) if request.url_rule else (UNKNOWN, UNKNOWN)
    seconds = perf_counter() - g.started
    meters.requests.labels(method, route, response.status_code).inc()
    meters.seconds.labels(route).observe(seconds)
    structlog.get_logger().info(
        "request", method=method, route=route, status=response.status_code, ms=round(seconds * 1000, 1)
    )
    return response
