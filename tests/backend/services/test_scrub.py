"""Bit rot is found, reported, and healed by the devices that still hold the photo."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backend.services.backup import back_up
from backend.services.scrub import scrub
from tests.backend.company import Company, Speaker
from tests.backend.services.test_backup import PICTURE, SHA, other, send_photo

HARMS = [Path.unlink, lambda path: path.write_bytes(b"rotten"), lambda path: path.write_bytes(PICTURE[:-1])]


def test_whole_photos_are_counted_and_left_alone(company: Company, engineer: Speaker):
    send_photo(engineer)
    before = engineer.sync()["through"]
    found = scrub(company.parts)
    assert (found.whole, found.damaged, engineer.sync()["through"]) == (1, [], before)


@pytest.mark.parametrize("harm", HARMS, ids=["missing", "rotten", "short"])
def test_a_damaged_photo_is_named_and_asked_for_again(
    company: Company, engineer: Speaker, harm: Callable[[Path], object]
):
    send_photo(engineer)
    send_photo(engineer, "d" * 32, PICTURE + b"!")
    harm(company.parts.blobs.path(SHA))
    found = scrub(company.parts)
    assert (found.whole, found.damaged) == (1, [SHA])
    reply = engineer.sync()
    assert reply["want"] == [SHA]
    assert {one["data"]["sha256"]: one["data"]["stored"] for one in reply["changes"] if one["type"] == "photo"} == {
        SHA: False,
        other(): True,
    }


def test_the_device_that_still_has_it_heals_it(company: Company, engineer: Speaker, tmp_path: Path):
    send_photo(engineer)
    company.parts.blobs.path(SHA).write_bytes(b"rotten")
    scrub(company.parts)
    send_photo(engineer)
    assert engineer.sync()["want"] == []
    assert engineer.call("GET", f"/api/v1/blobs/{SHA}").data == PICTURE
    assert back_up(company.parts, tmp_path / "backup").manifest.blobs == 1


def test_a_lost_photo_holds_no_backup_up_once_it_is_known(company: Company, engineer: Speaker, tmp_path: Path):
    send_photo(engineer)
    company.parts.blobs.path(SHA).unlink()
    scrub(company.parts)
    through = engineer.sync()["through"]
    back_up(company.parts, tmp_path / "backup")
    assert engineer.sync()["safe"] == through
