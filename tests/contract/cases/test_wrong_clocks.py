"""Visits dated by clocks that are wrong: what can be true counts, the rest waits for a supervisor's word."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.day import DAY, Day, Person, order

ORDER = order("under_repair")
HOUR = DAY // 24


def arrive(person: Person) -> dict[str, Any]:
    return person.add("visit_event", ORDER, kind="arrive", place_missing="off")


def set_clock(person: Person, error: int) -> None:
    person.clock_error = error


@pytest.mark.parametrize("error", [0, 3 * DAY, -400 * DAY, HOUR])
def test_the_tablet_that_lives_in_another_year(day: Day, error: int):
    one = day.person("engineer1")
    set_clock(one, error)
    day.passes(0.25)
    begin, event = day.now, arrive(one)
    day.passes(2)
    one.sync()
    known = day.record(event["record"])
    assert (known["event_time"], "doubt" in known) == (begin, False)
    assert day.record(ORDER)["arrived_at"] == begin


def test_the_clock_set_right_before_sending(day: Day):
    one = day.person("engineer1")
    set_clock(one, -3 * HOUR)
    day.passes(0.01)
    event = arrive(one)
    set_clock(one, 0)
    day.passes(0.1)
    one.sync()
    known = day.record(event["record"])
    assert (known["doubt"], known["event_time"]) == ("before_seen", day.now)


def test_r_225_the_supervisor_knows_when_it_was(day: Day):
    one, boss = day.people("engineer1", "supervisor1")
    set_clock(one, 5 * HOUR)
    day.passes(0.01)
    really, event = day.now, arrive(one)
    set_clock(one, 0)
    one.sync()
    boss.sync()
    assert boss.shows(ORDER, event["record"])["doubt"] == "after_receipt"
    ruling = boss.set(ORDER, event["record"], ruled_time=really, ruled_because="门卫登记")
    boss.sync()
    one.sync()
    assert (boss.told(ruling), one.shows(ORDER)["arrived_at"]) == ("applied", really)


def test_the_clock_turned_back_on_the_way(day: Day):
    one = day.person("engineer1")
    begin, before = day.now, arrive(one)
    set_clock(one, -HOUR)
    day.passes(1 / 48)
    after = one.add("visit_event", ORDER, kind="start", place_missing="off")
    day.passes(0.1)
    one.sync()
    first, second = day.record(before["record"]), day.record(after["record"])
    assert (first["event_time"], "doubt" in first) == (begin + HOUR, False), "later than it was, never earlier"
    assert (second["event_time"], second["doubt"]) == (day.now, "out_of_order")
