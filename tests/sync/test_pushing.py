"""Rules 2, 6, 7 and 12: every operation gets one stored verdict, and nothing that fails stops the rest."""

from __future__ import annotations

import pytest

from tests.sync.bench import BOSS, ONE, ORDER, STRANGER, TWO, Bench, changed

PHOTO = "c" * 32
GROUP = "d" * 32


def test_r_217_a_repeated_operation_gets_its_first_verdict_and_is_applied_once(bench: Bench) -> None:
    op = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "frozen")))
    first, again = bench.push(ONE, op)[0], bench.push(ONE, op)[0]
    assert first == again
    assert bench.record(ORDER)["version"] == 2


def test_r_217_an_operation_sent_twice_in_one_request_is_applied_once(bench: Bench) -> None:
    op = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "frozen")))
    first, again = bench.push(ONE, op, op)
    assert first == again
    assert bench.record(ORDER)["version"] == 2


def test_the_first_content_owns_an_id(bench: Bench) -> None:
    op = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "frozen")))
    bench.push(ONE, op)
    other = bench.push(ONE, op | changed_body(fault=("frozen", "burnt")))[0]
    assert (other.verdict, other.code) == ("parked", "id_reused")
    assert bench.record(ORDER)["data"]["fault"] == "frozen"


def changed_body(**changes: tuple[object, object]) -> dict:
    return {"set": changed(**changes)}


def test_the_author_is_the_session_never_the_body(bench: Bench) -> None:
    op = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "frozen")))
    assert bench.push(TWO, op)[0].code == "wrong_author"


def test_one_who_may_not_see_the_order_changes_nothing_and_learns_nothing(bench: Bench) -> None:
    answer = bench.set(STRANGER, fault=("cold", "stolen"))
    assert (answer.verdict, answer.code, answer.detail) == ("parked", "no_access", {})


def test_a_forbidden_field_parks_the_whole_operation(bench: Bench) -> None:
    answer = bench.set(ONE, fault=("cold", "frozen"), engineers=([ONE, TWO], [ONE]))
    assert (answer.code, answer.detail["field"]) == ("forbidden_field", "engineers")
    assert bench.record(ORDER)["data"]["fault"] == "cold"


BAD = [
    ({"do": "explode"}, "unknown_do"),
    ({"type": "spaceship"}, "unknown_type"),
    ({"extra": 1}, "malformed_operation"),
    ({"n": -1}, "malformed_operation"),
    ({"at": "yesterday"}, "malformed_operation"),
    ({"record": "../etc"}, "malformed_operation"),
    ({"schema": 99}, "schema_unsupported"),
    ({"set": {"fault": "frozen"}}, "malformed_operation"),
    ({"set": {"fault": {"was": "cold", "to": 1.5}}}, "not_canonical"),
    ({"set": {"fault": {"was": "cold", "to": 7}}}, "invalid_value"),
    ({"set": {"colour": {"was": None, "to": "red"}}}, "unknown_field"),
    ({"set": {"branch": {"was": "b", "to": "c"}}}, "immutable"),
    ({"set": {"state": {"was": "open", "to": "closed"}}}, "forbidden_field"),
    ({"group": {"id": GROUP}}, "malformed_operation"),
]


@pytest.mark.parametrize(("wrong", "code"), BAD)
def test_a_bad_operation_is_parked_with_its_reason_and_its_neighbours_go_on(
    bench: Bench, wrong: dict, code: str
) -> None:
    bad = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "frozen"))) | wrong
    good = bench.op(ONE, "order", ORDER, ORDER, "set", changed(priority=("general", "urgent")))
    first, second = bench.push(ONE, bad, good)
    assert (first.verdict, first.code, second.verdict) == ("parked", code, "applied")
    assert [one["data"]["operation"] for one in bench.of_type("parked")] == [bad]


