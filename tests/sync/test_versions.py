"""Rule 16: operations of older apps mean what their author meant; those of newer apps wait whole."""

from __future__ import annotations

from sync.canonical import digest
from sync.push import Answer
from tests.sync.bench import BOSS, ONE, ORDER, TWO, Bench, changed

SHEET = "e" * 32


def old(bench: Bench, **extra: object) -> dict:
    """A change as an app of the first schema words it, which called a fault `trouble`."""
    return bench.op(ONE, "order", ORDER, ORDER, "set", changed(trouble=("cold", "frozen"))) | extra


def newer(bench: Bench, **extra: object) -> dict:
    """A change by an app that is ahead of the server."""
    return bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "frozen"))) | {"schema": 3} | extra


def unpark(bench: Bench) -> Answer:
    (parked,) = [one for one in bench.of_type("parked") if one["data"]["operation"]["do"] != "unpark"]
    return bench.say(BOSS, "parked", parked["id"], parked["id"], "unpark", {})


def test_an_operation_of_an_older_schema_is_applied_in_the_words_of_today(bench: Bench) -> None:
    (answer,) = bench.push(ONE, old(bench))
    assert (answer.verdict, bench.record(ORDER)["data"]["fault"]) == ("applied", "frozen")


def test_its_verdict_is_known_by_the_operation_as_it_was_sent(bench: Bench) -> None:
    op = old(bench)
    first, again = bench.push(ONE, op)[0], bench.push(ONE, op)[0]
    with bench.store.read() as reader:
        (stored,) = reader.judged(ONE, [op["id"]])
    assert first == again
    assert stored.digest == digest(op)


def test_the_same_id_in_the_words_of_today_is_another_content(bench: Bench) -> None:
    op = old(bench)
    bench.push(ONE, op)
    reworded = op | {"schema": 2, "set": changed(fault=("cold", "frozen"))}
    assert bench.push(ONE, reworded)[0].code == "id_reused"


def test_a_later_change_that_builds_on_a_parked_one_of_an_older_app_waits_with_it(bench: Bench) -> None:
    bench.push(ONE, old(bench, set=changed(trouble=("cold", "frozen"), branch=("b", "c"))))
    assert bench.set(ONE, fault=("frozen", "burnt")).code == "depends_on"


def test_a_parked_operation_of_an_older_app_is_let_through_in_the_words_of_today(bench: Bench) -> None:
    op = old(bench, set=changed(trouble=("cold", "frozen"), engineers=([ONE, TWO], [ONE])))
    assert bench.push(ONE, op)[0].verdict == "parked"
    unpark(bench)
    assert bench.record(ORDER)["data"]["fault"] == "frozen"


def test_r_226_an_operation_of_a_newer_app_waits_whole_whatever_it_holds(bench: Bench) -> None:
    op = newer(bench, do="measure", measure={"place": [1, 2]}, extra="unheard of")
    (answer,) = bench.push(ONE, op)
    assert (answer.code, answer.detail) == ("schema_unsupported", {"schema": 3})
    assert [one["data"]["operation"] for one in bench.of_type("parked")] == [op]


def test_it_can_be_let_through_once_the_server_knows_its_schema(bench: Bench) -> None:
    bench.push(ONE, newer(bench))
    assert unpark(bench).code == "schema_unsupported"
    bench.upgrade()
    assert unpark(bench).verdict == "applied"
    assert bench.record(ORDER)["data"]["fault"] == "frozen"


def test_a_number_that_was_never_a_schema_is_refused(bench: Bench) -> None:
    assert bench.push(ONE, old(bench, schema=0))[0].code == "schema_unsupported"


def test_a_value_stored_before_its_structure_grew_is_still_the_one_its_author_saw(bench: Bench) -> None:
    bench.say(ONE, "sheet", SHEET, ORDER, "create", {"values": {}})
    first, second = {"result": "pass"}, {"result": "fail"}
    bench.say(ONE, "sheet", SHEET, ORDER, "set", {"answers/a": {"was": None, "to": first}})
    bench.upgrade()
    again = bench.say(ONE, "sheet", SHEET, ORDER, "set", {"answers/a": {"was": first, "to": second}})
    assert again.verdict == "applied"
    assert bench.record(SHEET)["data"]["answers/a"] == {"instrument": None, "result": "fail"}
