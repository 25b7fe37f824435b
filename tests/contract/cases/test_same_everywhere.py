"""One story told on every store ends with the same records, verdicts and answers, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.contract.cases.conftest import STORES, Opened
from tests.contract.cases.test_history import before_and_after
from tests.simulation import company
from tests.support.day import Day, Person, order

ORDER = order("under_repair")


def story(day: Day) -> list[Person]:
    """A disagreement, a reassignment, a refusal let through, a restore, and everybody synced again."""
    one, two, desk, boss = people = day.people("engineer1", "engineer2", "dispatcher1", "supervisor1")
    before_and_after(day, one, two)
    late, clash = one.note(ORDER, "改派前写的"), two.set(ORDER, fault="皮带打滑")
    desk.set(ORDER, fault="客户说有异响")
    desk.assign(ORDER, "engineer2")
    for person in (desk, one, two, boss):
        person.sync()
    boss.resolve(boss.rows("conflict")[0], {"op": clash["id"]})
    for parked in boss.rows("parked", state="open"):
        boss.unpark(parked)
    boss.sync()
    day.restore()
    for person in (*people, *people):
        person.sync()
    assert one.told(late) == "applied"
    return people


def ending(day: Day) -> dict[str, Any]:
    """All that is stored under the orders and users, all verdicts, and all that was answered and is shown."""
    people = story(day)
    roots = [*map(order, ("under_repair", "shared", "in_review")), *company.USERS.values()]
    with day.engine.store.read() as reader:
        judged = [one for person in people for one in reader.judged(person.user, list(person.answers))]
        stored = reader.families(roots), sorted(judged, key=lambda one: one.id), reader.head()
    return {"stored": stored, "shown": [(one.answers, one.device.disk.shelf.rows) for one in people]}


def test_the_same_story_ends_alike_on_every_store(opened: Callable[[str], Opened]):
    endings = []
    for kind in STORES:
        kept, content = opened(kind)
        kept.load(content)
        endings.append(ending(Day(kept)))
    assert endings[0] == endings[1] == endings[2]
    assert len(endings[0]["stored"][1]) > 10
