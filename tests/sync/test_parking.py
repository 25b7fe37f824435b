"""Parked operations: what belongs together waits together, a decision settles all of it, and its author sees which."""

from __future__ import annotations

import pytest

from sync.push import Answer
from tests.sync.bench import BOSS, ONE, ORDER, STRANGER, TWO, Bench, changed

SHEET, NEW = "b" * 32, "e" * 32
GROUP = "d" * 32
WRONG = {"values": {"colour": "red"}}
ANSWER = changed(**{"answers/earth": (None, "fail")})
AGAIN = changed(**{"answers/earth": ("fail", "pass")})


def parked(bench: Bench) -> list[dict]:
    return bench.of_type("parked")


def settle(bench: Bench, named: dict, do: str, body: dict, user: str = BOSS) -> Answer:
    return bench.say(user, "parked", named["id"], named["id"], do, body)


def outcomes(bench: Bench, user: str = ONE) -> list[dict]:
    return [one["data"] for one in bench.of_type("outcome") if one["data"]["by"] == user]


def sheet(bench: Bench, do: str, body: dict) -> Answer:
    return bench.say(ONE, "sheet", SHEET, ORDER, do, body)


@pytest.fixture
def chain(bench: Bench) -> list[dict]:
    """A sheet that could not be made, and two answers on it."""
    answers = [sheet(bench, "create", WRONG), sheet(bench, "set", ANSWER), sheet(bench, "set", AGAIN)]
    assert [one.code for one in answers] == ["unknown_field", "depends_on", "depends_on"]
    return parked(bench)


def test_a_change_of_a_record_that_was_not_made_waits_with_it(bench: Bench, chain: list[dict]) -> None:
    made, first, second = chain
    assert first["data"]["detail"] == {"operation": made["data"]["operation"]["id"]}
    assert [one["data"]["builds_on"] for one in (first, second)] == [made["id"], made["id"]]
    assert made["data"]["dependants"] == [first["id"], second["id"]]


def test_r_222_a_child_of_an_order_that_was_not_made_waits_with_it(bench: Bench) -> None:
    assert bench.say(ONE, "order", NEW, NEW, "create", {"values": {"branch": "far", "engineers": [ONE]}}).code
    assert bench.say(ONE, "sheet", SHEET, NEW, "create", {"values": {}}).code == "depends_on"


def test_a_stranger_learns_nothing_from_a_record_that_somebody_else_could_not_make(bench: Bench) -> None:
    sheet(bench, "create", WRONG)
    assert bench.say(TWO, "sheet", SHEET, ORDER, "set", ANSWER).code == "unknown_record"


def test_everything_else_flows(bench: Bench, chain: list[dict]) -> None:
    assert bench.set(ONE, fault=("cold", "frozen")).verdict == "applied"


@pytest.mark.parametrize("member", [0, 1, 2])
def test_r_222_applying_one_with_values_that_fit_applies_all_of_them_in_order(
    bench: Bench, chain: list[dict], member: int
) -> None:
    body = {"edited": {"values": {}}, "reason": "no such field"} if member == 0 else {}
    answer = settle(bench, chain[member], "unpark", body)
    if member == 0:
        assert bench.record(SHEET)["data"] == {"answers/earth": "pass"}
        assert {one["state"] for one in outcomes(bench)} == {"applied"}
    else:
        assert (answer.verdict, answer.code) == ("parked", "unknown_field")


def test_a_dismissal_takes_along_what_builds_on_it_and_nothing_else(bench: Bench, chain: list[dict]) -> None:
    settle(bench, chain[1], "dismiss", {"reason": "not needed"})
    assert [one["data"]["state"] for one in parked(bench)] == ["open", "dismissed", "open"]
    settle(bench, chain[0], "dismiss", {"reason": "not needed"})
    assert {one["data"]["state"] for one in parked(bench)} == {"dismissed"}


def test_what_comes_later_is_settled_with_what_it_builds_on_too(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", "frozen"), engineers=([ONE, TWO], [ONE]))
    bench.set(ONE, fault=("frozen", "frozen solid"))
    settle(bench, parked(bench)[1], "unpark", {})
    assert bench.record(ORDER)["data"]["fault"] == "frozen solid"
    assert bench.record(ORDER)["data"]["engineers"] == [ONE]


def test_r_224_a_step_from_a_state_that_was_not_reached_waits_with_the_step_before(bench: Bench) -> None:
    codes = [step(bench, "close", "open").code, step(bench, "archive", "closed").code]
    assert codes == ["guard_failed", "depends_on"]


def step(bench: Bench, name: str, start: str) -> Answer:
    return bench.say(ONE, "order", ORDER, ORDER, "transition", {"name": name, "from": start})


def test_a_step_that_fails_by_itself_waits_by_itself(bench: Bench) -> None:
    step(bench, "close", "open")
    assert step(bench, "close", "open").code == "guard_failed"


def test_a_group_waits_with_what_one_of_its_members_builds_on(bench: Bench, chain: list[dict]) -> None:
    group = {"id": GROUP, "of": 2}
    again = bench.op(ONE, "sheet", SHEET, ORDER, "set", changed(**{"answers/oil": (None, "pass")}), group=group)
    edit = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "frozen")), group=group)
    assert [one.code for one in bench.push(ONE, again, edit)] == ["depends_on", "group_mate"]
    settle(bench, chain[0], "unpark", {"edited": {"values": {}}, "reason": "no such field"})
    assert bench.record(ORDER)["data"]["fault"] == "frozen"


