"""The file outside the database that knows the newest commit."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from backend.store.high_water import HighWater
from tests.backend.company import Company

OpenCompany = Callable[..., Company]
FILES = ("huizhi.sqlite3", "huizhi.sqlite3-wal")


def copy_away(data: Path, target: Path) -> None:
    """The database as files, as somebody does who knows no better."""
    target.mkdir()
    for name in FILES:
        if (data / name).exists():
            shutil.copy(data / name, target / name)


def copy_back(source: Path, data: Path) -> None:
    for name in (*FILES, "huizhi.sqlite3-shm"):
        (data / name).unlink(missing_ok=True)
    for file in source.iterdir():
        shutil.copy(file, data / file.name)


def noted(company: Company) -> dict:
    return json.loads((company.parts.config.data_dir / "keys" / "high-water.json").read_text())


def epoch(company: Company) -> str:
    return company.speaker("one").sync()["epoch"]


def test_the_mark_is_the_newest_commit(company: Company):
    company.speaker("one").sync(company.speaker("one").set_fault("缺相"))
    company.parts.high_water.note(company.parts.engine.store)
    with company.parts.engine.store.read() as reader:
        head = reader.head()
    assert noted(company) == {"epoch": head.epoch, "seq": head.seq, "nonce": head.nonce, "safe": 0}


def test_the_mark_follows_commits_by_itself(open_company: OpenCompany):
    company = open_company()
    before = noted(company)["seq"]
    company.parts.high_water._noted -= 10
    company.speaker("one").sync(company.speaker("one").set_fault("缺相"))
    assert noted(company)["seq"] > before


def test_an_ordinary_start_keeps_the_epoch(open_company: OpenCompany):
    assert epoch(open_company()) == epoch(open_company())


def test_a_database_file_copied_back_begins_a_new_epoch_once(open_company: OpenCompany, tmp_path: Path):
    company = open_company()
    copy_away(company.parts.config.data_dir, tmp_path / "copy")
    company.speaker("one").sync(company.speaker("one").set_fault("缺相"))
    company.parts.high_water.note(company.parts.engine.store)
    before = epoch(company)
    company.close()
    copy_back(tmp_path / "copy", company.parts.config.data_dir)
    after = [epoch(open_company()) for _ in range(2)]
    assert after[0] == after[1] != before


def test_a_mark_that_cannot_be_read_is_made_anew(open_company: OpenCompany):
    company = open_company()
    path = company.parts.config.data_dir / "keys" / "high-water.json"
    path.write_bytes(b'{"epoch": "half')
    assert epoch(open_company()) == epoch(company)
    assert HighWater(path).read() is not None


def test_a_disk_that_takes_no_mark_stops_no_work(company: Company):
    keys = company.parts.config.data_dir / "keys"
    company.parts.high_water._noted -= 10
    keys.rename(keys.with_name("gone"))
    keys.touch()
    reply = company.speaker("one").sync(company.speaker("one").set_fault("缺相"))
    assert reply["answers"][0]["verdict"] == "applied"
