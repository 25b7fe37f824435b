"""Rule 15: what proves that the server was put back begins a new history at once; the horizon is a reset too."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from typing import Any

from sync import history
from tests.sync.bench import BOSS, ONE, ORDER, TWO, Bench, changed

DAY = 86_400_000
SECOND = "b" * 32
PHOTO = "c" * 32


def put_back(bench: Bench, saved: Any) -> None:
    """Copy an old database over the new one, as somebody who knows no restore command does."""
    bench.store.tables = deepcopy(saved)


def work(bench: Bench, *faults: str) -> None:
    for was, to in pairwise(faults):
        assert bench.set(ONE, fault=(was, to)).verdict == "applied"


def test_a_cursor_from_the_future_begins_a_new_epoch_at_once(bench: Bench) -> None:
    saved = deepcopy(bench.store.tables)
    work(bench, "cold", "frozen")
    cursor = bench.exchange(ONE)["cursor"]
    put_back(bench, saved)
    reply = bench.exchange(ONE, cursor)
    assert (reply["reset"], reply["epoch"] != "epoch") == ("ahead", True)
    assert bench.exchange(TWO)["epoch"] == reply["epoch"]


def test_a_cursor_whose_commit_is_another_one_begins_a_new_epoch(bench: Bench) -> None:
    saved = deepcopy(bench.store.tables)
    work(bench, "cold", "frozen")
    cursor = bench.exchange(ONE)["cursor"]
    put_back(bench, saved)
    work(bench, "cold", "burnt", "wet")
    reply = bench.exchange(ONE, cursor)
    assert (reply["reset"], reply["epoch"] != "epoch") == ("epoch", True)


def test_the_second_proof_of_one_restore_begins_no_second_epoch(bench: Bench) -> None:
    saved = deepcopy(bench.store.tables)
    work(bench, "cold", "frozen")
    cursors = [bench.exchange(user)["cursor"] for user in (ONE, TWO)]
    put_back(bench, saved)
    replies = [bench.exchange(user, cursor) for user, cursor in zip((ONE, TWO), cursors, strict=True)]
    assert replies[0]["epoch"] == replies[1]["epoch"] == bench.store.tables.epoch
    assert [reply["reset"] for reply in replies] == ["ahead", "epoch"]


def test_two_servers_that_see_the_proof_together_begin_one_epoch(bench: Bench) -> None:
    head = bench.store.tables.epoch
    assert history.begin(bench.engine, head) == history.begin(bench.engine, head) != head


def test_the_first_page_after_a_proof_is_a_snapshot_of_the_new_history_and_judges_nothing(bench: Bench) -> None:
    saved = deepcopy(bench.store.tables)
    work(bench, "cold", "frozen")
    cursor = bench.exchange(ONE)["cursor"]
    put_back(bench, saved)
    op = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=("frozen", "burnt")))
    reply = bench.exchange(ONE, cursor, operations=[op])
    assert reply["answers"] == [{"id": op["id"], "held": "reset"}]
    assert ORDER in reply["entered"]
    assert bench.exchange(ONE, reply["cursor"])["reset"] is None


def test_a_forged_cursor_proves_nothing(bench: Bench) -> None:
    cursor = bench.exchange(ONE)["cursor"]
    assert bench.exchange(ONE, cursor[:-2] + "AA")["epoch"] == "epoch"


def test_a_backup_moves_safe_forward_only_and_only_in_its_own_history(bench: Bench) -> None:
    for epoch, seq in (("epoch", 3), ("epoch", 2), ("other", 5)):
        history.back_up_to(bench.engine, epoch, seq)
    assert bench.exchange(ONE)["safe"] == 3


def commits_on(bench: Bench, *days: int) -> None:
    """Let time pass between the commits made so far and those that follow."""
    for day, (fault, other) in zip(days, (("cold", "frozen"), ("frozen", "cold")), strict=False):
        op = bench.op(ONE, "order", ORDER, ORDER, "set", changed(fault=(fault, other)))
        bench.push(ONE, op, now=day * DAY)


def test_a_tablet_that_slept_beyond_the_horizon_starts_anew_and_loses_nothing_of_its_outbox(bench: Bench) -> None:
    asleep = bench.exchange(TWO)["cursor"]
    commits_on(bench, 1, 200)
    history.collect(bench.engine, 200 * DAY, 180 * DAY)
    op = bench.op(TWO, "photo", PHOTO, ORDER, "append", {"values": {"sha256": "f" * 64}})
    reply = bench.exchange(TWO, asleep, operations=[op])
    assert (reply["reset"], reply["epoch"]) == ("horizon", "epoch")
    assert reply["answers"] == [{"id": op["id"], "held": "reset"}]
    assert ORDER in reply["entered"]
    assert bench.exchange(TWO, reply["cursor"], operations=[op])["answers"][0]["verdict"] == "applied"


def test_a_cursor_younger_than_the_horizon_goes_on(bench: Bench) -> None:
    commits_on(bench, 1)
    cursor = bench.exchange(TWO)["cursor"]
    commits_on(bench, 200)
    history.collect(bench.engine, 200 * DAY, 199 * DAY)
    assert bench.exchange(TWO, cursor)["reset"] is None


def test_a_quiet_company_forgets_nothing_that_a_sleeping_tablet_needs(bench: Bench) -> None:
    cursor = bench.exchange(TWO)["cursor"]
    history.collect(bench.engine, 400 * DAY, 180 * DAY)
    reply = bench.exchange(TWO, cursor)
    assert (reply["reset"], reply["changes"]) == (None, [])


def test_a_snapshot_in_small_pages_is_finished_although_its_roots_are_older_than_the_horizon(bench: Bench) -> None:
    commits_on(bench, 199, 200)
    history.collect(bench.engine, 200 * DAY, 180 * DAY)
    page = bench.exchange(BOSS, limit=1)
    while page["more"]:
        page = bench.exchange(BOSS, page["cursor"], limit=1)
        assert page["reset"] is None
    assert bench.exchange(BOSS, page["cursor"])["changes"] == []


def test_a_horizon_that_passes_a_pull_between_two_pages_resets_it(bench: Bench) -> None:
    cursor = bench.exchange(BOSS)["cursor"]
    for number in range(3):
        values = {"branch": "b", "engineers": [], "fault": "new"}
        bench.say(BOSS, "order", f"{number:032d}", f"{number:032d}", "create", {"values": values})
    first = bench.exchange(BOSS, cursor, limit=1)
    commits_on(bench, 200)
    history.collect(bench.engine, 200 * DAY, 180 * DAY)
    assert (first["more"], bench.exchange(BOSS, first["cursor"])["reset"]) == (True, "horizon")


def test_the_horizon_never_goes_back(bench: Bench) -> None:
    commits_on(bench, 199, 200)
    far = history.collect(bench.engine, 200 * DAY, 180 * DAY)
    assert history.collect(bench.engine, 200 * DAY, 250 * DAY) == far > 0
