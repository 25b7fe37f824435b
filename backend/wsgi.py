"""The app for a WSGI server behind a buffering proxy: `granian --interface wsgi --factory backend.wsgi:application`."""

from contextlib import ExitStack

from flask import Flask

from backend import process
from backend.app import create_app
from backend.config import from_environment
from backend.logs import log_as_json
from backend.services.guarding import serving


def application() -> Flask:
    """The app as the environment configures it; the data counts as served until the process ends."""
    log_as_json()
    app = create_app(from_environment())
    app.extensions["serving"] = lasting = ExitStack()
    lasting.enter_context(serving(app.extensions["huizhi"]))
    process.settle()
    return app
