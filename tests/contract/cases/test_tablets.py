"""Tablets that are copied, shared, set wrong, or forgotten in a drawer."""

from __future__ import annotations

from tests.support.day import DAY, Day, Person, order

ORDER, SHARED = order("under_repair"), order("shared")
YEAR = 365 * DAY


def test_two_tablets_with_one_login(day: Day):
    phone = day.person("engineer1")
    tablet = Person(day, "engineer1", tablet="the second one")
    tablet.sync()
    first, second = phone.set(ORDER, fault="皮带断裂"), tablet.set(ORDER, fault="皮带打滑")
    note = tablet.note(ORDER, "在平板上写的")
    phone.sync()
    tablet.sync()
    phone.sync()
    assert [phone.told(first), tablet.told(second), tablet.told(note)] == ["applied", "conflicted", "applied"]
    assert phone.shows(ORDER) == tablet.shows(ORDER) == day.record(ORDER)
    (conflict,) = day.of(ORDER, "conflict")
    assert (conflict["data"]["live"]["value"], conflict["data"]["candidates"][0]["value"]) == ("皮带断裂", "皮带打滑")


def test_the_cloned_tablet(day: Day):
    one = day.person("engineer1")
    before = one.note(ORDER, "复制前写的")
    copy = one.clone()
    mine, other = one.note(ORDER, "原平板"), copy.note(ORDER, "复制的平板")
    assert mine["n"] == other["n"]
    copy.sync()
    one.sync()
    copy.sync()
    assert [one.told(before), copy.told(before), one.told(mine), copy.told(other)] == ["applied"] * 4
    assert sorted(row["data"]["text"] for row in one.rows("note")) == ["原平板", "复制前写的", "复制的平板"]
    assert copy.rows("note") == one.rows("note")
    assert [(twin.device, twin.n) for twin in day.twins] == [(one.session.device, mine["n"])], "somebody is told"


def test_one_tablet_with_two_people(day: Day):
    one, three = day.people("engineer1", "engineer3")
    note = one.note(ORDER, "换班前没有发送")
    three.sync()
    assert (three.sees(ORDER), one.told(note)) == (False, "nothing")
    three.device.save([dict(note)], {})  # a broken app hands the work of one to the other
    three.sync()
    assert three.told(note) == "parked: wrong_author"
    one.sync()
    assert (one.told(note), day.record(note["record"])["text"]) == ("applied", "换班前没有发送")


def work(day: Day, error: int) -> tuple[list[str], list[dict[str, object]]]:
    """An afternoon of two people, one of whose clocks is wrong; verdicts, and what the server holds of it."""
    one, two = day.people("engineer1", "engineer2")
    one.clock_error = error
    made = [one.set(ORDER, fault="皮带断裂"), one.answer("under_repair", "repair", "pass"), one.note(ORDER, "备注")]
    late = two.set(ORDER, fault="皮带打滑")
    two.sync()
    one.sync()
    correction = one.set(ORDER, fault="皮带断裂，已更换")
    one.sync()
    values = {name: day.record(ORDER).get(name) for name in ("fault", "diagnosis", "state")}
    conflicts = [(row["data"]["live"]["value"], row["data"]["state"]) for row in day.of(ORDER, "conflict")]
    return [one.told(each) for each in (*made, correction)] + [two.told(late)], [values, {"conflicts": conflicts}]


def test_the_clock_a_year_wrong(day: Day):
    begin = day.kept.content()
    results = []
    for error in (0, YEAR, -YEAR):
        day.kept.load(begin)
        results.append(work(Day(day.kept), error))
    assert results[0][0] == ["conflicted", "applied", "applied", "applied", "applied"]
    assert results[0] == results[1] == results[2]


def test_the_tablet_with_last_years_app(day: Day):
    one = day.person("engineer1")
    one.schema = 1
    declined, note = one.add("rating", ORDER, comment="不愿评分"), one.note(ORDER, "旧版本写的")
    one.sync()
    assert [one.told(made) for made in (declined, note)] == ["applied", "applied"]
    assert one.shows(ORDER, declined["record"]) == {"comment": "不愿评分", "declined": True}


def test_the_tablet_that_was_updated_before_the_server(day: Day):
    one, boss = day.people("engineer1", "supervisor1")
    one.schema += 1
    early, one.schema = one.note(ORDER, "新版本写的"), one.schema - 1
    note = one.note(ORDER, "当前版本写的")
    one.sync()
    assert [one.told(made) for made in (early, note)] == ["parked: schema_unsupported", "applied"]
    boss.sync()
    assert boss.rows("parked")[0]["data"]["operation"]["append"] == early["append"]


def test_the_tablet_that_slept_200_days(day: Day):
    one, desk, boss = day.people("engineer1", "dispatcher1", "supervisor1")
    note, edit = one.note(ORDER, "睡前写的备注"), one.set(ORDER, fault="皮带断裂")
    lost = one.note(SHARED, "从未属于我")
    photo = boss.photo(ORDER, "fault", b"blurred")
    boss.sync()
    boss.hide(ORDER, photo)
    boss.sync()
    day.passes(200)
    desk.set(ORDER, title="皮带更换")
    desk.sync()
    day.forget_what_ended(days=180)
    one.exchange()
    assert one.told(note) == "held: reset"
    one.sync()
    assert [one.told(made) for made in (note, edit, lost)] == ["applied", "applied", "parked: no_access"]
    assert (one.shows(ORDER)["title"], one.shows(ORDER)["fault"]) == ("皮带更换", "皮带断裂")
    fresh = Person(day, "engineer1", tablet="a new one")
    fresh.sync()
    assert fresh.device.disk.shelf.rows == one.device.disk.shelf.rows
