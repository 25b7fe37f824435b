"""The app for a WSGI server behind a buffering proxy: `granian --interface wsgi --factory backend.wsgi:application`."""

from flask import Flask

from backend.app import create_app
from backend.config import from_environment
from backend.logs import log_as_json


def application() -> Flask:
    """The app as the environment configures it."""
    log_as_json()
    return create_app(from_environment())
