"""Rule 10: what is removed here and edited there stays removed until a person decides; no edit is buried."""

from __future__ import annotations

from typing import Any

import pytest

from sync.push import Answer
from tests.sync.bench import BOSS, ONE, ORDER, TWO, Bench, changed, seen_by

PHOTO = "c" * 32


@pytest.fixture
def seen(bench: Bench) -> dict[str, object]:
    """What everybody had seen when the photo was new."""
    act(bench, ONE, "append", {"values": {"sha256": "f" * 64, "caption": "pump"}})
    return seen_by(bench, TWO)


def act(bench: Bench, user: str, do: str, body: object, **other: object) -> Answer:
    return bench.push(user, bench.op(user, "photo", PHOTO, ORDER, do, body, **other))[0]


def caption(bench: Bench, user: str, to: str, was: str = "pump", **other: object) -> Answer:
    return act(bench, user, "set", changed(caption=(was, to)), **other)


def hide(bench: Bench, user: str, seen: dict[str, object] | None = None) -> Answer:
    return act(bench, user, "hide", {"reason": "blurred"}, seen=seen)


def conflict_of(bench: Bench) -> dict[str, Any]:
    (conflict,) = bench.of_type("conflict")
    return conflict


def decide(bench: Bench, op: str, *, restoring: bool) -> set[str | None]:
    """One tap: bring the record back, if wanted, and settle its conflict."""
    conflict = conflict_of(bench)
    saw = [one["op"] for one in (conflict["data"]["live"], *conflict["data"]["candidates"])]
    body = {"conflict": conflict["id"], "choose": {"op": op}, "reason": "asked both", "saw": saw}
    ops = [bench.op(BOSS, "conflict", conflict["id"], ORDER, "resolve", body)]
    if restoring:
        ops.insert(0, bench.op(BOSS, "photo", PHOTO, ORDER, "restore", {}))
    group = {"id": "9" * 32, "of": len(ops)}
    return {answer.verdict for answer in bench.push(BOSS, *(one | {"group": group} for one in ops))}


def decisions(bench: Bench) -> dict[str, str]:
    return {one["data"]["by"]: one["data"]["decision"] for one in bench.of_type("outcome")}


def test_an_edit_of_a_removed_record_is_a_candidate_and_the_record_stays_removed(bench: Bench, seen: dict) -> None:
    hide(bench, ONE, seen)
    assert caption(bench, TWO, "the new pump").verdict == "conflicted"
    data = conflict_of(bench)["data"]
    assert (data["live"]["value"], [one["value"] for one in data["candidates"]]) == ("pump", ["the new pump"])
    assert (data["removed"]["by"], data["removed"]["reason"]) == (ONE, "blurred")
    assert (bench.record(PHOTO)["gone"], bench.record(PHOTO)["data"]["caption"]) == (True, "pump")


def test_later_edits_of_a_removed_record_stay_one_candidate(bench: Bench, seen: dict) -> None:
    hide(bench, ONE, seen)
    caption(bench, TWO, "the new pump")
    caption(bench, TWO, "the new pump, left", was="the new pump")
    assert [one["value"] for one in conflict_of(bench)["data"]["candidates"]] == ["the new pump, left"]


def test_one_tap_brings_the_record_back_with_the_edit(bench: Bench, seen: dict) -> None:
    hide(bench, ONE, seen)
    caption(bench, TWO, "the new pump")
    assert decide(bench, conflict_of(bench)["data"]["candidates"][0]["op"], restoring=True) == {"applied"}
    photo = bench.record(PHOTO)
    assert ("gone" in photo, photo["data"]["caption"], "disputed" in photo) == (False, "the new pump", False)
    assert decisions(bench) == {ONE: "other", TWO: "mine"}


def test_one_tap_leaves_the_record_removed(bench: Bench, seen: dict) -> None:
    hide(bench, ONE, seen)
    caption(bench, TWO, "the new pump")
    assert decide(bench, conflict_of(bench)["data"]["live"]["op"], restoring=False) == {"applied"}
    assert bench.record(PHOTO)["gone"]
    assert {decisions(bench)[TWO], conflict_of(bench)["data"]["state"]} == {"other", "resolved"}


def test_a_removal_by_one_who_had_not_seen_an_edit_asks_a_person(bench: Bench, seen: dict) -> None:
    caption(bench, TWO, "the new pump")
    assert hide(bench, ONE, seen).verdict == "conflicted"
    data = conflict_of(bench)["data"]
    assert (data["live"]["value"], data["live"]["by"], data["candidates"]) == ("the new pump", TWO, [])
    assert (data["field"], data["removed"]["by"]) == ("caption", ONE)
    assert bench.record(PHOTO)["gone"]


