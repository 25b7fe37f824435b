"""A backup counts only when database and photos were read back whole; until then devices keep their copies."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.services.backup import back_up
from backend.services.guarding import upkeep
from backend.store import snapshot
from sync.errors import Fault
from tests.backend.company import Company, Speaker

OpenCompany = Callable[..., Company]
PICTURE = b"\xff\xd8\xff" + b"picture" * 100
SHA = hashlib.sha256(PICTURE).hexdigest()
PHOTO = "f" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def send_photo(engineer: Speaker, record: str = PHOTO, content: bytes = PICTURE) -> str:
    """A photo with its bytes; their hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    engineer.sync(engineer.photo(record, sha256, len(content)))
    engineer.call("POST", "/api/v1/blobs", json={"sha256": sha256, "size": len(content), "type": "image/jpeg"})
    headers = {"Upload-Offset": "0", "Content-Type": "application/octet-stream"}
    assert engineer.call("PATCH", f"/api/v1/blobs/{sha256}", data=content, headers=headers).json["complete"]
    return sha256


def page(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text())


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_verified_backup_moves_safe_to_the_newest_commit_in_it(company: Company, engineer: Speaker, folder: Path):
    before = engineer.sync()
    made = back_up(company.parts, folder)
    after = engineer.sync(cursor=before["cursor"])
    assert (before["safe"], after["safe"]) == (0, before["through"])
    assert made.manifest.commit == page(folder)["commit"] == before["through"]
    assert company.parts.high_water.read().safe == before["through"]


def test_it_holds_every_row_and_every_photo(company: Company, engineer: Speaker, folder: Path):
    send_photo(engineer)
    back_up(company.parts, folder)
    found = page(folder)
    assert (folder / "blobs" / SHA[:2] / SHA).read_bytes() == PICTURE
    assert (found["blobs"], found["blob_bytes"]) == (1, len(PICTURE))
    with company.parts.database.read() as sql:
        counts = {table: sql.one(f"SELECT COUNT(*) FROM {table}")[0] for table in found["rows"]}
    assert counts == found["rows"]
    assert counts["judged"] > 0


def test_the_same_folder_takes_only_what_is_new(company: Company, engineer: Speaker, folder: Path):
    send_photo(engineer)
    first = back_up(company.parts, folder)
    send_photo(engineer, "d" * 32, PICTURE + b"!")
    second = back_up(company.parts, folder)
    assert (first.copied, second.copied) == (1, 1)
    assert names(folder) == {
        "manifest.json",
        "erasures.jsonl",
        second.manifest.database,
        *map(str, (blob(SHA), blob(other()))),
    }


def other() -> str:
    return hashlib.sha256(PICTURE + b"!").hexdigest()


def blob(sha256: str) -> Path:
    return Path("blobs") / sha256[:2] / sha256


def test_a_copy_that_rotted_is_copied_again(company: Company, engineer: Speaker, folder: Path):
    send_photo(engineer)
    back_up(company.parts, folder)
    (folder / blob(SHA)).write_bytes(b"rotten")
    assert back_up(company.parts, folder).copied == 1
    assert (folder / blob(SHA)).read_bytes() == PICTURE


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"rotten")], ids=["missing", "rotten"])
def test_a_backup_without_a_photo_the_database_names_never_counts(
    company: Company, engineer: Speaker, folder: Path, harm: Callable[[Path], object]
):
    send_photo(engineer)
    first = back_up(company.parts, folder)
    send_photo(engineer, "d" * 32, PICTURE + b"!")
    harm(company.parts.blobs.path(other()))
    with pytest.raises(Fault, match="damaged"):
        back_up(company.parts, folder)
    assert (page(folder)["commit"], engineer.sync()["safe"]) == (first.manifest.commit,) * 2


@pytest.mark.parametrize("step", ["manifest.check", "manifest.write", "_keep", "manifest.describe"])
def test_a_backup_killed_at_any_step_leaves_the_one_before(
    company: Company, engineer: Speaker, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
):
    send_photo(engineer)
    first = back_up(company.parts, folder)
    (folder / blob(SHA)).unlink()
    monkeypatch.setattr(f"backend.services.backup.{step}", killed)
    with pytest.raises(KeyboardInterrupt):
        back_up(company.parts, folder)
    monkeypatch.undo()
    assert (page(folder)["commit"], engineer.sync()["safe"]) == (first.manifest.commit,) * 2
    assert snapshot.inspect(folder / page(folder)["database"]).seq == first.manifest.commit
    back_up(company.parts, folder)
    assert len([name for name in names(folder) if name.startswith("database")]) == 1


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_only_one_upkeep_runs_at_a_time(company: Company, folder: Path):
    with upkeep(company.parts), pytest.raises(Fault, match="upkeep_running"):
        back_up(company.parts, folder)


def test_nobody_else_may_read_a_backup(company: Company, folder: Path):
    back_up(company.parts, folder)
    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir() if path.is_file())
