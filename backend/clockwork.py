"""The `huizhi` commands of the clock: the scheduler beside the server, and the check of the service policies."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from backend import process
from backend.catalogue.document import CatalogueError
from backend.catalogue.loader import FOLDER, load_policies
from backend.command import with_parts
from backend.domain.service_policy import blank
from backend.jobs.scheduler import start
from backend.logs import log_as_json
from backend.services.ids import device_id
from backend.services.parts import Parts


@click.command()
@with_parts
def scheduler(parts: Parts) -> None:
    """Create rounds and callbacks and watch every deadline, until stopped; several may run, one leads."""
    log_as_json()
    process.settle()
    start(parts, device_id(parts.random))


@click.group()
def policies() -> None:
    """Service policies as files."""


@policies.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=FOLDER / "policies")
def check(folder: Path) -> None:
    """Check every policy in FOLDER (those that ship, unless another is named); say file, line and key of a fault."""
    try:
        found = list(load_policies(folder))
    except CatalogueError as error:
        raise click.ClickException(str(error)) from error
    left_open = {one["key"]: blank(one) for one in found if not one["active"]}
    click.echo(f"{len(found)} policies are sound; {len(found) - len(left_open)} can be active.")
    for key, path in left_open.items():
        click.echo(f"{key}: {path} is blank, so it cannot be active.")


@contextmanager
def beside(wanted: bool) -> Iterator[None]:
    """A scheduler in a process of its own while the block runs."""
    if not wanted:
        yield
        return
    child = subprocess.Popen([sys.executable, "-m", "backend", "scheduler"], stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        child.terminate()
        child.wait()


COMMANDS = (scheduler, policies)
