"""An order put on hold at the desk waits like one held on site (R-064)."""

from typing import Any

import pytest

from sync.clock import format_time
from tests.backend.company import START
from tests.backend.jobs.clockwork import Clockwork, made_id
from tests.backend.jobs.test_promises import deadlines, patient, urgent

HOUR = 3_600_000
TOLD = {"hold_reason": "access", "hold_until": "2026-11-24", "hold_told": True}


@pytest.fixture
def order(clockwork: Clockwork) -> str:
    """An order whose arrival may be paused."""
    return urgent(clockwork, policy=patient(clockwork))


def say(clockwork: Clockwork, who: str, order: str, step: str, at: int, **fields: Any) -> dict[str, Any]:
    """A hold or its end as the app makes it, at a moment; what was answered about the event."""
    speaker = clockwork.company.speaker(who)
    known = clockwork.company.record(order)
    event = {"kind": step, "reason": fields.get("hold_reason")}
    made = [
        speaker.operation("work_order", order, order, "transition", {"name": step, "from": known["state"]}),
        speaker.operation("visit_event", made_id(f"{who} {step} {at}"), order, "append", {"values": event}),
    ]
    if fields:
        changes = {name: {"was": known.get(name), "to": value} for name, value in fields.items()}
        made.insert(0, speaker.operation("work_order", order, order, "set", changes))
    moment = {
        "at": format_time(at),
        "seen": {"epoch": speaker.sync()["epoch"], "position": 1, "at": format_time(START)},
    }
    clockwork.company.clock.now = at
    answers = speaker.sync(*({**one, **moment} for one in made), clock={"now": format_time(at), "uptime_ms": 1})
    return dict(answers["answers"][-1])


@pytest.mark.parametrize("who", ["one", "desk", "boss"])
def test_r_064_a_hold_pauses_the_same_clocks_wherever_it_is_said(clockwork: Clockwork, order: str, who: str):
    say(clockwork, who, order, "hold", START + HOUR, **TOLD)
    clockwork.work()
    assert deadlines(clockwork, order)["arrive"]["state"] == "paused"
    say(clockwork, who, order, "resume", START + 3 * HOUR)
    clockwork.work()
    found = deadlines(clockwork, order)
    assert found["arrive"]["pauses"] == [{"from": START + HOUR, "until": START + 3 * HOUR}]
    hours = {name: (found[name]["due_at"] - found[name]["start_at"]) // HOUR for name in ("arrive", "respond")}
    assert hours == {"arrive": 26, "respond": 4}


def test_a_hold_at_the_desk_keeps_reason_day_and_that_the_customer_was_told(clockwork: Clockwork, order: str):
    say(clockwork, "desk", order, "hold", START + HOUR, **TOLD)
    kept = clockwork.company.record(order)
    assert {name: kept[name] for name in TOLD} == TOLD
    assert (kept["state"], kept["held_from"]) == ("on_hold", "dispatched")


def test_what_the_desk_holds_the_engineer_lets_go_on(clockwork: Clockwork, order: str):
    say(clockwork, "desk", order, "hold", START + HOUR, **TOLD)
    assert say(clockwork, "one", order, "resume", START + 2 * HOUR)["verdict"] == "applied"
    assert clockwork.company.record(order)["state"] == "dispatched"


def test_the_desk_does_not_tell_that_somebody_arrived(clockwork: Clockwork, order: str):
    desk = clockwork.company.speaker("desk")
    (answer,) = desk.sync(desk.operation("visit_event", "e" * 32, order, "append", {"values": {"kind": "arrive"}}))[
        "answers"
    ]
    assert (answer["verdict"], answer["code"]) == ("parked", "forbidden_field")


def test_who_held_an_order_at_the_desk_may_call_its_customer(clockwork: Clockwork, order: str):
    say(clockwork, "desk", order, "hold", START + HOUR, **TOLD)
    say(clockwork, "desk", order, "resume", START + 2 * HOUR)
    clockwork.company.clock.now = START + 4 * HOUR
    clockwork.tell(order, "finish", format_time(START + 3 * HOUR), "f" * 32)
    clockwork.work()
    (callback,) = [one for one in clockwork.all("callback") if one.get("order") == order]
    assert callback["workers"] == [clockwork.company.ids["one"]]
