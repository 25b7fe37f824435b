"""Endpoints whose arguments come through the one strict JSON reader and fail with a catalogue entry."""

from collections.abc import Mapping
from typing import Any, NoReturn

import flask_smorest
from flask import Request
from marshmallow import Schema, fields
from webargs.flaskparser import FlaskParser

from backend.api.body import read_json
from sync.errors import Fault


class StrictParser(FlaskParser):
    """Unknown fields are refused, for a typing error must not pass as a missing wish."""

    DEFAULT_VALIDATION_STATUS = 422

    def load_json(self, req: Request, schema: object) -> object:
        return read_json(req)

    def handle_error(self, error: Any, *_: object, **__: object) -> NoReturn:
        reasons: Mapping[str, object] = error.messages
        raise Fault("invalid_request", next(iter(reasons.values()), {})) from error  # type: ignore[arg-type]


class Blueprint(flask_smorest.Blueprint):
    ARGUMENTS_PARSER = StrictParser()


class Error(Schema):
    code = fields.String()
    message = fields.String()
    detail = fields.Dict()
    retryable = fields.Boolean()


class ErrorBody(Schema):
    error = fields.Nested(Error)


class Api(flask_smorest.Api):
    ERROR_SCHEMA = ErrorBody