def test_the_editor_and_who_removed_it_both_learn_that_it_stays_removed(bench: Bench, seen: dict) -> None:
    caption(bench, TWO, "the new pump")
    hide(bench, ONE, seen)
    decide(bench, conflict_of(bench)["data"]["live"]["op"], restoring=False)
    assert decisions(bench) == {ONE: "mine", TWO: "other"}


def test_bringing_it_back_settles_that_nothing_else_was_written(bench: Bench, seen: dict) -> None:
    caption(bench, TWO, "the new pump")
    hide(bench, ONE, seen)
    assert act(bench, BOSS, "restore", {}).verdict == "applied"
    assert (conflict_of(bench)["data"]["state"], "disputed" in bench.record(PHOTO)) == ("resolved", False)
    assert decisions(bench) == {ONE: "other", TWO: "mine"}


def test_bringing_it_back_leaves_open_what_was_written_meanwhile(bench: Bench, seen: dict) -> None:
    hide(bench, ONE, seen)
    caption(bench, TWO, "the new pump")
    act(bench, BOSS, "restore", {})
    assert (conflict_of(bench)["data"]["state"], bench.record(PHOTO)["disputed"]) == ("open", ["caption"])


def test_a_removal_by_one_who_had_seen_the_edit_is_simply_a_removal(bench: Bench, seen: dict) -> None:
    caption(bench, TWO, "the new pump")
    assert hide(bench, ONE, seen_by(bench, ONE)).verdict == "applied"
    assert bench.of_type("conflict") == []


def test_nobodys_own_edit_stands_in_the_way_of_his_removal(bench: Bench, seen: dict) -> None:
    caption(bench, TWO, "the new pump")
    assert hide(bench, TWO, seen).verdict == "applied"


def test_what_another_history_had_shown_proves_nothing(bench: Bench, seen: dict) -> None:
    caption(bench, TWO, "the new pump")
    assert hide(bench, ONE, {**seen_by(bench, ONE), "epoch": "lost"}).verdict == "conflicted"


def test_an_edit_that_a_supervisor_let_through_counts_from_then_on(bench: Bench, seen: dict) -> None:
    act(bench, TWO, "set", changed(caption=("pump", "new"), sha256=("f" * 64, "e" * 64)))
    before = seen_by(bench, ONE)
    parked = bench.of_type("parked")[0]["id"]
    body = {"edited": changed(caption=("pump", "new")), "reason": "the picture itself stays"}
    bench.say(BOSS, "parked", parked, parked, "unpark", body)
    assert hide(bench, ONE, before).verdict == "conflicted"


def test_a_removal_is_written_on_the_conflict_that_was_open_before(bench: Bench, seen: dict) -> None:
    caption(bench, ONE, "the pump")
    caption(bench, TWO, "the new pump")
    hide(bench, ONE, seen_by(bench, ONE))
    assert conflict_of(bench)["data"]["removed"]["reason"] == "blurred"


def test_other_words_under_the_id_of_an_edit_change_nothing_about_it(bench: Bench, seen: dict) -> None:
    edit = bench.op(TWO, "photo", PHOTO, ORDER, "set", changed(caption=("pump", "the new pump")))
    bench.push(TWO, edit)
    looked = seen_by(bench, ONE)
    assert bench.push(TWO, {**edit, "do": []})[0].code == "id_reused"
    assert bench.push(TWO, {**edit, "do": "create", "create": {"values": {}}})[0].code == "id_reused"
    assert hide(bench, ONE, seen).verdict == "conflicted"
    act(bench, ONE, "restore", {})
    assert hide(bench, ONE, looked).verdict == "applied"


def test_a_late_decision_about_an_edit_does_not_unsay_that_it_was_seen(bench: Bench, seen: dict) -> None:
    act(bench, TWO, "set", changed(caption=("pump", "new"), sha256=("f" * 64, "e" * 64)))
    parked = bench.of_type("parked")[0]["id"]
    body = {"edited": changed(caption=("pump", "new")), "reason": "the picture itself stays"}
    bench.say(BOSS, "parked", parked, parked, "unpark", body)
    looked = seen_by(bench, ONE)
    assert bench.say(BOSS, "parked", parked, parked, "dismiss", {"reason": "late"}).code == "already_resolved"
    assert hide(bench, ONE, looked).verdict == "applied"
