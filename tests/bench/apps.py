"""What granian serves: both baselines on the database that DATABASE names, and the product as it is configured."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import orjson
from flask import Flask, Response, request
from marshmallow import EXCLUDE, Schema, fields, validate

from tests.bench.baseline import Baseline

USER = "X-User"


class Set(Schema):
    was = fields.Raw(required=True, allow_none=True)
    to = fields.Raw(required=True, allow_none=True)


class Operation(Schema):
    class Meta:
        unknown = EXCLUDE

    id = fields.String(required=True, validate=validate.Length(32, 32))
    n = fields.Integer(required=True, strict=True)
    by = fields.String(required=True)
    at = fields.String(required=True)
    schema = fields.Integer(required=True, strict=True)
    type = fields.String(required=True)
    record = fields.String(required=True)
    root = fields.String(required=True)
    do = fields.String(required=True, validate=validate.OneOf(["set"]))
    set = fields.Dict(keys=fields.String(), values=fields.Nested(Set), required=True)


class Request(Schema):
    class Meta:
        unknown = EXCLUDE

    request = fields.String(required=True)
    cursor = fields.String(allow_none=True, required=True)
    limit = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2000))
    operations = fields.List(fields.Nested(Operation), required=True)


def raw() -> Callable[..., Iterable[bytes]]:
    """WSGI and nothing else."""
    baseline = _baseline()

    def app(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        reply = baseline.exchange(environ["HTTP_X_USER"], orjson.loads(body))
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(reply)))])
        return [reply]

    return app


def flask() -> Flask:
    """The same through Flask and one nested marshmallow schema."""
    baseline, schema = _baseline(), Request()
    app = Flask(__name__, static_folder=None)

    @app.post("/api/v1/sync")
    def exchange() -> Response:
        loaded = schema.load(orjson.loads(request.get_data()))
        return Response(baseline.exchange(request.headers[USER], loaded), content_type="application/json")

    return app


def _baseline() -> Baseline:
    return Baseline(Path(os.environ["DATABASE"]))
