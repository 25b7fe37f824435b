"""Rules 8, 9 and 11: what a conflict keeps, which of its values shows, and whom its decision reaches."""

from __future__ import annotations

import itertools

import pytest

from tests.sync.bench import BOSS, ONE, ORDER, TWO, Bench, changed

SHEET = "b" * 32


def conflict_of(bench: Bench) -> dict:
    (conflict,) = bench.of_type("conflict")
    return conflict["data"]


def resolve(bench: Bench, choose: dict) -> str | None:
    (conflict,) = bench.of_type("conflict")
    sides = [conflict["data"]["live"], *conflict["data"]["candidates"]]
    body = {"conflict": conflict["id"], "choose": choose, "reason": "checked", "saw": [one["op"] for one in sides]}
    return bench.say(BOSS, "conflict", conflict["id"], ORDER, "resolve", body).verdict


def answered(bench: Bench, user: str, was: str | None, to: str) -> None:
    before = {"result": was} if was else None
    bench.say(user, "sheet", SHEET, ORDER, "set", changed(**{"answers/earth": (before, {"result": to})}))


def outcome_of(bench: Bench, user: str) -> dict:
    (outcome,) = [one["data"] for one in bench.of_type("outcome") if one["data"]["by"] == user]
    return outcome


def test_an_offline_run_of_edits_makes_one_candidate_that_remembers_each(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", "frozen"))
    texts = ["cold", "leak", "leaks", "leaks badly", "cold", "leaks at the pump"]
    for was, to in itertools.pairwise(texts):
        bench.set(TWO, fault=(was, to))
    (candidate,) = conflict_of(bench)["candidates"]
    assert [candidate["value"], *(one["value"] for one in candidate["history"])] == [texts[-1], *texts[1:-1]]


def test_a_second_dispatcher_who_corrects_a_candidate_takes_its_place(bench: Bench) -> None:
    second = bench.hire("5" * 32, "supervisor")
    bench.set(BOSS, priority=("general", "urgent"))
    bench.set(ONE, priority=("general", "planned"))
    assert bench.set(second, priority=("planned", "next week")).verdict == "conflicted"
    (candidate,) = conflict_of(bench)["candidates"]
    assert (candidate["value"], candidate["by"], candidate["was"]) == ("next week", second, "planned")


def test_a_corrected_candidate_shows_if_its_author_owns_the_field_and_the_other_does_not(bench: Bench) -> None:
    second = bench.hire("5" * 32, "supervisor")
    bench.set(BOSS, fault=("cold", "office guess"))
    bench.set(second, fault=("cold", "other guess"))
    bench.set(ONE, fault=("other guess", "seen on site"))
    conflict = conflict_of(bench)
    assert bench.record(ORDER)["data"]["fault"] == "seen on site"
    assert [one["value"] for one in conflict["candidates"]] == ["office guess"]
    assert [one["value"] for one in conflict["live"]["history"]] == ["other guess"]


@pytest.mark.parametrize(("corrected", "shows"), [("fail", "fail"), ("pass", "na")])
def test_the_cautious_answer_shows_also_when_a_candidate_is_corrected(bench: Bench, corrected: str, shows: str) -> None:
    bench.say(ONE, "sheet", SHEET, ORDER, "create", {"values": {}})
    answered(bench, ONE, None, "na")
    answered(bench, TWO, None, "pass")
    answered(bench, TWO, "pass", corrected)
    assert bench.record(SHEET)["data"]["answers/earth"] == {"result": shows}


def test_the_value_that_showed_before_stays_readable(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", "frozen"))
    bench.set(TWO, fault=("cold", "leaking"))
    bench.set(ONE, fault=("frozen", "frozen solid"))
    assert [one["value"] for one in conflict_of(bench)["live"]["history"]] == ["frozen"]


def test_it_says_when_the_server_first_heard_of_it_and_how_much_hangs_on_it(bench: Bench) -> None:
    bench.set(BOSS, priority=("general", "urgent"))
    bench.set(ONE, priority=("general", "planned"))
    assert (conflict_of(bench)["opened_at"], conflict_of(bench)["severity"]) == ("1970-01-01T00:00:01.000Z", "minor")


def test_r_220_each_value_tells_how_far_its_authors_clock_was_off(bench: Bench) -> None:
    clocks = {ONE: "1970-01-01T00:00:02.500Z", TWO: "1970-01-01T00:01:00.000Z"}
    for user, to in ((ONE, "frozen"), (TWO, "leaking")):
        op = bench.op(user, "order", ORDER, ORDER, "set", changed(fault=("cold", to)))
        bench.exchange(user, operations=[op], clock={"now": clocks[user], "uptime_ms": 1})
    conflict = conflict_of(bench)
    assert [one["offset"] for one in (conflict["live"], *conflict["candidates"])] == [-500, -58_000]


def test_a_value_that_no_device_wrote_tells_of_no_clock(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", "frozen"))
    bench.set(TWO, fault=("cold", "leaking"))
    assert "offset" not in conflict_of(bench)["live"]


@pytest.mark.parametrize(("chosen", "of_one", "of_two"), [("frozen", "mine", "other"), ("leaking", "other", "mine")])
def test_both_authors_learn_the_decision(bench: Bench, chosen: str, of_one: str, of_two: str) -> None:
    bench.set(ONE, fault=("cold", "frozen"))
    bench.set(TWO, fault=("cold", "leaking"))
    conflict = conflict_of(bench)
    ops = {one["value"]: one["op"] for one in (conflict["live"], *conflict["candidates"])}
    assert resolve(bench, {"op": ops[chosen]}) == "applied"
    assert {user: outcome_of(bench, user)["decision"] for user in (ONE, TWO)} == {ONE: of_one, TWO: of_two}
    assert {outcome_of(bench, user)["state"] for user in (ONE, TWO)} == {"resolved"}


def test_an_author_is_told_his_own_change_and_nothing_of_the_others(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", "frozen"))
    bench.set(TWO, fault=("cold", "leaking"))
    resolve(bench, {"value": "frozen and leaking"})
    told = outcome_of(bench, ONE)
    assert (told["verdict"], told["operation"]["set"]["fault"]["to"], told["decided_by"]) == ("applied", "frozen", BOSS)
    assert "leaking" not in str(told)


def test_the_author_of_a_value_that_was_corrected_while_it_showed_is_told_too(bench: Bench) -> None:
    bench.set(BOSS, fault=("cold", "office guess"))
    bench.set(ONE, fault=("cold", "frozen"))
    bench.set(TWO, fault=("frozen", "frozen solid"))
    resolve(bench, {"value": "thawed"})
    assert outcome_of(bench, ONE)["state"] == "resolved"


def test_that_nothing_was_written_there_may_be_the_decision(bench: Bench) -> None:
    bench.set(ONE, start=("08:00", "09:00"), end=("08:30", "10:00"))
    assert resolve(bench, {"op": conflict_of(bench)["live"]["op"]}) == "applied"
    assert "start" not in bench.record(ORDER)["data"]


def test_a_forced_change_counts_as_its_authors_not_as_the_offices(bench: Bench) -> None:
    bench.set(BOSS, fault=("cold", "office guess"))
    bench.set(ONE, fault=("cold", "seen on site"), engineers=([ONE, TWO], [ONE, TWO]))
    (parked,) = bench.of_type("parked")
    bench.say(BOSS, "parked", parked["id"], parked["id"], "unpark", {})
    assert bench.record(ORDER)["data"]["fault"] == "seen on site"
