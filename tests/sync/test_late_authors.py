"""Rule 12: what an author may still add to an order that was taken from him while he was offline."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sync.bench import BOSS, ONE, ORDER, STRANGER, SYSTEM, TWO, Bench, changed, seen_by

PHOTO, SHEET = "c" * 32, "e" * 32
GROUP = "d" * 32


def photo(bench: Bench, user: str, seen: dict[str, object] | None, **other: object) -> dict[str, Any]:
    body = {"values": {"sha256": "f" * 64}}
    return bench.op(user, "photo", PHOTO, ORDER, "append", body, seen=seen, **other)


def answer(bench: Bench, user: str, seen: dict[str, object] | None, to: str = "pass") -> dict[str, Any]:
    return bench.op(user, "sheet", SHEET, ORDER, "set", changed(**{"answers/1": (None, to)}), seen=seen)


def order(bench: Bench, do: str, body: object, seen: dict[str, object], **other: object) -> dict[str, Any]:
    return bench.op(ONE, "order", ORDER, ORDER, do, body, seen=seen, **other)


@pytest.fixture
def seen(bench: Bench) -> dict[str, object]:
    """What engineer one had seen when the order, and its sheet, was given to engineer two alone."""
    bench.say(BOSS, "sheet", SHEET, ORDER, "create", {"values": {}})
    before = seen_by(bench, ONE)
    assert bench.set(BOSS, engineers=([ONE, TWO], [TWO])).verdict == "applied"
    return before


def test_a_fact_that_only_adds_is_applied_and_marked_late(bench: Bench, seen: dict[str, object]) -> None:
    assert bench.push(ONE, photo(bench, ONE, seen))[0].verdict == "applied"
    assert bench.record(PHOTO)["late"] == ["sha256"]


def test_a_late_answer_is_applied_and_marked_until_somebody_changes_it(bench: Bench, seen: dict[str, object]) -> None:
    bench.push(ONE, answer(bench, ONE, seen))
    assert bench.record(SHEET)["late"] == ["answers/1"]
    bench.say(TWO, "sheet", SHEET, ORDER, "set", changed(**{"answers/1": ("pass", "fail")}))
    assert "late" not in bench.record(SHEET)


def test_a_fact_of_one_who_still_has_the_order_is_not_late(bench: Bench, seen: dict[str, object]) -> None:
    bench.push(TWO, photo(bench, TWO, seen))
    assert "late" not in bench.record(PHOTO)


def test_the_mark_survives_a_later_change_of_another_field(bench: Bench, seen: dict[str, object]) -> None:
    bench.push(ONE, photo(bench, ONE, seen))
    bench.say(BOSS, "photo", PHOTO, ORDER, "hide", {"reason": "blurred"})
    assert bench.record(PHOTO)["late"] == ["sha256"]


MORE_THAN_FACTS = [
    ("set", changed(fault=("cold", "frozen"))),
    ("transition", {"name": "close", "from": "open"}),
    ("set", changed(engineers=([ONE, TWO], [ONE]))),
]


@pytest.mark.parametrize(("do", "body"), MORE_THAN_FACTS)
def test_what_does_more_than_add_waits_for_who_has_the_order_now(
    bench: Bench, seen: dict[str, object], do: str, body: object
) -> None:
    answer = bench.push(ONE, order(bench, do, body, seen))[0]
    assert (answer.verdict, answer.code, answer.detail) == ("parked", "handed_over", {})
    assert bench.record(ORDER)["data"]["fault"] == "cold"


def test_a_group_is_applied_whole_or_waits_whole(bench: Bench, seen: dict[str, object]) -> None:
    group = {"id": GROUP, "of": 2}
    edit = order(bench, "set", changed(fault=("cold", "frozen")), seen, group=group)
    codes = [one.code for one in bench.push(ONE, photo(bench, ONE, seen, group=group), edit)]
    assert codes == ["group_mate", "handed_over"]
    assert bench.of_type("photo") == []


def test_one_who_did_not_have_the_order_when_he_acted_adds_nothing(bench: Bench, seen: dict[str, object]) -> None:
    after = seen_by(bench, ONE)
    assert bench.push(ONE, photo(bench, ONE, after))[0].code == "handed_over"
    assert bench.push(STRANGER, photo(bench, STRANGER, seen))[0].code == "no_access"


@pytest.mark.parametrize("wrong", [{"epoch": "another"}, {"position": 10**9}, None])
def test_without_proof_that_he_had_the_order_a_fact_waits(
    bench: Bench, seen: dict[str, object], wrong: dict[str, object] | None
) -> None:
    doubtful = photo(bench, ONE, seen | wrong if wrong else None)
    assert bench.push(ONE, doubtful)[0].code == "handed_over"


def test_one_who_had_the_order_twice_is_judged_by_the_time_he_acted_in(bench: Bench, seen: dict[str, object]) -> None:
    between = seen_by(bench, ONE)
    bench.set(BOSS, engineers=([TWO], [ONE, TWO]))
    again = seen_by(bench, ONE)
    bench.set(BOSS, engineers=([ONE, TWO], [TWO]))
    assert bench.push(ONE, answer(bench, ONE, between))[0].code == "handed_over"
    assert bench.push(ONE, photo(bench, ONE, again))[0].verdict == "applied"


def test_who_lost_a_whole_branch_may_still_add_to_its_orders(bench: Bench) -> None:
    before = seen_by(bench, BOSS)
    bench.say(SYSTEM, "user", BOSS, BOSS, "set", changed(roles=(["supervisor"], ["engineer"])))
    assert bench.push(BOSS, photo(bench, BOSS, before))[0].verdict == "applied"
    assert bench.record(PHOTO)["late"] == ["sha256"]


def test_a_late_answer_that_meets_another_one_is_kept_beside_it(bench: Bench, seen: dict[str, object]) -> None:
    bench.say(TWO, "sheet", SHEET, ORDER, "set", changed(**{"answers/1": (None, "pass")}))
    late = bench.push(ONE, answer(bench, ONE, seen, "other"))[0]
    assert late.verdict == "conflicted"
    (outcome,) = [one["data"] for one in bench.of_type("outcome")]
    assert "pass" not in str({**outcome, "operation": None})


def test_a_late_author_learns_nothing_about_what_is_there_now(bench: Bench, seen: dict[str, object]) -> None:
    bench.say(TWO, "photo", PHOTO, ORDER, "append", {"values": {"sha256": "f" * 64}})
    answer = bench.push(ONE, photo(bench, ONE, seen))[0]
    assert (answer.code, answer.detail) == ("handed_over", {})


def test_a_late_author_learns_what_is_wrong_in_his_own_words(bench: Bench, seen: dict[str, object]) -> None:
    mistaken = photo(bench, ONE, seen) | {"append": {"values": {"sha256": 7}}}
    assert bench.push(ONE, mistaken)[0].detail == {"field": "sha256", "reason": "not_text"}


def test_nothing_of_the_order_comes_back_to_a_late_author(bench: Bench, seen: dict[str, object]) -> None:
    reply = bench.exchange(ONE, operations=[photo(bench, ONE, seen)])
    assert {change["type"] for change in reply["changes"]} == {"user"}
    assert reply["want"] == ["f" * 64]


def test_what_waits_lies_where_somebody_sees_the_order(bench: Bench) -> None:
    lent, his_boss = bench.hire("5" * 32, "engineer", "far"), bench.hire("6" * 32, "supervisor", "far")
    assert bench.set(lent, fault=("cold", "frozen")).code == "no_access"
    (parked,) = bench.of_type("parked")
    assert (parked["data"]["branch"], parked["data"]["root_branch"]) == ("far", "b")
    assert parked["id"] in {one["id"] for one in bench.exchange(BOSS)["changes"]}
    assert parked["id"] in {one["id"] for one in bench.exchange(his_boss)["changes"]}


def test_who_has_the_order_now_lets_through_what_waits(bench: Bench, seen: dict[str, object]) -> None:
    bench.push(ONE, order(bench, "set", changed(fault=("cold", "frozen")), seen))
    (parked,) = bench.of_type("parked")
    assert bench.say(BOSS, "parked", parked["id"], parked["id"], "unpark", {}).verdict == "applied"
    assert bench.record(ORDER)["data"]["fault"] == "frozen"
