"""Rule 7: what is not judged in time, or lacks a part of its group, waits with all that follows on its root."""

from __future__ import annotations

from typing import Any

from tests.sync.bench import BOSS, ONE, ORDER, Bench, changed

SECOND, GROUP = "b" * 32, "d" * 32


def photo(bench: Bench, root: str = ORDER, **other: object) -> dict[str, Any]:
    body = {"values": {"sha256": bench.new_id() * 2}}
    return bench.op(ONE, "photo", bench.new_id(), root, "append", body, **other)


def outcomes(bench: Bench, *operations: dict[str, Any]) -> list[str]:
    answers = bench.exchange(ONE, operations=list(operations))["answers"]
    return [answer.get("verdict") or f"held {answer['held']}" for answer in answers]


def second_order(bench: Bench) -> None:
    values = {"branch": "b", "engineers": [ONE]}
    bench.say(BOSS, "order", SECOND, SECOND, "create", {"values": values})


def test_what_is_not_judged_in_time_waits(bench: Bench) -> None:
    bench.slow(ms_each=400, budget_ms=1_000)
    operations = [photo(bench) for _ in range(5)]
    assert outcomes(bench, *operations) == ["applied"] * 3 + ["held time"] * 2
    assert outcomes(bench, *operations[3:]) == ["applied"] * 2


def test_the_first_is_judged_however_slow_it_is(bench: Bench) -> None:
    bench.slow(ms_each=60_000, budget_ms=1_000)
    assert outcomes(bench, photo(bench), photo(bench)) == ["applied", "held time"]


def test_what_has_a_verdict_is_answered_without_time(bench: Bench) -> None:
    known = [photo(bench) for _ in range(3)]
    outcomes(bench, *known)
    bench.slow(ms_each=60_000, budget_ms=1_000)
    assert outcomes(bench, photo(bench), *known, photo(bench)) == ["applied"] * 4 + ["held time"]


def test_a_group_is_judged_or_waits_whole(bench: Bench) -> None:
    bench.slow(ms_each=900, budget_ms=1_000)
    group = {"id": GROUP, "of": 3}
    first, second = photo(bench), photo(bench)
    members = [photo(bench, group=group) for _ in range(3)]
    assert outcomes(bench, first, second, *members) == ["applied"] * 2 + ["held time"] * 3
    assert outcomes(bench, *members, photo(bench), photo(bench)) == ["applied"] * 4 + ["held time"]


def test_the_page_is_whole_although_work_waits(bench: Bench) -> None:
    bench.slow(ms_each=60_000, budget_ms=1_000)
    judged, waiting = photo(bench), photo(bench)
    reply = bench.exchange(ONE, operations=[judged, waiting])
    assert (reply["more"], reply["reset"], reply["answers"][1]) == (False, None, {"id": waiting["id"], "held": "time"})
    assert judged["record"] in {change["id"] for change in reply["changes"]}


def test_the_server_s_own_writers_are_in_time(bench: Bench) -> None:
    bench.slow(ms_each=60_000, budget_ms=1_000)
    assert [answer.verdict for answer in bench.push(ONE, photo(bench), photo(bench))] == ["applied", "applied"]


def test_an_incomplete_group_keeps_what_follows_on_all_its_roots(bench: Bench) -> None:
    second_order(bench)
    half = [photo(bench, root, group={"id": GROUP, "of": 3}) for root in (ORDER, SECOND)]
    assert outcomes(bench, *half, photo(bench), photo(bench, SECOND)) == ["held group"] * 4


def test_what_follows_on_another_root_goes_on(bench: Bench) -> None:
    second_order(bench)
    half = photo(bench, group={"id": GROUP, "of": 2})
    assert outcomes(bench, half, photo(bench, SECOND), photo(bench)) == ["held group", "applied", "held group"]


def test_a_whole_group_waits_with_one_root_and_takes_its_others_along(bench: Bench) -> None:
    second_order(bench)
    half = photo(bench, group={"id": GROUP, "of": 2})
    whole = [photo(bench, root, group={"id": "e" * 32, "of": 2}) for root in (ORDER, SECOND)]
    assert outcomes(bench, half, *whole, photo(bench, SECOND)) == ["held group"] * 4


def test_a_repetition_of_what_waits_is_applied_once(bench: Bench) -> None:
    bench.slow(ms_each=60_000, budget_ms=1_000)
    edit = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "frozen")))
    assert outcomes(bench, photo(bench), edit, edit) == ["applied", "held time", "held time"]
    assert outcomes(bench, edit, edit) == ["applied", "applied"]
    assert bench.record(ORDER)["version"] == 2


def test_a_group_has_no_more_members_than_it_says(bench: Bench) -> None:
    members = [photo(bench, group={"id": GROUP, "of": 2}) for _ in range(3)]
    assert outcomes(bench, *members) == ["applied", "applied", "parked"]
    (parked,) = bench.of_type("parked")
    assert (parked["data"]["code"], parked["data"]["mates"]) == ("malformed_operation", [])


def test_no_group_grows_by_other_words_under_one_id(bench: Bench) -> None:
    first = photo(bench, group={"id": GROUP, "of": 1})
    answers = outcomes(bench, *({**first, "n": n} for n in range(60)))
    assert answers == ["parked"] * 60
    assert max(len(one["data"]["mates"]) for one in bench.of_type("parked")) == 49
