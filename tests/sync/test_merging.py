"""Rule 8: fields merge by what their authors saw; no value that met another is dropped."""

from __future__ import annotations

import pytest

from sync.push import Answer
from tests.sync.bench import BOSS, ONE, ORDER, TWO, Bench, changed, seen_by


def conflict_of(bench: Bench) -> dict:
    (conflict,) = bench.of_type("conflict")
    return conflict["data"]


def test_r_219_different_fields_changed_by_two_people_both_survive(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", "frozen"))
    assert bench.set(TWO, priority=("general", "urgent")).verdict == "applied"
    data = bench.record(ORDER)["data"]
    assert (data["fault"], data["priority"]) == ("frozen", "urgent")


def test_r_220_a_field_changed_twice_from_one_value_becomes_a_conflict_with_all_three_values(
    bench: Bench,
) -> None:
    bench.set(ONE, fault=("cold", "frozen"))
    answer = bench.set(TWO, fault=("cold", "leaking"))
    conflict = conflict_of(bench)
    assert answer.verdict == "conflicted"
    assert list(answer.conflicts) == [bench.of_type("conflict")[0]["id"]]
    assert (conflict["was"], conflict["live"]["value"], conflict["candidates"][0]["value"]) == (
        "cold",
        "frozen",
        "leaking",
    )
    assert bench.record(ORDER)["disputed"] == ["fault"]


def test_writing_what_is_already_there_changes_nothing(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", "frozen"))
    assert bench.set(TWO, fault=("cold", "frozen")).verdict == "applied"
    assert bench.of_type("conflict") == []


def test_an_observation_from_the_site_shows_over_the_office(bench: Bench) -> None:
    bench.set(BOSS, fault=("cold", "office guess"))
    bench.set(ONE, fault=("cold", "seen on site"))
    assert bench.record(ORDER)["data"]["fault"] == "seen on site"
    assert conflict_of(bench)["candidates"][0]["value"] == "office guess"


def test_a_dispatch_field_of_the_office_stays_when_the_site_clashes(bench: Bench) -> None:
    bench.set(BOSS, priority=("general", "urgent"))
    assert bench.set(ONE, priority=("general", "planned")).verdict == "conflicted"
    assert bench.record(ORDER)["data"]["priority"] == "urgent"


def test_correcting_an_own_candidate_replaces_it_and_keeps_its_history(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", "frozen"))
    bench.set(TWO, fault=("cold", "leaking"))
    bench.set(TWO, fault=("leaking", "leaking badly"))
    (candidate,) = conflict_of(bench)["candidates"]
    assert candidate["value"] == "leaking badly"
    assert [one["value"] for one in candidate["history"]] == ["leaking"]


def test_a_change_by_one_who_saw_the_live_value_keeps_the_conflict_open(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", "frozen"))
    bench.set(TWO, fault=("cold", "leaking"))
    assert bench.set(ONE, fault=("frozen", "frozen solid")).verdict == "applied"
    assert conflict_of(bench)["live"]["value"] == "frozen solid"
    assert conflict_of(bench)["state"] == "open"


def test_a_merge_group_is_compared_as_one_value(bench: Bench) -> None:
    bench.set(BOSS, start=(None, "09:00"), end=(None, "10:00"))
    answer = bench.set(ONE, start=(None, "13:00"), end=(None, "10:00"))
    data = bench.record(ORDER)["data"]
    assert answer.verdict == "conflicted"
    assert (data["start"], data["end"]) == ("09:00", "10:00")
    assert bench.record(ORDER)["disputed"] == ["end", "start"]


def test_half_a_merge_group_is_parked(bench: Bench) -> None:
    answer = bench.set(BOSS, start=(None, "09:00"))
    assert (answer.verdict, answer.code) == ("parked", "incomplete_group")


def test_a_clash_of_checklist_answers_shows_the_more_cautious_one(bench: Bench) -> None:
    sheet = "b" * 32
    bench.say(ONE, "sheet", sheet, ORDER, "create", {"values": {}})
    for user, result in ((ONE, "pass"), (TWO, "fail")):
        body = changed(**{"answers/earth": (None, {"result": result})})
        bench.say(user, "sheet", sheet, ORDER, "set", body)
    assert bench.record(sheet)["data"]["answers/earth"] == {"result": "fail"}
    assert conflict_of(bench)["candidates"][0]["value"] == {"result": "pass"}


def test_a_value_built_on_an_own_parked_change_waits_for_the_same_decision(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", "frozen"))
    bench.set(TWO, fault=("cold", "leaking"), engineers=([ONE, TWO], [TWO]))
    answer = bench.set(TWO, fault=("leaking", "leaking badly"))
    assert (answer.verdict, answer.code) == ("parked", "depends_on")
    assert bench.of_type("conflict") == []


def dismissed_then_built_upon(bench: Bench) -> Answer:
    bench.set(ONE, fault=("cold", "frozen"))
    bench.set(TWO, fault=("cold", "leaking"), engineers=([ONE, TWO], [TWO]))
    (parked,) = bench.of_type("parked")
    bench.say(BOSS, "parked", parked["id"], parked["id"], "dismiss", {"reason": "seen on site"})
    return bench.set(TWO, fault=("leaking", "leaking badly"))


def test_a_value_built_on_an_own_change_dismissed_meanwhile_is_no_clash_with_a_value_that_never_was(
    bench: Bench,
) -> None:
    answer = dismissed_then_built_upon(bench)
    assert (answer.verdict, answer.code) == ("parked", "depends_on")
    assert bench.of_type("conflict") == []


def test_such_a_value_can_still_be_let_through(bench: Bench) -> None:
    dismissed_then_built_upon(bench)
    waiting = next(one for one in bench.of_type("parked") if one["data"]["code"] == "depends_on")
    assert bench.say(BOSS, "parked", waiting["id"], waiting["id"], "unpark", {}).verdict == "applied"
    assert conflict_of(bench)["candidates"][0]["value"] == "leaking badly"


@pytest.mark.parametrize("again", [False, True], ids=["decided once", "and once more by who did not know"])
def test_what_was_dismissed_holds_up_nobody_who_knew_of_it(bench: Bench, again: bool) -> None:
    bench.set(TWO, fault=("cold", "leaking"), engineers=([ONE, TWO], [TWO]))
    (parked,) = bench.of_type("parked")
    bench.say(BOSS, "parked", parked["id"], parked["id"], "dismiss", {"reason": "not seen on site"})
    bench.set(BOSS, fault=("cold", "leaking"))
    seen = seen_by(bench, TWO)
    bench.set(BOSS, fault=("leaking", "dry"))
    if again:
        late = bench.say(BOSS, "parked", parked["id"], parked["id"], "dismiss", {"reason": "nor by me"})
        assert late.code == "already_resolved"
    (answer,) = bench.push(
        TWO, bench.op(TWO, "order", ORDER, ORDER, "set", changed(fault=("leaking", "leaking badly")), seen=seen)
    )
    assert answer.verdict == "conflicted"


def test_what_builds_on_a_parked_change_is_found_in_the_words_of_today(bench: Bench) -> None:
    sheet, group = "b" * 32, {"id": "9" * 32, "of": 2}
    bench.say(ONE, "sheet", sheet, ORDER, "create", {"values": {}})
    answered = changed(**{"answers/earth": (None, {"result": "fail"})})
    bench.push(
        TWO,
        bench.op(TWO, "sheet", sheet, ORDER, "set", answered, group=group),
        bench.op(TWO, "order", ORDER, ORDER, "set", changed(engineers=([ONE, TWO], [TWO])), group=group),
    )
    bench.upgrade()
    corrected = changed(**{"answers/earth": ({"result": "fail"}, {"result": "pass"})})
    answer = bench.say(TWO, "sheet", sheet, ORDER, "set", corrected)
    assert (answer.verdict, answer.code) == ("parked", "depends_on")
    assert bench.of_type("conflict") == []
