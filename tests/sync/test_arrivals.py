"""Protocol section 4: the arrival of bytes is a commit, and only for the one who sent them."""

from __future__ import annotations

from sync.arrivals import blob_arrived
from sync.engine import Session
from tests.sync.bench import ONE, ORDER, TWO, Bench

SHA = "f" * 64
MINE, THEIRS = "c" * 32, "d" * 32


def arrive(bench: Bench, user: str) -> int:
    return blob_arrived(bench.engine, Session(user, "device"), SHA, 5)


def test_a_photo_is_stored_when_its_author_has_sent_the_bytes(bench: Bench) -> None:
    bench.say(ONE, "photo", MINE, ORDER, "append", {"values": {"sha256": SHA}})
    cursor = bench.exchange(TWO)["cursor"]
    arrive(bench, ONE)
    (change,) = bench.exchange(TWO, cursor)["changes"]
    assert change["data"] == {"sha256": SHA, "stored": True}


def test_naming_the_hash_of_a_stranger_gives_no_bytes(bench: Bench) -> None:
    bench.say(ONE, "photo", MINE, ORDER, "append", {"values": {"sha256": SHA}})
    arrive(bench, ONE)
    bench.say(TWO, "photo", THEIRS, ORDER, "append", {"values": {"sha256": SHA}})
    assert bench.record(THEIRS)["data"]["stored"] is False
    assert bench.exchange(TWO)["want"] == [SHA]


def test_bytes_that_came_before_their_record_count(bench: Bench) -> None:
    arrive(bench, ONE)
    bench.say(ONE, "photo", MINE, ORDER, "append", {"values": {"sha256": SHA}})
    assert bench.record(MINE)["data"]["stored"] is True


def test_arriving_twice_is_one_commit(bench: Bench) -> None:
    bench.say(ONE, "photo", MINE, ORDER, "append", {"values": {"sha256": SHA}})
    assert arrive(bench, ONE) == arrive(bench, ONE) == bench.exchange(ONE)["through"]


def test_bytes_that_came_before_their_record_are_a_commit_of_their_own(bench: Bench) -> None:
    before = bench.exchange(ONE)["through"]
    assert arrive(bench, ONE) == before + 1


def test_bytes_of_a_parked_photo_are_wanted_too(bench: Bench) -> None:
    bench.say(ONE, "photo", MINE, ORDER, "append", {"values": {"sha256": SHA, "extra": 1}})
    assert bench.exchange(ONE)["want"] == [SHA]
