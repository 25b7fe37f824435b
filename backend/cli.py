"""The `huizhi` command."""

import json
from pathlib import Path

import click

from backend import clockwork, upkeep
from backend.app import create_app
from backend.command import with_parts
from backend.config import BadSetting, from_environment
from backend.logs import log_as_json
from backend.schemas.model_export import exported_model
from backend.serve import serve as serve_app
from backend.services import accounts, devices, tokens
from backend.services.founding import SYSTEM, make_administrator
from backend.services.guarding import serving
from backend.services.parts import Parts
from backend.services.seed import seed as seed_demo
from backend.store.engine import AffectedLibrary
from sync.clock import format_time

PASSWORD = click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, envvar="HUIZHI_PASSWORD")


@click.group()
def main() -> None:
    """Huizhi: field service that works without a network."""


for command in (*upkeep.COMMANDS, *clockwork.COMMANDS):
    main.add_command(command)


@main.command()
@click.option("--demo", is_flag=True, help="Load the demo company first, unless it is there.")
@click.option("--scheduler", is_flag=True, help="Run a scheduler beside the server.")
def serve(demo: bool, scheduler: bool) -> None:
    """Serve on HOST:PORT until stopped."""
    log_as_json()
    try:
        config = from_environment()
        app = create_app(config)
    except (BadSetting, AffectedLibrary) as error:
        raise click.ClickException(str(error)) from error
    if demo:
        _load_demo(app.extensions["huizhi"])
    click.echo(f"Huizhi: http://{config.host}:{config.port}")
    with serving(app.extensions["huizhi"]), clockwork.beside(scheduler):
        serve_app(app, config.host, config.port, config.threads)


@main.command()
@with_parts
def migrate(_parts: Parts) -> None:
    """Bring the database to the newest tables (serving does so too)."""
    click.echo("The database has the newest tables.")


@main.command()
@click.option("--username", prompt=True)
@click.option("--name", prompt=True)
@click.option("--branch", prompt="Name of the first branch")
@PASSWORD
@with_parts
def init(parts: Parts, username: str, name: str, branch: str, password: str) -> None:
    """Make the first branch and its administrator."""
    make_administrator(parts, username, name, password, branch)
    click.echo(f"{username} can sign in.")


@main.command()
@with_parts
def seed(parts: Parts) -> None:
    """Load the catalogue and a demo company, unless it is there already; print its accounts."""
    _load_demo(parts)


def _load_demo(parts: Parts) -> None:
    known = seed_demo(parts)
    target = parts.config.data_dir / "demo-accounts.json"
    target.write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n")
    for one in known:
        click.echo(f"{one['username']:<14} {one['password']:<18} {', '.join(one['roles']):<12} {one['name']}")


@main.command("export-model")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
def export_model(path: Path) -> None:
    """Write the model that the app is built with."""
    path.write_text(json.dumps(exported_model(), ensure_ascii=False, indent=1) + "\n")


@main.command()
@click.argument("username")
@click.option("--name", required=True, help="What the token is for.")
@with_parts
def token(parts: Parts, username: str, name: str) -> None:
    """Make a token for a program that acts as USERNAME; it is shown once."""
    click.echo(tokens.make_token(parts, accounts.user_named(parts, username), name))


@main.group()
def user() -> None:
    """Accounts."""


@user.command("add")
@click.argument("username")
@click.option("--name", prompt=True)
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(accounts.ROLES))
@click.option("--branch", required=True, help="Id or code of the branch.")
@PASSWORD
@with_parts
def add_user(parts: Parts, username: str, name: str, roles: tuple[str, ...], branch: str, password: str) -> None:
    """Make a user."""
    home = accounts.branch_named(parts, branch)
    accounts.create_user(parts, SYSTEM, username=username, name=name, roles=list(roles), branch=home, password=password)


@user.command("disable")
@click.argument("username")
@with_parts
def disable_user(parts: Parts, username: str) -> None:
    """Shut a user out; his work stays."""
    accounts.set_active(parts, SYSTEM, accounts.user_named(parts, username), False)


@user.command("enable")
@click.argument("username")
@with_parts
def enable_user(parts: Parts, username: str) -> None:
    """Let a user in again."""
    accounts.set_active(parts, SYSTEM, accounts.user_named(parts, username), True)


@user.command("password")
@click.argument("username")
@PASSWORD
@with_parts
def set_password(parts: Parts, username: str, password: str) -> None:
    """Set a password; ends the user's sessions."""
    accounts.set_password(parts, accounts.user_named(parts, username), password)


@user.command("list")
@with_parts
def list_users(parts: Parts) -> None:
    """Every user with his roles."""
    for one in accounts.every_user(parts):
        state = "" if one.get("active") is not False else "  (disabled)"
        click.echo(f"{one['username']:<20} {', '.join(one['roles']):<24} {one['name']}{state}")


@main.group()
def device() -> None:
    """Devices."""


@device.command("list")
@with_parts
def list_devices(parts: Parts) -> None:
    """Every device ever signed in on."""
    for one in devices.every_device(parts):
        state = "revoked" if one.revoked_at else f"seen {format_time(one.seen_at)}"
        click.echo(f"{one.id}  {state:<30} {one.name}")


@device.command("revoke")
@click.argument("device_id")
@with_parts
def revoke_device(parts: Parts, device_id: str) -> None:
    """Shut a device out; ends its sessions."""
    devices.revoke(parts, device_id)
