"""The app's own client on every tablet: the same schedules, the same judge, the same promises."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sync.clock import format_time
from tests.simulation import company, corpus
from tests.simulation.__main__ import Order, report
from tests.simulation.campaign import run, run_seeds
from tests.simulation.client_device import ClientDevice
from tests.simulation.client_host import Host, HostFailed
from tests.simulation.client_mutants import CLIENT_MUTANTS, ClientMutant
from tests.simulation.client_stage import ClientStage
from tests.simulation.endings import timeless, with_other_clocks
from tests.simulation.events import generate
from tests.simulation.identity import operation_id, record_id
from tests.simulation.stage import Stage
from tests.simulation.tally import Tally

STEPS = 200
EXPLAINED = 20  # seeds that do not catch a planted bug that is explained: `make simulate TIER=client` plays a thousand
CLOCK = {"now": format_time(company.BEGIN), "uptime_ms": 0}


@pytest.fixture(scope="module")
def client() -> Iterator[ClientStage]:
    """The app's client against the engine over the store in memory."""
    stage = ClientStage(Stage())
    yield stage
    stage.close()


@pytest.fixture
def tablet(client: ClientStage) -> ClientDevice:
    return client.hired("engineer1", company.USERS["engineer1"], client.disks["engineer1"].copy(), 50, 500)


def note(text: str) -> dict:
    order = record_id(company.BEGIN, "work_order", "under_repair")
    about = {"type": "note", "record": record_id(company.BEGIN, text), "root": order, "group": None}
    return {"id": operation_id(text), "at": CLOCK["now"], **about, "do": "append", "append": {"values": {"text": text}}}


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_the_app_keeps_every_promise_against_the_whole_server(first: int):
    tally = run_seeds("client", "sqlite", range(first, first + 10), STEPS)
    assert (tally.failures, tally.schedules, tally.steps) == ([], 10, 10 * STEPS)
    assert tally.node_exchanges >= tally.requests > 0


@pytest.mark.parametrize("name", corpus.names())
def test_a_schedule_that_failed_once_stays_clean_with_the_app(name: str, client: ClientStage):
    assert run(corpus.schedule(name), client).failures == []


def test_the_same_seed_takes_the_same_course_with_the_app(client: ClientStage):
    schedule = generate(3, STEPS)
    assert client.play(schedule).course == client.play(schedule).course


@pytest.mark.parametrize("seed", range(40, 44))
def test_with_the_app_too_the_clocks_of_devices_change_no_outcome(seed: int, client: ClientStage):
    schedule = generate(seed, STEPS)
    assert timeless(client.parts(), with_other_clocks(schedule)) == timeless(client.parts(), schedule)


@pytest.mark.parametrize("mutant", CLIENT_MUTANTS, ids=lambda mutant: mutant.name)
def test_a_bug_planted_in_the_app_is_caught_or_explained(mutant: ClientMutant):
    if mutant.explained:
        assert mutant.hunt(STEPS, seeds=EXPLAINED).seed is None, "its explanation does not hold any more"
    else:
        assert mutant.hunt(STEPS).seed is not None


def test_a_crash_loses_the_request_under_way_and_no_saved_work(tablet: ClientDevice):
    tablet.save([note("kept")], {"a" * 64: b"picture"})
    body = tablet.request("", CLOCK)
    tablet.crash()
    assert tablet.request("", CLOCK) != body
    assert list(tablet.disk.outbox) == [operation_id("kept")]
    assert tablet.next_photo() == ("a" * 64, b"picture")


def test_a_copied_tablet_holds_the_same_work_and_goes_its_own_way(client: ClientStage, tablet: ClientDevice):
    tablet.save([note("shared")], {})
    twin = client.hired("twin", tablet.user, tablet.disk.copy(), 50, 500)
    twin.save([note("own")], {})
    assert list(tablet.disk.outbox) == [operation_id("shared")]
    assert list(twin.disk.outbox) == [operation_id("shared"), operation_id("own")]
    twin.crash()
    assert twin.request("", CLOCK).count(b'"do":"append"') == 2


def test_a_bug_is_planted_or_the_hunt_fails():
    host = Host([{"file": "outbox/respond.ts", "from": "nobody ever wrote this", "to": ""}])
    with pytest.raises((HostFailed, BrokenPipeError)):
        host.call("open", tablet="any", clock=CLOCK, user="", **{"from": None})
    host.close()


def test_the_last_line_tells_the_exchanges_the_app_made():
    figures = report(Order(1, STEPS, 5, "client", "memory"), Tally(schedules=1, node_exchanges=7), [], 1.0)
    assert figures["node_exchanges"] == 7
