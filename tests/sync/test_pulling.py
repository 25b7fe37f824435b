"""Rules 3, 4, 13, 14, 15: a pull is a function of cursor, user and database, and says who enters and leaves."""

from __future__ import annotations

from typing import Any

from tests.sync.bench import BOSS, ONE, ORDER, STRANGER, SYSTEM, TWO, Bench, changed

SECOND = "b" * 32
PHOTO = "c" * 32


def ids(reply: dict[str, Any]) -> set[str]:
    return {change["id"] for change in reply["changes"]}


def reassign(bench: Bench, was: list[str], to: list[str]) -> None:
    assert bench.set(BOSS, engineers=(was, to)).verdict == "applied"


def pages(bench: Bench, user: str, cursor: str | None, limit: int) -> list[dict[str, Any]]:
    result = [bench.exchange(user, cursor, limit)]
    while result[-1]["more"]:
        result.append(bench.exchange(user, result[-1]["cursor"], limit))
    return result


def test_r_218_a_snapshot_holds_what_the_user_may_see_and_nothing_else(bench: Bench) -> None:
    assert ORDER in ids(bench.exchange(ONE))
    assert ORDER not in ids(bench.exchange(STRANGER))


def test_asking_again_with_the_same_cursor_gives_the_same_page(bench: Bench) -> None:
    cursor = bench.exchange(ONE)["cursor"]
    bench.set(TWO, fault=("cold", "frozen"))
    assert bench.exchange(ONE, cursor) == bench.exchange(ONE, cursor)


def test_an_idle_exchange_advances_over_commits_that_do_not_concern_the_user(bench: Bench) -> None:
    before = bench.exchange(STRANGER)
    bench.set(ONE, fault=("cold", "frozen"))
    after = bench.exchange(STRANGER, before["cursor"])
    assert (after["changes"], after["through"] - before["through"], after["more"]) == ([], 1, False)


def test_an_order_that_was_taken_away_is_named_as_left(bench: Bench) -> None:
    cursor = bench.exchange(TWO)["cursor"]
    reassign(bench, [ONE, TWO], [ONE])
    reply = bench.exchange(TWO, cursor)
    assert reply["left"] == [{"root": ORDER, "why": "reassigned"}]
    assert ORDER not in ids(reply)


def test_an_order_that_went_and_came_back_is_sent_whole_and_not_named_as_left(bench: Bench) -> None:
    bench.say(ONE, "photo", PHOTO, ORDER, "append", {"values": {"sha256": "f" * 64}})
    cursor = bench.exchange(TWO)["cursor"]
    reassign(bench, [ONE, TWO], [ONE])
    reassign(bench, [ONE], [ONE, TWO])
    reply = bench.exchange(TWO, cursor)
    assert (reply["left"], reply["entered"]) == ([], [ORDER])
    assert ids(reply) == {ORDER, PHOTO}


def test_an_order_lost_after_it_entered_between_two_pages_is_named_as_left(bench: Bench) -> None:
    cursor = bench.exchange(STRANGER)["cursor"]
    reassign(bench, [ONE, TWO], [STRANGER])
    reassign(bench, [STRANGER], [ONE])
    assert bench.exchange(STRANGER, cursor)["left"] == [{"root": ORDER, "why": "reassigned"}]


def test_a_root_that_enters_on_a_later_page_is_named_as_left_on_this_one_if_it_was_held_before(bench: Bench) -> None:
    cursor = bench.exchange(TWO)["cursor"]
    reassign(bench, [ONE, TWO], [ONE])
    values = {"branch": "b", "engineers": [TWO], "fault": "new"}
    bench.say(SYSTEM, "order", SECOND, SECOND, "create", {"values": values})
    reassign(bench, [ONE], [ONE, TWO])
    first = bench.exchange(TWO, cursor, limit=1)
    assert (first["entered"], first["left"], first["more"]) == ([SECOND], [{"root": ORDER, "why": "reassigned"}], True)


