"""Two people who both did right, as far as they could see: nothing is overwritten, and a person decides."""

from __future__ import annotations

import pytest

from tests.simulation.company import BEGIN, USERS
from tests.simulation.identity import record_id
from tests.support.day import Day, Person, order
from tests.support.stock import balance

ORDER = order("under_repair")
BELT = record_id(BEGIN, "part", "belt")
VAN, MACHINE = f"van:{USERS['engineer1']}", f"asset:{record_id(BEGIN, 'asset', 'mill')}"


def administrators(day: Day) -> tuple[Person, Person]:
    """Two people who may change prices, with the office's records before them."""
    admin = day.person("admin1")
    for name, role in (("dispatcher1", "dispatcher"), ("supervisor1", "supervisor")):
        admin.set(USERS[name], roles=["admin", role])
    admin.sync()
    return day.person("dispatcher1"), day.person("supervisor1")


def test_two_dispatchers_correct_the_same_price(day: Day):
    first, second = administrators(day)
    one = first.set(BELT, price=1300, currency="CNY")
    two = second.set(BELT, price=1350, currency="CNY")
    first.sync()
    second.sync()
    assert (first.told(one), second.told(two), day.record(BELT)["price"]) == ("applied", "conflicted", 1300)
    (conflict,) = second.rows("conflict")
    decision = second.resolve(conflict, {"op": two["id"]})
    second.sync()
    first.sync()
    assert (second.told(decision), first.shows(BELT)["price"]) == ("applied", 1350)
    assert second.outcome(two) == "resolved"


def test_the_supervisor_decides_offline_on_a_view_that_is_out_of_date(day: Day):
    one, two, desk, boss = day.people("engineer1", "engineer2", "dispatcher1", "supervisor1")
    third = desk.set(ORDER, fault="客户说有异响")
    one.set(ORDER, fault="皮带断裂")
    two.set(ORDER, fault="皮带打滑")
    for person in (one, two, boss):
        person.sync()
    decision = boss.resolve(boss.rows("conflict")[0], {"value": "皮带断裂并打滑"})
    desk.sync()
    boss.sync()
    assert (boss.told(decision), desk.told(third)) == ("parked: stale_view", "conflicted")
    again = boss.resolve(boss.rows("conflict")[0], {"value": "皮带断裂，先有异响"})
    boss.sync()
    assert (boss.told(again), day.record(ORDER)["fault"]) == ("applied", "皮带断裂，先有异响")


def test_two_supervisors_decide_the_same_conflict(day: Day):
    one, two, boss, desk = day.people("engineer1", "engineer2", "supervisor1", "dispatcher1")
    one.set(ORDER, fault="皮带断裂")
    two.set(ORDER, fault="皮带打滑")
    for person in (one, two, boss, desk):
        person.sync()
    first = boss.resolve(boss.rows("conflict")[0], {"value": "皮带断裂"})
    second = desk.resolve(desk.rows("conflict")[0], {"value": "皮带打滑"})
    boss.sync()
    desk.sync()
    assert [boss.told(first), desk.told(second)] == ["applied", "parked: already_resolved"]
    assert (day.record(ORDER)["fault"], desk.shows(ORDER)["fault"]) == ("皮带断裂", "皮带断裂")


def test_the_same_part_is_moved_twice_offline(day: Day):
    one, copy = day.person("engineer1"), Person(day, "engineer1", tablet="the second one")
    copy.sync()
    moves = [one.move(ORDER, BELT, VAN, MACHINE, 1), copy.move(ORDER, BELT, VAN, MACHINE, 1)]
    one.sync()
    copy.sync()
    one.sync()
    assert [one.told(moves[0]), copy.told(moves[1])] == ["applied", "applied"]
    moves = [row["data"] for row in one.rows("stock_move")]
    assert (balance(moves, BELT, VAN), balance(moves, BELT, MACHINE)) == (-2, 2)


def test_the_more_cautious_answer_shows_until_somebody_decides(day: Day):
    one, two, boss = day.people("engineer1", "engineer2", "supervisor1")
    passed, failed = one.answer("under_repair", "test", "pass"), two.answer("under_repair", "test", "fail")
    for person in (one, two, one, boss):
        person.sync()
    assert [one.told(passed), two.told(failed)] == ["applied", "conflicted"]
    (conflict,) = boss.rows("conflict")
    assert (conflict["data"]["live"]["value"]["result"], one.rows("conflict")) == ("fail", [conflict])


def test_an_offline_run_of_corrections_is_one_conflict(day: Day):
    one, two = day.people("engineer1", "engineer2")
    one.set(ORDER, fault="皮带断裂")
    one.sync()
    made = [two.set(ORDER, fault=f"第{number}次描述") for number in range(5)]
    two.sync()
    assert [two.told(each) for each in made] == ["conflicted"] * 5
    (conflict,) = day.of(ORDER, "conflict")
    (candidate,) = conflict["data"]["candidates"]
    assert (candidate["value"], len(candidate["history"])) == ("第4次描述", 4)


@pytest.mark.parametrize("first", ["the removal", "the edit"])
def test_a_photo_hidden_here_and_edited_there(day: Day, first: str):
    one, boss = day.people("engineer1", "supervisor1")
    photo = one.photo(ORDER, "fault", b"the broken belt")
    one.sync()
    boss.sync()
    caption, hidden = one.set(ORDER, photo["record"], caption="左侧皮带"), boss.hide(ORDER, photo)
    for person in (boss, one) if first == "the removal" else (one, boss):
        person.sync()
    boss.sync()
    (conflict,) = boss.rows("conflict")
    assert (boss.shows(ORDER, photo["record"]), conflict["data"]["state"]) == (None, "open")
    with boss.together():
        back = boss.restore(ORDER, photo)
        if conflict["data"]["candidates"]:
            boss.resolve(conflict, {"op": caption["id"]})
    boss.sync()
    one.sync()
    assert (boss.told(back), hidden["id"] in str(conflict)) == ("applied", True)
    assert one.shows(ORDER, photo["record"])["caption"] == "左侧皮带"


def test_the_supervisor_corrects_what_he_applies(day: Day):
    one, boss = day.people("engineer1", "supervisor1")
    wish = one.set(ORDER, priority="urgent")
    one.sync()
    boss.sync()
    parked = boss.rows("parked", code="forbidden_field")[0]
    decision = boss.unpark(parked, edited={"priority": {"was": "general", "to": "planned"}}, reason="客户可以等")
    boss.sync()
    one.sync()
    assert [one.told(wish), boss.told(decision)] == ["parked: forbidden_field", "applied"]
    assert (one.shows(ORDER)["priority"], one.outcome(wish)) == ("planned", "applied")


def test_a_removed_photo_in_dispute_is_not_forgotten_before_somebody_decides(day: Day):
    one, boss = day.people("engineer1", "supervisor1")
    photo = one.photo(ORDER, "fault", b"the broken belt")
    one.sync()
    boss.sync()
    caption = one.set(ORDER, photo["record"], caption="左侧皮带")
    boss.hide(ORDER, photo)
    boss.sync()
    one.sync()
    day.passes(400)
    boss.note(ORDER, "一年以后")
    boss.sync()
    day.forget_what_ended(days=180)
    boss.sync()
    with boss.together():
        back, decision = boss.restore(ORDER, photo), boss.resolve(boss.rows("conflict")[0], {"op": caption["id"]})
    boss.sync()
    assert [boss.told(back), boss.told(decision)] == ["applied", "applied"]
    assert boss.shows(ORDER, photo["record"])["caption"] == "左侧皮带"
