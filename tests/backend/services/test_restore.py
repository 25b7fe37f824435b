"""Back to a backup: a new history, everything at once, and never under a running server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.services.accounts import set_active
from backend.services.backup import back_up
from backend.services.devices import revoke
from backend.services.founding import SYSTEM
from backend.services.guarding import serving
from backend.services.restore import restore
from backend.store import snapshot
from sync.errors import Fault
from tests.backend.company import ORDER, PASSWORD, Company
from tests.backend.services.test_backup import PICTURE, SHA, send_photo

OpenCompany = Callable[..., Company]
BACKENDS = ("sqlite", "postgresql")


def address(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""


@pytest.fixture(params=BACKENDS)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Company]:
    """A founded company on either database."""
    company = Company(tmp_path / "served", database_url=address(request))
    company.found()
    yield company
    company.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def test_everything_is_as_it_was_in_a_new_history(served: Company, folder: Path):
    engineer = served.speaker("one")
    engineer.sync(engineer.set_fault("缺相"))
    send_photo(engineer)
    before = engineer.sync()
    back_up(served.parts, folder)
    engineer.sync(engineer.set_fault("烧毁", was="缺相"))
    restore(served.parts, folder)
    after = engineer.sync()
    assert after["changes"] == before["changes"]
    assert (after["through"], after["safe"], after["epoch"] != before["epoch"]) == (before["through"],) * 2 + (True,)


def test_a_device_that_comes_with_a_cursor_of_the_old_history_is_held_and_starts_anew(served: Company, folder: Path):
    engineer = served.speaker("one")
    back_up(served.parts, folder)
    old = engineer.sync()
    restore(served.parts, folder)
    operation = engineer.set_fault("缺相")
    reply = engineer.sync(operation, cursor=old["cursor"], epoch=old["epoch"])
    assert (reply["reset"], reply["answers"]) == ("epoch", [{"id": operation["id"], "held": "reset"}])
    assert engineer.sync(operation, cursor=reply["cursor"])["answers"][0]["verdict"] == "applied"


def test_photos_come_back_too(served: Company, folder: Path):
    send_photo(served.speaker("one"))
    back_up(served.parts, folder)
    served.parts.blobs.path(SHA).unlink()
    restore(served.parts, folder)
    assert served.speaker("one").call("GET", f"/api/v1/blobs/{SHA}").data == PICTURE


@pytest.mark.parametrize("source", BACKENDS, indirect=False)
def test_a_backup_of_one_database_fits_the_other(
    request: pytest.FixtureRequest, tmp_path: Path, folder: Path, source: str
):
    postgres = request.getfixturevalue("postgres_url")
    urls = {"sqlite": "", "postgresql": postgres}
    target = next(name for name in BACKENDS if name != source)
    first, second = (Company(tmp_path / name, database_url=urls[name]) for name in (source, target))
    first.found()
    back_up(first.parts, folder)
    restore(second.parts, folder)
    assert second.record(ORDER) == first.record(ORDER)
    for company in (first, second):
        company.close()


def test_nothing_is_touched_while_a_server_runs(served: Company, folder: Path):
    back_up(served.parts, folder)
    epoch = served.speaker("one").sync()["epoch"]
    with serving(served.parts), pytest.raises(Fault, match="being_served"):
        restore(served.parts, folder)
    assert served.speaker("one").sync()["epoch"] == epoch


def test_a_backup_that_rotted_restores_nothing(served: Company, folder: Path):
    made = back_up(served.parts, folder)
    epoch = served.speaker("one").sync()["epoch"]
    path = folder / made.manifest.database
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(Fault, match="damaged"):
        restore(served.parts, folder)
    assert served.speaker("one").sync()["epoch"] == epoch


def test_a_restore_killed_amid_loading_changes_nothing(served: Company, folder: Path, monkeypatch: pytest.MonkeyPatch):
    back_up(served.parts, folder)
    engineer = served.speaker("one")
    engineer.sync(engineer.set_fault("缺相"))
    before = engineer.sync()
    monkeypatch.setattr(snapshot, "_copy", killed_at_the_fifth_table())
    with pytest.raises(KeyboardInterrupt):
        restore(served.parts, folder)
    assert engineer.sync()["changes"] == before["changes"]
    assert list(served.parts.config.data_dir.glob("restore-*")) == []


def killed_at_the_fifth_table() -> Callable[..., int]:
    real, copied = snapshot._copy, []

    def copy(*arguments: object) -> int:
        copied.append(real(*arguments))
        if len(copied) == 5:
            raise KeyboardInterrupt
        return copied[-1]

    return copy


def test_a_backup_older_than_the_one_devices_rely_on_is_taken_only_on_purpose(served: Company, tmp_path: Path):
    back_up(served.parts, tmp_path / "old")
    engineer = served.speaker("one")
    engineer.sync(engineer.set_fault("缺相"))
    back_up(served.parts, tmp_path / "new")
    with pytest.raises(Fault, match="older_backup"):
        restore(served.parts, tmp_path / "old")
    restore(served.parts, tmp_path / "old", older=True)
    assert "fault" not in served.record(ORDER)


def test_whoever_was_shut_out_stays_out(served: Company, folder: Path):
    lost, left = served.speaker("one"), served.speaker("two")
    back_up(served.parts, folder)
    revoke(served.parts, lost.call("GET", "/api/v1/session").json["device"])
    set_active(served.parts, SYSTEM, left.user, False)
    restore(served.parts, folder)
    again = {"username": "two", "password": PASSWORD, "device": {"name": "tablet"}}
    answers = [lost.call("GET", "/api/v1/session"), left.call("GET", "/api/v1/session")]
    assert [one.status_code for one in (*answers, left.call("POST", "/api/v1/session", json=again))] == [401] * 3


def test_a_folder_that_is_no_backup_is_refused(served: Company, folder: Path):
    folder.mkdir()
    with pytest.raises(Fault, match="no_backup"):
        restore(served.parts, folder)
