"""One real restore: a server process, three tablets, a backup amid the work, more work, the old backup, and healing."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

from backend.services import manifest
from backend.services.backup import BLOBS
from tests.restores.site import Founded, Json, Stored, stored
from tests.restores.tablet import Tablet
from tests.support.server import Server

COMMAND, FILES, UNMARKED = "restore command", "files copied back", "files copied back, no high-water mark"
BEFORE, AFTER = 25, 25


@dataclass(frozen=True)
class Outcome:
    """What one run came to."""

    way: str
    told: int
    photos: int
    missing: list[str]
    exchanges: int
    after_backup: int
    new_epoch: bool


def play(seed: int, company: Founded, backup: Path, url: str = "") -> Outcome:
    """Load, back up, go on working, restore, let the tablets sync; what was acknowledged and is missing."""
    dice = Random(seed)
    server = Server(company.folder, **({"DATABASE_URL": url} if url else {})).start()
    try:
        tablets = [Tablet(server.url, user, token, dice) for user, token in company.tokens.items()]
        for tablet in tablets:
            tablet.drain()
        epoch = tablets[0].device.disk.epoch
        work(tablets, dice, BEFORE)
        back_up_amid_work(server, tablets, dice, backup)
        known = {key for tablet in tablets for key in tablet.told}
        work(tablets, dice, AFTER)
        told = {key for tablet in tablets for key in tablet.told}
        way = put_back(server, dice, backup, url)
        server.start()
        dice.shuffle(tablets)
        exchanges = max(tablet.drain() for tablet in tablets)
        for tablet in tablets:
            tablet.drain()
        check_agreement(server.url, tablets, company)
        renewed = tablets[0].device.disk.epoch != epoch
        photos = sum(len(tablet.received) for tablet in tablets)
    finally:
        server.kill()
    missing = lacking(company.folder, url, tablets)
    return Outcome(way, len(told), photos, missing, exchanges, len(told - known), renewed)


def work(tablets: Sequence[Tablet], dice: Random, steps: int) -> None:
    """Things people do, answers that are lost, photos that arrive, and some of each that do not."""
    for _ in range(steps):
        tablet = dice.choice(tablets)
        dice.choices((tablet.note, tablet.rename, tablet.photograph), (5, 3, 2))[0]()
        if dice.random() < 0.6:
            tablet.exchange(deaf=dice.random() < 0.15)
        if dice.random() < 0.5:
            tablet.upload()


def back_up_amid_work(server: Server, tablets: Sequence[Tablet], dice: Random, backup: Path) -> None:
    """The tablets go on until the backup is done."""
    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(server.run, "backup", str(backup))
        while not made.done():
            work(tablets, dice, 1)
        made.result()


def put_back(server: Server, dice: Random, backup: Path, url: str) -> str:
    """Stop or kill the server and go back to the backup, with the command or by hand."""
    dice.choice((server.stop, server.kill))()
    way = COMMAND if url else dice.choice((COMMAND, FILES, UNMARKED))
    if way == COMMAND:
        server.run("restore", str(backup))
        return way
    copy_back(server.data_dir, backup, photos=dice.random() < 0.5)
    if way == UNMARKED:
        (server.data_dir / "keys" / "high-water.json").unlink()
    return way


def copy_back(data: Path, backup: Path, *, photos: bool) -> None:
    """As somebody does who never read the manual; `photos`: those that came later are lost too."""
    for name in ("huizhi.sqlite3-wal", "huizhi.sqlite3-shm"):
        (data / name).unlink(missing_ok=True)
    shutil.copy(backup / manifest.read(backup).database, data / "huizhi.sqlite3")
    if photos:
        shutil.rmtree(data / "blobs")
        shutil.copytree(backup / BLOBS, data / "blobs" / "whole")


def check_agreement(url: str, tablets: Sequence[Tablet], company: Founded) -> None:
    """Every tablet holds what a fresh one of the same person gets."""
    for tablet in tablets:
        fresh = Tablet(url, tablet.user, company.tokens[tablet.user], tablet.dice)
        fresh.drain()
        assert tablet.device.disk.shelf.rows == fresh.device.disk.shelf.rows, tablet.user


def lacking(folder: Path, url: str, tablets: Sequence[Tablet]) -> list[str]:
    """What a tablet was told the server has, and the server has not."""
    there = stored(folder, url)
    missing = []
    for tablet in tablets:
        missing += [f"photo {sha256}" for sha256 in tablet.received - there.photos]
        missing += [f"{one['do']} {key}" for key, one in tablet.told.items() if not kept(there, tablet.user, one)]
    return missing


def kept(there: Stored, user: str, operation: Json) -> bool:
    """It has its verdict, and what it said is there: on its record, or with what waits for a decision."""
    verdict = there.verdicts.get((user, operation["id"]))
    if verdict == "parked":
        return any(one["operation"]["id"] == operation["id"] for one in there.of("parked"))
    if verdict is None or operation["record"] not in there.records:
        return False
    if operation["do"] == "append":
        return operation["append"]["values"].items() <= there.records[operation["record"]]["data"].items()
    return all(stands(there, operation, field, change["to"]) for field, change in operation["set"].items())


def stands(there: Stored, operation: Json, field: str, value: object) -> bool:
    """The value is the live one, is in a conflict, or was replaced by somebody who had seen it."""
    if there.records[operation["record"]]["data"].get(field) == value:
        return True
    about = [one for one in there.of("conflict") if (one["record"], one["field"]) == (operation["record"], field)]
    if any(value in [one["live"]["value"], *(each["value"] for each in one["candidates"])] for one in about):
        return True
    later = [one["set"] for one in there.operations if one["do"] == "set" and one["record"] == operation["record"]]
    return any(change[field]["was"] == value for change in later if field in change)
