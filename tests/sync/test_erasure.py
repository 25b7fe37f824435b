"""A person is erased from a history that only grows: the content goes, the verdicts and the fact stay."""

from __future__ import annotations

import json
from typing import Any

from sync.engine import Session
from sync.erasure import Plan, erase, plan
from sync.salted import ERASED
from tests.sync.bench import BOSS, ONE, ORDER, STRANGER, SYSTEM, TWO, Bench, changed

SECRET = "frozen solid"
PHOTO, OTHER = "c" * 32, "d" * 32
SHA = "f" * 64


def erased(bench: Bench, *ids: str, before: tuple = ()) -> Plan:
    noted: list[Plan] = []
    found = erase(bench.engine, Session(SYSTEM, "server"), ids, 3_000, noted.append, before)
    assert noted == [found]
    return found


def everything(bench: Bench) -> str:
    """All that is stored, as one text."""
    tables = bench.store.tables
    return str([list(table.values()) for table in (tables.rows, tables.judged, tables.blob_refs)])


def photograph(bench: Bench, record: str = PHOTO, user: str = ONE) -> None:
    bench.say(user, "photo", record, ORDER, "append", {"values": {"sha256": SHA}})


def test_what_tells_of_the_person_goes_and_the_rest_of_the_record_stays(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", SECRET))
    erased(bench, ORDER)
    row = bench.record(ORDER)
    assert (row["erased"], row["data"]["priority"], "fault" in row["data"]) == (True, "general", False)
    assert SECRET not in everything(bench)


def test_devices_follow_with_their_next_pull(bench: Bench) -> None:
    cursor = bench.exchange(TWO)["cursor"]
    erased(bench, ORDER)
    (row,) = bench.exchange(TWO, cursor)["changes"]
    assert (row["id"], row["erased"]) == (ORDER, True)


def test_a_repetition_of_an_erased_operation_meets_its_first_verdict(bench: Bench) -> None:
    op = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", SECRET)))
    first = bench.push(ONE, op)
    erased(bench, ORDER)
    assert bench.push(ONE, op) == first
    assert SECRET not in everything(bench)


def test_other_content_under_an_erased_id_is_still_another_operation(bench: Bench) -> None:
    op = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", SECRET)))
    bench.push(ONE, op)
    erased(bench, ORDER)
    (answer,) = bench.push(ONE, op | {"set": changed(fault=("cold", "other"))})
    assert answer.code == "id_reused"


def test_the_digest_that_stays_tells_nothing_without_the_key(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", SECRET))
    (before,) = [one for one in bench.store.tables.judged.values() if SECRET.encode() in one.body]
    erased(bench, ORDER)
    with bench.store.read() as reader:
        (after,) = reader.judged(ONE, [before.id])
    assert (after.body, after.seq, after.verdict) == (ERASED, before.seq, "applied")
    assert before.digest not in everything(bench)


def test_conflicts_about_it_quote_nothing_and_dispute_nothing(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", SECRET))
    bench.set(TWO, fault=("cold", f"{SECRET} too"))
    erased(bench, ORDER)
    (conflict,) = bench.of_type("conflict")
    assert (conflict["gone"], conflict["data"]["state"]) == (True, "resolved")
    assert "disputed" not in bench.record(ORDER)
    assert SECRET not in everything(bench)


def test_parked_operations_on_it_and_decisions_about_them_quote_nothing(bench: Bench) -> None:
    bench.set(ONE, priority=("general", SECRET), engineers=([], []))
    (parked,) = bench.of_type("parked")
    bench.say(BOSS, "parked", parked["id"], parked["id"], "dismiss", {"reason": f"not {SECRET}"})
    erased(bench, ORDER)
    assert SECRET not in everything(bench)
    assert {one["data"]["state"] for one in bench.of_type("parked") + bench.of_type("outcome")} == {"dismissed"}


def test_a_parked_operation_can_be_erased_alone(bench: Bench) -> None:
    bench.set(ONE, engineers=([ONE, TWO], [SECRET]))
    erased(bench, bench.of_type("parked")[0]["id"])
    assert ("erased" in bench.record(ORDER), bench.record(ORDER)["data"]["fault"]) == (False, "cold")
    assert SECRET not in everything(bench)


def test_an_open_parked_operation_is_settled_so_that_nobody_applies_it(bench: Bench) -> None:
    bench.set(ONE, engineers=([ONE, TWO], [SECRET]))
    (parked,) = bench.of_type("parked")
    erased(bench, parked["id"])
    answer = bench.say(BOSS, "parked", parked["id"], parked["id"], "unpark", {})
    assert (answer.verdict, answer.code) == ("parked", "already_resolved")
    assert SECRET not in everything(bench)


def test_bytes_that_nothing_else_names_go_and_are_not_asked_for_again(bench: Bench) -> None:
    photograph(bench)
    assert erased(bench, PHOTO).blobs == (SHA,)
    assert (bench.record(PHOTO)["gone"], bench.exchange(ONE)["want"]) == (True, [])


def test_bytes_that_another_record_names_stay(bench: Bench) -> None:
    photograph(bench)
    photograph(bench, OTHER, TWO)
    assert erased(bench, PHOTO).blobs == ()
    assert (bench.exchange(ONE)["want"], bench.exchange(TWO)["want"]) == ([], [SHA])


def test_bytes_that_only_a_parked_operation_names_go_with_it(bench: Bench) -> None:
    photograph(bench, PHOTO, STRANGER)
    (parked,) = bench.of_type("parked")
    assert erased(bench, parked["id"]).blobs == (SHA,)


def test_later_work_on_it_is_parked_and_goes_with_a_second_erasure(bench: Bench) -> None:
    erased(bench, ORDER)
    late = bench.set(ONE, fault=("cold", SECRET))
    assert (late.verdict, late.code) == ("parked", "erased")
    assert bench.of_type("parked")[0]["data"]["operation"]["set"]["fault"]["to"] == SECRET
    erased(bench, ORDER)
    assert SECRET not in everything(bench)


def test_the_plan_says_beforehand_what_would_go_and_changes_nothing(bench: Bench) -> None:
    bench.set(ONE, fault=("cold", SECRET))
    before = everything(bench)
    with bench.store.read() as reader:
        found = plan(reader, bench.engine, [ORDER])
    assert ([one.id for one in found.records], len(found.operations)) == ([ORDER], 2)
    assert everything(bench) == before


def test_nothing_else_is_touched(bench: Bench) -> None:
    bench.say(SYSTEM, "order", OTHER, OTHER, "create", {"values": {"branch": "b", "engineers": [], "fault": "kept"}})
    before = others(bench)
    erased(bench, ORDER)
    assert others(bench) == before


def others(bench: Bench) -> dict[str, Any]:
    return {row.id: json.loads(row.body) for row in bench.store.tables.rows.values() if row.id != ORDER}


def test_an_operation_erased_in_a_history_that_was_put_back_is_not_applied_again(bench: Bench) -> None:
    saved = bench.store.copy()
    op = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", SECRET)))
    bench.push(ONE, op)
    erased(bench, ORDER)
    with bench.store.read() as reader:
        forgotten = tuple(one for one in reader.judged(ONE, [op["id"]]))
    bench.store.tables = saved.tables
    erased(bench, ORDER, before=forgotten)
    assert bench.push(ONE, op)[0].verdict == "applied"
    assert SECRET not in everything(bench)


def test_what_came_in_one_group_with_it_is_applied_again_alone(bench: Bench) -> None:
    saved, group = bench.store.copy(), {"id": "9" * 32, "of": 2}
    op = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "warm")), group=group)
    mate = bench.op(ONE, "photo", PHOTO, ORDER, "append", {"values": {"sha256": SHA}}, group=group)
    bench.push(ONE, op, mate)
    erased(bench, PHOTO)
    with bench.store.read() as reader:
        forgotten = tuple(reader.judged(ONE, [mate["id"]]))
    bench.store.tables = saved.tables
    assert bench.push(ONE, op)[0].held == "group"
    erased(bench, PHOTO, before=forgotten)
    assert bench.push(ONE, op)[0].verdict == "applied"


def test_what_an_erased_mate_on_another_order_leaves_behind_waits_for_nobody(bench: Bench) -> None:
    second = "b" * 32
    bench.say(SYSTEM, "order", second, second, "create", {"values": {"branch": "b", "engineers": [ONE]}})
    saved, group = bench.store.copy(), {"id": "9" * 32, "of": 2}
    op = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "warm")), group=group)
    mate = bench.op(ONE, "order", second, second, "set", changed(fault=(None, SECRET)), group=group)
    bench.push(ONE, op, mate)
    erased(bench, second)
    with bench.store.read() as reader:
        forgotten = tuple(reader.judged(ONE, [mate["id"]]))
    bench.store.tables = saved.tables
    erased(bench, second, before=forgotten)
    assert bench.push(ONE, op)[0].verdict == "applied"


def test_another_group_still_comes_whole_or_waits(bench: Bench) -> None:
    photograph(bench)
    group = {"id": "9" * 32, "of": 2}
    half = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "warm")), group=group)
    erased(bench, PHOTO)
    assert bench.push(ONE, half)[0].held == "group"
