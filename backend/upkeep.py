"""The `huizhi` commands that keep data, or let it go: back up, restore, collect, erase, scrub."""

from pathlib import Path

import click

from backend.command import with_parts
from backend.services import erasure
from backend.services.backup import back_up
from backend.services.founding import SYSTEM
from backend.services.parts import Parts
from backend.services.restore import restore as restore_backup
from backend.services.scrub import scrub as scrub_blobs
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


@click.command()
@click.argument("records", nargs=-1)
@click.option("--find", help="List the records in which this text stands, and erase nothing.")
@click.option("--reason", help="Why; without the name of the person.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_parts
def erase(parts: Parts, records: tuple[str, ...], find: str | None, reason: str | None, yes: bool) -> None:
    """Erase what the RECORDS (ids) tell of a person, with all copies, for ever.

    History, verdicts and salted hashes stay. Backups made before still hold it: let them expire.
    """
    if find:
        for one in erasure.find(parts, find):
            click.echo(f"{one.id}  {one.type:<14} {' | '.join(one.texts)[:80]}")
        return
    if not records or not reason:
        raise click.UsageError("Name the records (--find helps) and a --reason.")
    plan = erasure.preview(parts, list(records))
    click.echo(f"{len(plan.records)} records, {len(plan.operations)} operations, {len(plan.blobs)} photos go for ever.")
    if yes or click.confirm("Erase them?"):
        click.echo(f"Erased; noted as {erasure.erase(parts, SYSTEM, list(records), reason).id}.")


@click.command()
@with_parts
def scrub(parts: Parts) -> None:
    """Read every photo back; a damaged or missing one is asked for again from devices that still hold it."""
    found = scrub_blobs(parts)
    for sha256 in found.damaged:
        click.echo(f"damaged  {sha256}")
    click.echo(f"{found.whole} photos are whole, {len(found.damaged)} are damaged or missing.")
    if found.damaged:
        raise click.exceptions.Exit(1)


COMMANDS = (backup, restore, collect, erase, scrub)
