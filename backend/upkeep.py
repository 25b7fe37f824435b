"""The `huizhi` commands that keep data: back up, restore, collect."""

from pathlib import Path

import click

from backend.command import with_parts
from backend.services.backup import back_up
from backend.services.parts import Parts
from backend.services.restore import restore as restore_backup
from sync.history import collect as collect_history

DAY_MS = 86_400_000
FOLDER = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))


@click.command()
@FOLDER
@with_parts
def backup(parts: Parts, folder: Path) -> None:
    """Copy database and photos into FOLDER while the server runs, and verify the copy.

    The same folder again takes only new photos along. Devices drop their own copies once a verified backup has them.
    """
    made = back_up(parts, folder)
    page = made.manifest
    rows, size = sum(page.rows.values()), page.blob_bytes / 1e6
    click.echo(f"Commit {page.commit} is safe: {rows} rows, {page.blobs} photos ({made.copied} new), {size:.1f} MB.")
    if not made.relied_on:
        raise click.ClickException("The history ended meanwhile; back up again.")


@click.command()
@FOLDER
@click.option("--older", is_flag=True, help="Take a backup although devices rely on a newer one: work may be lost.")
@with_parts
def restore(parts: Parts, folder: Path, older: bool) -> None:
    """Replace database and photos by the backup in FOLDER; no server may run.

    Devices notice the new history by themselves and send again what it lacks.
    """
    found = restore_backup(parts, folder, older=older)
    click.echo(f"Restored commit {found.commit} of {found.made_at}. Start the server; devices send what came later.")


@click.command()
@click.option("--days", default=180, show_default=True, type=click.IntRange(60), help="How long a tablet may sleep.")
@with_parts
def collect(parts: Parts, days: int) -> None:
    """Forget ended stays and removed records that are older than DAYS; a tablet that slept longer starts anew."""
    horizon = collect_history(parts.engine, parts.now(), days * DAY_MS)
    click.echo(f"The horizon is commit {horizon}.")


COMMANDS = (backup, restore, collect)
