"""A demo company with three people's tokens, made once for each kind of database and copied for every run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.app import create_app
from backend.config import Config
from backend.services.accounts import user_named
from backend.services.parts import Parts
from backend.services.seed import seed
from backend.services.tokens import make_token
from backend.store.files import sha256_of

Json = dict[str, Any]
PEOPLE = ("engineer1", "engineer2", "dispatcher")


@dataclass(frozen=True)
class Founded:
    """The data folder of a company nobody has worked in, and who may speak to it: user -> token."""

    folder: Path
    tokens: dict[str, str]


@contextmanager
def opened(folder: Path, url: str = "") -> Iterator[Parts]:
    """The parts of a server on this data, outside any server."""
    parts: Parts = create_app(Config(folder, database_url=url)).extensions["huizhi"]
    try:
        yield parts
    finally:
        parts.database.close()


def found(folder: Path, url: str = "") -> Founded:
    """Make the company."""
    with opened(folder, url) as parts:
        seed(parts)
        users = [user_named(parts, name) for name in PEOPLE]
        return Founded(folder, {user: make_token(parts, user, "tablet") for user in users})


def copied(company: Founded, folder: Path) -> Founded:
    """The same company in a folder of its own; its SQLite file comes along."""
    shutil.copytree(company.folder, folder)
    return Founded(folder, company.tokens)


@dataclass(frozen=True)
class Stored:
    """Verdicts by user and operation, every record as its devices get it, all operations, hashes of whole photos."""

    verdicts: dict[tuple[str, str], str]
    records: dict[str, Json]
    operations: list[Json]
    photos: set[str]

    def of(self, kind: str) -> list[Json]:
        """The fields of all records of a type."""
        return [row["data"] for row in self.records.values() if row["type"] == kind]


def stored(folder: Path, url: str = "") -> Stored:
    """What the server has, read past the server."""
    with opened(folder, url) as parts, parts.database.read() as sql:
        judged = sql.all("SELECT user_id, id, verdict, body FROM judged")
        verdicts = {(user, one): verdict for user, one, verdict, _ in judged}
        operations = [json.loads(bytes(body)) for *_, body in judged]
        records = {row[0]: json.loads(bytes(row[1])) for row in sql.all("SELECT id, body FROM records")}
        named = [row[0] for row in sql.all("SELECT sha256 FROM blobs")]
        whole = {one for one in named if one in parts.blobs and sha256_of(parts.blobs.path(one)) == one}
    return Stored(verdicts, records, operations, whole)
