"""The server loses its newest work and gets it back from the tablets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.simulation.company import BEGIN
from tests.simulation.identity import record_id
from tests.support.day import Day, Person, order

ORDER = order("under_repair")
CUSTOMER = record_id(BEGIN, "customer", "mill")
RETURNS: dict[str, Callable[[Day], None]] = {
    "restored from last night": Day.restore,
    "database file copied back": Day.copy_file_back,
}


def before_and_after(day: Day, one: Person, two: Person) -> list[str]:
    """Work that the backup holds and work that it does not; the ids of all operations."""
    made = [one.note(ORDER, "备份前"), two.note(ORDER, "备份前的同事")]
    one.sync()
    two.sync()
    day.back_up()
    made += [one.set(ORDER, fault="皮带断裂"), one.photo(ORDER, "fault", b"the broken belt")]
    one.sync()
    one.upload()
    two.sync()
    made += [two.note(ORDER, "备份后的同事"), two.set(ORDER, fault="皮带断裂，两根")]
    two.sync()
    one.sync()
    return [each["record"] for each in made]


@pytest.mark.parametrize("returns", RETURNS)
def test_the_server_comes_back_as_it_was_last_night(day: Day, returns: str):
    one, two = day.people("engineer1", "engineer2")
    records = before_and_after(day, one, two)
    epoch = one.device.disk.epoch
    RETURNS[returns](day)
    unsent = one.note(ORDER, "恢复期间")
    for person in (one, two, one, two):
        person.sync()
        person.upload()
    one.sync()
    assert one.device.disk.epoch == two.device.disk.epoch != epoch
    assert {row["id"] for row in one.rows("note")} >= {unsent["record"], records[0], records[1], records[4]}
    assert (day.record(ORDER)["fault"], day.record(records[3])["stored"]) == ("皮带断裂，两根", True)
    assert one.shows(ORDER) == two.shows(ORDER) == day.record(ORDER)


def test_what_a_backup_holds_is_not_sent_again(day: Day):
    one = day.person("engineer1")
    note = one.note(ORDER, "备份前")
    one.sync()
    day.back_up()
    one.sync()
    day.restore()
    one.exchange()
    assert (one.outbox, day.record(note["record"])["text"]) == (0, "备份前")


def test_the_customer_who_asks_to_be_forgotten(day: Day):
    one, desk = day.people("engineer1", "dispatcher1")
    desk.set(CUSTOMER, phone="000-0001", notes="请联系演示联系人")
    refused = one.set(CUSTOMER, notes="门卫是演示联系人")
    for person in (desk, one, desk):
        person.sync()
    late = desk.set(CUSTOMER, phone="000-0002")
    day.erase(CUSTOMER)
    for person in (desk, one):
        person.sync()
    assert (desk.told(late), one.told(refused)) == ("parked: erased", "parked: forbidden_field")
    day.erase(*(row["id"] for row in desk.rows("parked", code="erased")))
    desk.sync()
    held = str([person.device.disk.shelf.rows for person in (one, desk)])
    assert [text for text in ("000-0001", "000-0002", "演示联系人") if text in held] == []
    assert one.shows(CUSTOMER)["kind"] == "company"
    one.device.disk.outbox[refused["id"]] = refused  # a tablet that forgot the answer
    one.sync()
    assert one.told(refused) == "parked: forbidden_field", "what was said stays said"