def test_an_edited_change_stays_its_authors_and_names_who_edited_it(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", "frozen"), engineers=([ONE, TWO], [ONE]))
    edited = changed(fault=("cold", "frozen at the pump"))
    assert settle(bench, parked(bench)[0], "unpark", {"edited": edited, "reason": "crew stays"}).verdict == "applied"
    kept = parked(bench)[0]["data"]
    assert (kept["settled_by"], kept["edited"], kept["operation"]["by"]) == (BOSS, edited, ONE)
    (told,) = outcomes(bench)
    assert (told["state"], told["decision"], told["decided_by"]) == ("applied", "crew stays", BOSS)
    assert told["edited"] == edited


def test_the_author_of_an_edited_change_who_lost_the_order_is_not_told_its_values(bench: Bench) -> None:
    bench.set(TWO, fault=("cold", "frozen"), engineers=([ONE, TWO], [ONE]))
    bench.set(BOSS, engineers=([ONE, TWO], [ONE]))
    edited = {"edited": changed(fault=("cold", "secret")), "reason": "looked at it"}
    assert settle(bench, parked(bench)[0], "unpark", edited).verdict == "applied"
    (told,) = outcomes(bench, TWO)
    assert (told["edited"], "secret" in str(told)) == ({}, False)


BAD_EDITS = [
    ({"edited": {}, "reason": "x"}, "malformed_operation"),
    ({"edited": {"fault": "frozen"}, "reason": "x"}, "malformed_operation"),
    ({"edited": [], "reason": "x"}, "malformed_operation"),
    ({"edit": {}}, "malformed_operation"),
    ({"edited": changed(fault=("cold", "frozen"))}, "invalid_value"),
    ({"edited": changed(fault=("cold", "frozen")), "reason": " "}, "invalid_value"),
    ({"edited": changed(fault=("cold", 7)), "reason": "x"}, "invalid_value"),
    ({"edited": changed(priority=("general", "urgent")), "reason": "x"}, "forbidden_field"),
]


@pytest.mark.parametrize(("body", "code"), BAD_EDITS)
def test_an_edit_is_held_to_the_rules_of_any_change(bench: Bench, body: dict, code: str) -> None:
    bench.set(ONE, fault=("cold", "frozen"), engineers=([ONE, TWO], [ONE]))
    assert settle(bench, parked(bench)[0], "unpark", body).code == code
    assert bench.record(ORDER)["data"]["fault"] == "cold"


def test_a_step_is_applied_as_it_is_or_not_at_all(bench: Bench) -> None:
    step(bench, "close", "open")
    edited = {"edited": {"name": "close", "from": "closed"}, "reason": "x"}
    assert settle(bench, parked(bench)[0], "unpark", edited).code == "immutable"


def test_a_decision_that_failed_falls_away_when_the_matter_is_settled(bench: Bench, chain: list[dict]) -> None:
    assert settle(bench, chain[0], "unpark", {}).code == "unknown_field"
    settle(bench, chain[0], "dismiss", {"reason": "not needed"})
    assert {one["data"]["state"] for one in parked(bench)} == {"dismissed"}
    assert {one["state"] for one in outcomes(bench, BOSS)} == {"dismissed"}


def test_who_may_not_decide_leaves_no_trace_on_what_waits(bench: Bench, chain: list[dict]) -> None:
    assert settle(bench, chain[0], "unpark", {}, user=ONE).verdict == "parked"
    assert bench.record(chain[0]["id"])["data"] == chain[0]["data"]


def test_nobody_has_his_words_applied_under_another_name(bench: Bench) -> None:
    forged = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "stolen")))
    assert bench.push(STRANGER, forged)[0].code == "wrong_author"
    assert settle(bench, parked(bench)[0], "unpark", {}).code == "wrong_author"
    assert settle(bench, parked(bench)[0], "dismiss", {"reason": "forged"}).verdict == "applied"


def test_what_an_applied_change_clashes_with_is_told_to_its_author(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", "frozen"), engineers=([ONE, TWO], [ONE, TWO]))
    bench.set(TWO, fault=("cold", "leaking"))
    assert settle(bench, parked(bench)[0], "unpark", {}).verdict == "applied"
    (conflict,) = bench.of_type("conflict")
    assert [one["conflicts"] for one in outcomes(bench)] == [[conflict["id"]]]
    assert outcomes(bench, BOSS) == []


def test_a_change_never_waits_for_itself(bench: Bench) -> None:
    bench.set(BOSS, start=(None, "8"), end=(None, "9"))
    same = {"start": ("8", "8"), "end": ("9", "9")}
    assert bench.set(ONE, **same, engineers=([ONE, TWO], [ONE])).code == "forbidden_field"
    bench.set(BOSS, start=("8", "10"), end=("9", "11"))
    assert settle(bench, parked(bench)[0], "unpark", {}).verdict == "applied"
    (conflict,) = bench.of_type("conflict")
    assert [one["conflicts"] for one in outcomes(bench)] == [[conflict["id"]]]


def test_a_change_never_waits_for_what_builds_on_it(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", "frozen"), engineers=([ONE, TWO], [ONE, TWO]))
    bench.set(BOSS, fault=("cold", "dry"))
    assert bench.set(ONE, fault=("frozen", "cold")).code == "depends_on"
    first = next(one for one in parked(bench) if one["data"]["code"] == "forbidden_field")
    assert settle(bench, first, "unpark", {}).verdict == "applied"
    assert {one["data"]["state"] for one in parked(bench)} == {"applied"}
    (conflict,) = bench.of_type("conflict")
    assert [one["value"] for one in (conflict["data"]["live"], *conflict["data"]["candidates"])] == ["cold", "dry"]