def test_small_pages_deliver_the_same_as_one_large_page(bench: Bench) -> None:
    for number in range(5):
        bench.say(ONE, "photo", f"{number + 100:032d}", ORDER, "append", {"values": {"sha256": f"{number:064d}"}})
    whole = bench.exchange(BOSS)
    small = pages(bench, BOSS, None, 1)
    assert len(small) == 3
    assert set().union(*map(ids, small)) == ids(whole)


def test_r_218_a_root_that_enters_is_never_parted_by_the_end_of_a_page(bench: Bench) -> None:
    cursor = bench.exchange(STRANGER)["cursor"]
    wanted = {}
    for number in range(20):
        root = f"{number + 500:032d}"
        bench.say(SYSTEM, "order", root, root, "create", {"values": {"branch": "b", "engineers": [ONE]}})
        photos = [f"{number * 10 + photo + 1_000:032d}" for photo in range(4)]
        for photo in photos:
            bench.say(ONE, "photo", photo, root, "append", {"values": {"sha256": f"{int(photo):064d}"}})
        bench.say(BOSS, "order", root, root, "set", changed(engineers=([ONE], [STRANGER])))
        wanted[root] = {root, *photos}
    sent = pages(bench, STRANGER, cursor, 12)
    assert len(sent) > 5
    for page in sent:
        assert ids(page) == set().union(*(wanted[root] for root in page["entered"]))
    assert [root for page in sent for root in page["entered"]] == list(wanted)


def test_a_first_snapshot_in_pages_sends_nothing_twice_although_it_changed_since(bench: Bench) -> None:
    bench.say(SYSTEM, "order", SECOND, SECOND, "create", {"values": {"branch": "b", "engineers": [ONE]}})
    bench.set(ONE, fault=("cold", "frozen"))
    small = pages(bench, BOSS, None, 1)
    sent = [change["id"] for page in small for change in page["changes"]]
    assert len(small) > 3
    assert len(sent) == len(set(sent))


def test_what_changes_while_a_first_snapshot_is_sent_in_pages_comes_after_it(bench: Bench) -> None:
    first = pages(bench, BOSS, None, 9)[-1]
    begun = bench.exchange(BOSS, None, 1)
    while ORDER not in ids(begun):
        begun = bench.exchange(BOSS, begun["cursor"], 1)
    bench.set(ONE, fault=("cold", "frozen"))
    rest = pages(bench, BOSS, begun["cursor"], 1)
    (changed,) = [change for page in rest for change in page["changes"] if change["id"] == ORDER]
    assert (changed["data"]["fault"], rest[-1]["through"]) == ("frozen", first["through"] + 1)


def test_r_218_a_user_who_loses_a_scope_is_told_every_root_in_it(bench: Bench) -> None:
    cursor = bench.exchange(BOSS)["cursor"]
    roles = changed(roles=(["supervisor"], ["engineer"]))
    bench.say(SYSTEM, "user", BOSS, BOSS, "set", roles)
    assert bench.exchange(BOSS, cursor)["left"] == [{"root": ORDER, "why": "scope_lost"}]


def test_bytes_are_wanted_from_the_one_who_named_them_until_they_arrive(bench: Bench) -> None:
    bench.say(ONE, "photo", PHOTO, ORDER, "append", {"values": {"sha256": "f" * 64}})
    assert bench.exchange(ONE)["want"] == ["f" * 64]
    assert bench.exchange(TWO)["want"] == []


def test_a_cursor_of_another_history_holds_everything_and_starts_anew(bench: Bench) -> None:
    other = Bench()
    other.set(ONE, fault=("cold", "frozen"))
    op = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("cold", "burnt")))
    reply = bench.exchange(ONE, other.exchange(ONE)["cursor"], operations=[op])
    assert (reply["reset"], reply["answers"]) == ("ahead", [{"id": op["id"], "held": "reset"}])
    assert bench.record(ORDER)["data"]["fault"] == "cold"


def test_a_forged_cursor_is_not_believed(bench: Bench) -> None:
    cursor = bench.exchange(ONE)["cursor"]
    assert bench.exchange(ONE, cursor[:-2] + "AA")["reset"] == "epoch"
    assert bench.exchange(ONE, "not a cursor ü")["reset"] == "epoch"
