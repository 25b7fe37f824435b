"""Orders that go to somebody else while their engineer is out of reach: facts stay, edits wait, no ghost remains."""

from __future__ import annotations

from tests.simulation.company import SOUTH, USERS
from tests.support.day import Day, order

ORDER, SHARED, SOUTHERN = order("under_repair"), order("shared"), order("southern")


def test_r_221_reassigned_while_in_the_basement(day: Day):
    one, desk, boss = day.people("engineer1", "dispatcher1", "supervisor1")
    note, answer = one.note(ORDER, "皮带已拆下"), one.answer("under_repair", "repair", "pass")
    photo, edit = one.photo(ORDER, "fault", b"the broken belt"), one.set(ORDER, fault="皮带断裂")
    desk.assign(ORDER, "engineer2")
    desk.sync()
    one.sync()
    assert [one.told(made) for made in (note, answer, photo)] == ["applied"] * 3
    assert one.told(edit) == "parked: handed_over"
    assert (day.row(note["record"])["late"], "fault" in day.record(ORDER)) == (["text"], False)
    assert one.sees(ORDER), "the bytes of the photo are still here"
    one.upload()
    assert (one.sees(ORDER), day.record(photo["record"])["stored"]) == (False, True)
    boss.sync()
    boss.unpark(boss.rows("parked", code="handed_over")[0])
    boss.sync()
    one.sync()
    assert (day.record(ORDER)["fault"], one.outcome(edit)) == ("皮带断裂", "applied")


def test_the_former_assignees_signature(day: Day):
    one, two, desk = day.people("engineer1", "engineer2", "dispatcher1")
    with one.together():
        signature = one.sign(ORDER)
        rating = one.add("rating", ORDER, score=4, signature=signature["record"])
    desk.assign(ORDER, "engineer2")
    desk.sync()
    one.sync()
    two.sync()
    assert [one.told(made) for made in (signature, rating)] == ["applied", "applied"]
    assert not one.sees(ORDER)
    assert two.shows(ORDER, signature["record"])["statement"] == signature["sign"]["statement"]
    assert "late" in day.row(signature["record"])


def test_a_group_with_more_than_facts_waits_whole(day: Day):
    one, desk, boss = day.people("engineer1", "dispatcher1", "supervisor1")
    with one.together():
        note, hold = one.note(ORDER, "等待配件"), one.set(ORDER, hold_reason="parts")
    desk.assign(ORDER, "engineer2")
    desk.sync()
    one.sync()
    assert [one.told(made) for made in (note, hold)] == ["parked: group_mate", "parked: handed_over"]
    boss.sync()
    boss.unpark(boss.rows("parked", code="handed_over")[0])
    boss.sync()
    one.sync()
    assert (day.record(ORDER)["hold_reason"], day.record(note["record"])["text"]) == ("parts", "等待配件")
    assert [one.outcome(made) for made in (note, hold)] == ["applied", "applied"]


def test_the_borrowed_engineer_returns(day: Day):
    three, boss, desk = day.people("engineer3", "supervisor1", "dispatcher1")
    photo = three.photo(SHARED, "fault", b"the switch box")
    three.sync()
    three.upload()
    three.sync()
    note = three.note(SHARED, "回到原小组前的备注")
    desk.assign(SHARED, "engineer2")
    desk.sync()
    three.sync()
    assert (three.told(note), three.sees(SHARED)) == ("applied", False)
    boss.sync()
    boss.hide(SHARED, photo)
    boss.sync()
    desk.sync()
    desk.assign(SHARED, "engineer2", crew=("engineer3",))
    desk.sync()
    three.sync()
    assert three.shows(SHARED, note["record"])["text"] == "回到原小组前的备注"
    assert three.shows(SHARED, photo["record"]) is None, "what was removed meanwhile is no ghost"


def test_the_supervisor_is_moved_to_another_branch(day: Day):
    boss, admin = day.people("supervisor1", "admin1")
    title = boss.set(ORDER, title="皮带更换")
    note = boss.note(ORDER, "交接前的备注")
    admin.set(boss.user, branch=SOUTH)
    admin.sync()
    boss.sync()
    assert (boss.told(title), boss.told(note)) == ("parked: handed_over", "applied")
    assert (boss.sees(ORDER), boss.sees(SOUTHERN)) == (False, True)
    heir = day.person("dispatcher1")
    assert [row["data"]["code"] for row in heir.rows("parked")] == ["handed_over"]


def test_the_engineer_is_moved_to_another_branch_and_keeps_his_orders(day: Day):
    one, admin = day.people("engineer1", "admin1")
    admin.set(one.user, branch=SOUTH)
    admin.sync()
    edit = one.set(ORDER, fault="皮带断裂")
    one.sync()
    assert (one.told(edit), one.sees(ORDER), one.sees(SOUTHERN)) == ("applied", True, False)


def test_a_full_page_with_a_reassigned_order_in_between(day: Day):
    two, desk = day.people("engineer2", "dispatcher1")
    two.device.limit = 1
    for number in range(6):
        desk.note(SHARED, f"备注{number}")
    desk.assign(ORDER, "engineer1")
    desk.sync()
    two.exchange()
    assert two.device.more, "the page is full before the end"
    desk.assign(ORDER, "engineer1", crew=("engineer2",))
    desk.sync()
    two.exchange()
    desk.assign(ORDER, "engineer1")
    desk.sync()
    two.sync()
    assert (two.sees(ORDER), len(two.rows("note"))) == (False, 6)


def test_the_order_came_back_while_the_tablet_slept(day: Day):
    one, desk = day.people("engineer1", "dispatcher1")
    edit = one.set(ORDER, fault="皮带断裂")
    for name in ("engineer2", "engineer1"):
        desk.assign(ORDER, name)
        desk.sync()
    one.sync()
    assert (one.told(edit), one.sees(ORDER)) == ("applied", True)
    assert one.shows(ORDER)["assignee"] == USERS["engineer1"]
