"""When things happened on a visit: as the device says, corrected, or in doubt as it is less favourable to us."""

from __future__ import annotations

import pytest

from backend.domain.course import course
from sync.clock import format_time
from sync.exchange import submit
from sync.push import Answer
from sync.records import Record
from sync.trade import Family
from tests.backend.domain.company import NOON, Office, Person
from tests.backend.domain.test_whole_repair import ORDER

MINUTE, HOUR = 60_000, 3_600_000
SEEN = {"epoch": "epoch", "position": 10**6, "at": format_time(NOON - HOUR)}


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def engineer(office: Office) -> Person:
    """The one whose order it is, an hour after his last answer from the server."""
    return office.person("engineer1")


def send(person: Person, kind: str, at: int, received: int = NOON) -> str:
    """A visit event that its author dates `at`, on a clock that is an hour slow; returns its id."""
    body = {"values": {"kind": kind, "place_missing": "off"}}
    record = person.office.new_id()
    op = person.maker.make("visit_event", record, ORDER, "append", body) | {"at": format_time(at - HOUR), "seen": SEEN}
    (answer,) = submit(person.office.engine, person.session, [op], received, offset=HOUR)
    assert answer.verdict == "applied", answer
    return record


def rule(person: Person, event: str, to: int | None, because: str | None) -> Answer:
    """Say when it was."""
    known = person.office.data(event)
    changes = {"ruled_time": to, "ruled_because": because}
    body = {name: {"was": known.get(name), "to": value} for name, value in changes.items()}
    return person.send(person.maker.make("visit_event", event, ORDER, "set", body))[0]


def times(office: Office) -> dict[str, int]:
    return {name: one for name, one in office.data(ORDER).items() if name.endswith("ed_at") and name != "received_at"}


def test_a_credible_time_counts_however_late_it_arrives(office: Office, engineer: Person):
    event = office.data(send(engineer, "arrive", NOON - 40 * MINUTE, received=NOON + 5 * HOUR))
    assert (event["event_time"], "doubt" in event) == (NOON - 40 * MINUTE, False)
    assert times(office) == {"arrived_at": NOON - 40 * MINUTE}


def test_a_doubtful_time_counts_as_late_as_it_may_have_been(office: Office, engineer: Person):
    event = office.data(send(engineer, "arrive", NOON - 3 * HOUR))
    expected = (NOON, NOON - 3 * HOUR, NOON, "before_seen")
    assert (event["event_time"], event["device_time"], event["received_time"], event["doubt"]) == expected
    assert times(office) == {"arrived_at": NOON}


def test_a_doubtful_end_of_a_pause_counts_as_early_as_it_may_have_been(office: Office, engineer: Person):
    event = office.data(send(engineer, "resume", NOON + 3 * HOUR))
    assert (event["event_time"], event["doubt"]) == (NOON - HOUR, "after_receipt")


def test_the_first_arrival_and_the_last_finish_count(office: Office, engineer: Person):
    for minutes in (50, 40, 30):
        for kind in ("arrive", "finish"):
            send(engineer, kind, NOON - minutes * MINUTE)
    assert times(office) == {"arrived_at": NOON - 50 * MINUTE, "finished_at": NOON - 30 * MINUTE}


def test_an_event_that_comes_later_moves_the_order_s_times(office: Office, engineer: Person):
    send(engineer, "arrive", NOON - 10 * MINUTE)
    send(office.person("engineer2"), "arrive", NOON - 20 * MINUTE, received=NOON + HOUR)
    assert times(office) == {"arrived_at": NOON - 20 * MINUTE}


def test_a_supervisor_says_when_it_was_and_why(office: Office, engineer: Person):
    event = send(engineer, "arrive", NOON - 3 * HOUR)
    assert rule(office.person("supervisor"), event, NOON - 3 * HOUR, "客户签到簿为证").verdict == "applied"
    assert office.data(event)["event_time"] == NOON - 3 * HOUR
    assert times(office) == {"arrived_at": NOON - 3 * HOUR}


def test_a_ruling_may_be_corrected(office: Office, engineer: Person):
    event, boss = send(engineer, "arrive", NOON - 3 * HOUR), office.person("supervisor")
    rule(boss, event, NOON - 3 * HOUR, "客户签到簿为证")
    assert rule(boss, event, NOON - 2 * HOUR, "签到簿看错一行").verdict == "applied"
    assert times(office) == {"arrived_at": NOON - 2 * HOUR}


REFUSED = [
    ("supervisor", NOON - HOUR, None, "invalid_value"),
    ("supervisor", NOON - HOUR, "  ", "invalid_value"),
    ("supervisor", NOON + 1, "x", "invalid_value"),
    ("supervisor", None, "x", "invalid_value"),
    ("engineer1", NOON - HOUR, "x", "forbidden_field"),
    ("dispatcher", NOON - HOUR, "x", "forbidden_field"),
]


@pytest.mark.parametrize(("who", "to", "because", "code"), REFUSED)
def test_a_ruling_has_a_reason_and_a_supervisor(
    office: Office, engineer: Person, who: str, to: int | None, because: str | None, code: str
):
    event = send(engineer, "arrive", NOON - 3 * HOUR)
    assert rule(office.person(who), event, to, because).code == code
    assert office.data(event)["event_time"] == NOON


def test_nobody_rules_on_a_time_that_nobody_doubts(office: Office, engineer: Person):
    event = send(engineer, "arrive", NOON - 10 * MINUTE)
    assert rule(office.person("supervisor"), event, NOON - HOUR, "x").code == "immutable"


def test_deadlines_count_the_corrected_time(office: Office, engineer: Person):
    event = send(engineer, "arrive", NOON - 40 * MINUTE)
    happened = course(family(office, event), NOON)
    assert happened.events["arrived"] == NOON - 40 * MINUTE


def family(office: Office, event: str) -> Family:
    root = Record(ORDER, "work_order", ORDER, office.data(ORDER))
    return Family(root, (Record(event, "visit_event", ORDER, office.data(event)),))