def test_nobody_fills_what_others_pull_with_an_endless_reason(bench: Bench) -> None:
    bench.say(ONE, "photo", PHOTO, ORDER, "append", {"values": {"sha256": "f" * 64}})
    assert bench.say(ONE, "photo", PHOTO, ORDER, "hide", {"reason": "x" * 2_001}).code == "malformed_operation"
    assert bench.say(ONE, "photo", PHOTO, ORDER, "hide", {"reason": "x" * 2_000}).verdict == "applied"


def test_r_222_a_group_is_held_until_it_is_complete_and_so_is_what_follows_on_its_root(bench: Bench) -> None:
    one = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "frozen")), group={"id": GROUP, "of": 2})
    later = bench.op(ONE, "order", ORDER, ORDER, "set", changed(priority=("general", "urgent")))
    assert [answer.held for answer in bench.push(ONE, one, later)] == ["group", "group"]
    assert bench.record(ORDER)["version"] == 1


def test_a_group_has_one_commit(bench: Bench) -> None:
    group = {"id": GROUP, "of": 2}
    photo = bench.op(ONE, "photo", PHOTO, ORDER, "append", {"values": {"sha256": "f" * 64}}, group=group)
    close = bench.op(ONE, "order", ORDER, ORDER, "transition", {"name": "close", "from": "open"}, group=group)
    answers = bench.push(ONE, photo, close)
    assert {answer.verdict for answer in answers} == {"applied"}
    assert answers[0].seq == answers[1].seq


def test_a_root_and_its_first_child_may_be_made_in_one_group(bench: Bench) -> None:
    group, made = {"id": GROUP, "of": 2}, "b" * 32
    values = {"branch": "b", "engineers": [ONE]}
    order = bench.op(BOSS, "order", made, made, "create", {"values": values}, group=group)
    sheet = bench.op(BOSS, "sheet", "e" * 32, made, "create", {"values": {}}, group=group)
    assert {answer.verdict for answer in bench.push(BOSS, order, sheet)} == {"applied"}


def test_if_one_member_is_parked_the_whole_group_is(bench: Bench) -> None:
    group = {"id": GROUP, "of": 2}
    edit = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "frozen")), group=group)
    close = bench.op(ONE, "order", ORDER, ORDER, "transition", {"name": "close", "from": "open"}, group=group)
    codes = [answer.code for answer in bench.push(ONE, edit, close)]
    assert codes == ["group_mate", "guard_failed"]
    assert bench.record(ORDER)["data"]["fault"] == "cold"


def test_a_supervisor_applies_a_parked_group_whole(bench: Bench) -> None:
    group = {"id": GROUP, "of": 2}
    edit = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "frozen")), group=group)
    close = bench.op(ONE, "order", ORDER, ORDER, "transition", {"name": "close", "from": "open"}, group=group)
    bench.push(ONE, edit, close)
    bench.say(BOSS, "photo", PHOTO, ORDER, "append", {"values": {"sha256": "f" * 64}})
    parked = bench.of_type("parked")[0]["id"]
    assert bench.say(BOSS, "parked", parked, parked, "unpark", {}).verdict == "applied"
    data = bench.record(ORDER)["data"]
    assert (data["fault"], data["state"]) == ("frozen", "closed")
    assert {one["data"]["state"] for one in bench.of_type("outcome")} == {"applied"}


def test_a_dismissal_needs_a_reason_and_reaches_the_author(bench: Bench) -> None:
    bench.set(ONE, engineers=([ONE, TWO], [ONE]))
    parked = bench.of_type("parked")[0]["id"]
    assert bench.say(BOSS, "parked", parked, parked, "dismiss", {"reason": " "}).code == "invalid_value"
    assert bench.say(BOSS, "parked", parked, parked, "dismiss", {"reason": "not yours to give"}).verdict == "applied"
    (outcome,) = [one["data"] for one in bench.of_type("outcome") if one["data"]["by"] == ONE]
    assert (outcome["state"], outcome["decision"]) == ("dismissed", "not yours to give")
