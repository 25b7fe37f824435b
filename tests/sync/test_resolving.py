"""A person resolves a conflict having seen every value; both authors see what was decided."""

from __future__ import annotations

from sync.push import Answer
from tests.sync.bench import BOSS, ONE, ORDER, TWO, Bench


def disputed(bench: Bench) -> dict:
    bench.set(ONE, fault=("cold", "frozen"))
    bench.set(TWO, fault=("cold", "leaking"))
    return bench.of_type("conflict")[0]


def resolve(bench: Bench, conflict: dict, choose: dict, user: str = BOSS) -> Answer:
    data = conflict["data"]
    saw = [data["live"]["op"], *(one["op"] for one in data["candidates"])]
    body = {"conflict": conflict["id"], "choose": choose, "reason": "asked the customer", "saw": saw}
    return bench.say(user, "conflict", conflict["id"], ORDER, "resolve", body)


def test_the_chosen_candidate_becomes_the_live_value(bench: Bench) -> None:
    conflict = disputed(bench)
    chosen = conflict["data"]["candidates"][0]["op"]
    assert resolve(bench, conflict, {"op": chosen}).verdict == "applied"
    order = bench.record(ORDER)
    assert order["data"]["fault"] == "leaking"
    assert "disputed" not in order


def test_a_third_value_may_be_chosen(bench: Bench) -> None:
    resolve(bench, disputed(bench), {"value": "frozen and leaking"})
    assert bench.record(ORDER)["data"]["fault"] == "frozen and leaking"
    assert bench.of_type("conflict")[0]["data"]["state"] == "resolved"


def test_a_decision_that_missed_a_candidate_is_parked_as_a_stale_view(bench: Bench) -> None:
    conflict = disputed(bench)
    bench.set(BOSS, fault=("cold", "noisy"))
    answer = resolve(bench, conflict, {"value": "frozen"})
    assert (answer.verdict, answer.code) == ("parked", "stale_view")


def test_a_second_decision_is_parked_as_already_resolved(bench: Bench) -> None:
    conflict = disputed(bench)
    resolve(bench, conflict, {"value": "frozen"})
    assert resolve(bench, conflict, {"value": "leaking"}).code == "already_resolved"


def test_a_decision_that_came_too_early_falls_away_with_the_one_that_counts(bench: Bench) -> None:
    conflict = disputed(bench)
    bench.set(BOSS, fault=("cold", "noisy"))
    resolve(bench, conflict, {"value": "frozen"})
    assert resolve(bench, bench.of_type("conflict")[0], {"value": "frozen"}).verdict == "applied"
    assert [one["data"]["state"] for one in bench.of_type("parked")] == ["dismissed"]


def test_an_engineer_may_not_settle_a_conflict(bench: Bench) -> None:
    assert resolve(bench, disputed(bench), {"value": "x"}, user=ONE).code == "forbidden_field"


def test_the_author_of_the_losing_value_sees_who_decided_what(bench: Bench) -> None:
    conflict = disputed(bench)
    resolve(bench, conflict, {"op": conflict["data"]["live"]["op"]})
    (outcome,) = [one["data"] for one in bench.of_type("outcome") if one["data"]["by"] == TWO]
    assert (outcome["state"], outcome["decision"], outcome["decided_by"]) == ("resolved", "other", BOSS)


def test_a_value_built_on_an_own_decision_that_came_too_late_waits_with_it(bench: Bench) -> None:
    conflict, other = disputed(bench), bench.hire("e" * 32, "supervisor")
    resolve(bench, conflict, {"value": "frozen solid"})
    resolve(bench, conflict, {"value": "iced up"}, other)
    answer = bench.set(other, fault=("iced up", "iced up again"))
    assert (answer.verdict, answer.code) == ("parked", "depends_on")
    assert len(bench.of_type("conflict")) == 1
    late, built = bench.of_type("parked")
    assert (late["data"]["dependants"], built["data"]["builds_on"]) == ([built["id"]], late["id"])
