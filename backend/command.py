"""What every `huizhi` command needs: the parts of the server, and failures said in words."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from backend.app import create_app
from backend.config import BadSetting, from_environment
from backend.store.engine import AffectedLibrary
from sync.errors import CATALOGUE, Fault


def with_parts(command: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the command the parts of the server, and say in words why it failed."""

    @wraps(command)
    def run(**options: Any) -> Any:
        try:
            app = create_app(from_environment())
            return command(app.extensions["huizhi"], **options)
        except Fault as fault:
            detail = f" {fault.detail}" if fault.detail else ""
            raise click.ClickException(CATALOGUE[fault.code].message + detail) from fault
        except (BadSetting, AffectedLibrary) as error:
            raise click.ClickException(str(error)) from error

    return run
