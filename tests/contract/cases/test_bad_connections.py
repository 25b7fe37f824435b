"""Lifts, hotels, weak signals: what a bad connection does to a message, and what it may never do to the work."""

from __future__ import annotations

from tests.simulation.disk import Operation
from tests.support.day import Day, Person, order

ORDER = order("under_repair")
GONE = "ffffffff-ffff-7fff-8fff-ffffffffffff"


def notes(day: Day) -> list[str]:
    return [row["data"]["text"] for row in day.of(ORDER, "note")]


def test_r_227_the_answer_lost_at_the_lift_door(day: Day):
    one = day.person("engineer1")
    note, edit = one.note(ORDER, "轴承温度 82 度"), one.set(ORDER, fault="轴承过热")
    one.exchange(lost="answer")
    assert (notes(day), one.outbox, one.told(note)) == (["轴承温度 82 度"], 2, "nothing")
    one.sync()
    assert (one.told(note), one.told(edit)) == ("applied", "applied")
    assert (notes(day), one.outbox) == (["轴承温度 82 度"], 0)


def test_the_captive_portal_in_the_hotel(day: Day):
    one = day.person("engineer1")
    note = one.note(ORDER, "客户不在现场")
    for _ in range(3):
        one.exchange(lost="portal")
    assert (one.told(note), one.outbox, notes(day)) == ("nothing", 1, [])
    assert one.shows(ORDER, note["record"])["text"] == "客户不在现场"
    one.sync()
    assert (one.told(note), one.outbox) == ("applied", 0)


def signed(one: Person) -> list[Operation]:
    with one.together():
        signature = one.sign(ORDER)
        rating = one.add("rating", ORDER, score=5, signature=signature["record"])
    return [signature, rating]


def test_the_group_cut_in_two(day: Day):
    one = day.person("engineer1")
    group, note = signed(one), one.note(ORDER, "客户已签字")
    half = {key: made for key, made in one.device.disk.outbox.items() if key != group[1]["id"]}
    whole, one.device.disk.outbox = one.device.disk.outbox, half
    one.exchange()
    assert [one.told(made) for made in (*group[:1], note)] == ["held: group", "held: group"]
    assert day.of(ORDER, "signature") == []
    one.device.disk.outbox = whole
    one.sync()
    assert [one.told(made) for made in (*group, note)] == ["applied"] * 3


def test_the_poison_operation_between_good_ones(day: Day):
    one, boss = day.people("engineer1", "supervisor1")
    before = one.note(ORDER, "第一条")
    poison = one.write("note", day.new_record(), ORDER, "append", {"values": {"text": "温度", "value": 82.5}})
    nowhere = one.write("work_order", GONE, GONE, "set", {"fault": {"was": None, "to": "无此工单"}})
    after = one.note(ORDER, "第二条")
    one.sync()
    assert [one.told(made) for made in (before, after)] == ["applied", "applied"]
    assert [one.told(made) for made in (poison, nowhere)] == ["parked: not_canonical", "parked: unknown_record"]
    boss.sync()
    boss.dismiss(boss.rows("parked", code="unknown_record")[0], "工单不存在")
    boss.sync()
    one.sync()
    assert (one.outbox, one.outcome(nowhere)) == (0, "dismissed")


def test_the_photo_whose_bytes_come_a_week_later(day: Day):
    one, boss = day.people("engineer1", "supervisor1")
    photo = one.photo(ORDER, "after", b"a picture of the new belt")
    one.sync()
    boss.sync()
    assert boss.shows(ORDER, photo["record"])["stored"] is False
    day.passes(7)
    one.sync()
    one.upload()
    boss.sync()
    assert boss.shows(ORDER, photo["record"])["stored"] is True
    assert one.device.next_photo() is None


def test_the_message_that_never_left_and_the_tablet_that_died_with_it(day: Day):
    one = day.person("engineer1")
    note = one.note(ORDER, "已更换皮带")
    one.exchange(lost="request")
    one.device.crash()
    assert one.shows(ORDER, note["record"])["text"] == "已更换皮带"
    one.sync()
    assert (one.told(note), notes(day)) == ("applied", ["已更换皮带"])


def test_the_server_that_had_no_time_for_all_of_it(day: Day):
    one = day.person("engineer1")
    made = [one.note(ORDER, f"第{number}条") for number in range(9)]
    day.slows_down(most=4)
    one.exchange()
    told = [one.told(each) for each in made]
    assert (set(told[:4]), told[-1]) == ({"applied"}, "held: time")
    one.sync()
    assert ({one.told(each) for each in made}, one.outbox) == ({"applied"}, 0)
    assert notes(day) == [f"第{number}条" for number in range(9)]
