"""What the merge rules of the company's own records do when two people meet, one table for each rule."""

import itertools
from typing import Any

import pytest

from backend.schemas.limits import LIMITS
from backend.services.seed_company import demo_id
from sync.push import Answer
from tests.backend.domain.company import Office
from tests.backend.domain.orders import LINE
from tests.support.stock import balance

ORDER, CHECKLIST = demo_id("work_order 0"), demo_id("checklist 0")
PART = demo_id("part P-CONTACTOR")


@pytest.fixture
def office() -> Office:
    """A server in memory with the demo company; the order is under diagnosis, and both engineers have it."""
    made = Office()
    desk, one = made.person("dispatcher"), made.person("engineer1")
    desk.change("work_order", ORDER, ORDER, crew=[made.person("engineer2").session.user])
    one.step(ORDER, "accept")
    for item in made.data(CHECKLIST)["items"]:
        if item["phase"] == "prepare":
            one.change("checklist", CHECKLIST, ORDER, **{f"answers/{item['id']}": {"result": "pass"}})
    assert [one.step(ORDER, name).verdict for name in ("depart", "arrive", "start")] == ["applied"] * 3
    return made


def met(office: Office, kind: str, record: str, first: str, second: str, was: Any, **fields: tuple[Any, Any]) -> Answer:
    """Two people change the same fields, both from `was`; the second one's answer."""
    for index, name in enumerate((first, second)):
        body = {field: {"was": was.get(field), "to": values[index]} for field, values in fields.items()}
        answer = office.person(name).act(kind, record, ORDER if kind != "site" else record, "set", body)
    return answer


PLAIN_FIELDS = [
    ("fault", "dispatcher", "engineer1", "engineer1"),
    ("fault", "engineer1", "dispatcher", "engineer1"),
    ("fault", "engineer1", "engineer2", "engineer1"),
    ("fault", "dispatcher", "supervisor", "dispatcher"),
    ("work_done", "supervisor", "engineer2", "engineer2"),
    ("hold_reason", "dispatcher", "engineer1", "engineer1"),
    ("customer_wish", "dispatcher", "supervisor", "dispatcher"),
    ("title", "supervisor", "dispatcher", "supervisor"),
]
WORDS = {"hold_reason": ("parts", "weather")}


@pytest.mark.parametrize(("field", "first", "second", "shows"), PLAIN_FIELDS)
def test_the_owner_decides_which_value_shows(office: Office, field: str, first: str, second: str, shows: str):
    values = WORDS.get(field, ("第一种说法", "第二种说法"))
    answer = met(office, "work_order", ORDER, first, second, office.data(ORDER), **{field: values})
    assert answer.verdict == "conflicted"
    assert office.data(ORDER)[field] == values[0 if shows == first else 1]
    (conflict,) = office.family(ORDER, "conflict").values()
    assert {conflict["live"]["value"], conflict["candidates"][0]["value"]} == set(values)


RESULTS = ("fail", "open", "na", "pass")


@pytest.mark.parametrize(("first", "second"), [*itertools.permutations(RESULTS, 2)])
def test_the_more_cautious_answer_shows(office: Office, first: str, second: str):
    item = next(one["id"] for one in office.data(CHECKLIST)["items"] if one["phase"] == "protect")
    field = f"answers/{item}"
    answers = [
        {"result": None if one == "open" else one, "reason": who} for one, who in ((first, "甲"), (second, "乙"))
    ]
    met(office, "checklist", CHECKLIST, "engineer1", "engineer2", {}, **{field: tuple(answers)})
    cautious = min((first, second), key=RESULTS.index)
    assert office.data(CHECKLIST)[field]["result"] == (None if cautious == "open" else cautious)


def test_assignee_and_appointment_are_one_value(office: Office):
    known, two = office.data(ORDER), office.person("engineer2").session.user
    start, end = known["appointment_start"], known["appointment_end"]
    later = (start + 3_600_000, start)
    answer = met(
        office, "work_order", ORDER, "dispatcher", "supervisor", known,
        assignee=(known["assignee"], two), appointment_start=later, appointment_end=(end + 3_600_000, end),
    )  # fmt: skip
    assert answer.verdict == "conflicted"
    assert (office.data(ORDER)["assignee"], office.data(ORDER)["appointment_start"]) == (known["assignee"], later[0])


@pytest.mark.parametrize("lines", [[{**LINE, "name": "人工"}], []])
def test_the_lines_of_a_quotation_are_one_value_until_it_is_presented(office: Office, lines: list[Any]):
    one = office.person("engineer1")
    offer = one.add("quotation", ORDER, number=1, currency="CNY", lines=[LINE])
    answer = met(office, "quotation", offer, "engineer1", "engineer2", {"lines": [LINE]}, lines=([LINE, LINE], lines))
    assert (answer.verdict, len(office.data(offer)["lines"])) == ("conflicted", 2)
    assert one.act("quotation", offer, ORDER, "transition", {"name": "present", "from": "draft"}).verdict == "applied"
    assert one.change("quotation", offer, ORDER, lines=[LINE]).code == "immutable"
    assert one.add("quotation", ORDER, number=2, currency="CNY", lines=[LINE]) != offer


ADDED = {
    "note": {"text": "客户不在"},
    "reading": {"value": "4.20", "unit": "Ω"},
    "report": {"result": "done"},
    "rating": {"score": 5},
}


@pytest.mark.parametrize("kind", ADDED)
def test_facts_of_two_people_stand_side_by_side_and_never_change(office: Office, kind: str):
    made = [office.person(name).add(kind, ORDER, **ADDED[kind]) for name in ("engineer1", "engineer2")]
    field = next(iter(ADDED[kind]))
    assert office.person("engineer1").change(kind, made[0], ORDER, **{field: None}).code == "unknown_do"
    assert set(made) <= office.family(ORDER, kind).keys()


def test_a_photo_is_hidden_and_comes_back_with_its_bytes_and_only_its_caption_changes(office: Office):
    one = office.person("engineer1")
    photo = one.add("photo", ORDER, sha256="a" * 64, size=9, media_type="image/jpeg", slot="before")
    assert one.change("photo", photo, ORDER, sha256="b" * 64).code == "immutable"
    assert one.act("photo", photo, ORDER, "hide", {"reason": "拍糊了"}).verdict == "applied"
    assert one.act("photo", photo, ORDER, "restore", {}).verdict == "applied"
    assert one.change("photo", photo, ORDER, caption="泵房").verdict == "applied"


def test_a_photo_that_could_never_be_sent_is_no_photo(office: Office):
    values = {"sha256": "a" * 64, "size": LIMITS["photo_bytes"] + 1, "media_type": "image/jpeg", "slot": "before"}
    answer = office.person("engineer1").act("photo", office.new_id(), ORDER, "append", {"values": values})
    assert (answer.code, answer.detail["field"]) == ("invalid_value", "size")


@pytest.mark.parametrize(("moved", "left"), [((1,), -1), ((1, 2), -3)])
def test_stock_is_the_sum_of_its_movements_and_may_be_owed(office: Office, moved: tuple[int, ...], left: int):
    van, shelf = f"van:{demo_id('user engineer1')}", f"asset:{demo_id('asset 0')}"
    for name, quantity in zip(("engineer1", "dispatcher"), moved, strict=False):
        body = {"part": PART, "from": van, "to": shelf, "quantity": quantity}
        assert office.person(name).act("stock_move", office.new_id(), ORDER, "move", body).verdict == "applied"
    assert balance(office.family(ORDER, "stock_move").values(), PART, van) == left


@pytest.mark.parametrize("who", ["engineer1", "dispatcher", "supervisor"])
def test_a_state_is_nobodys_to_write_and_a_step_taken_twice_is_taken_once(office: Office, who: str):
    assert office.person(who).change("work_order", ORDER, ORDER, state="archived").code == "forbidden_field"
    assert office.person("engineer2").step(ORDER, "start").verdict == "applied"
    assert office.data(ORDER)["state"] == "diagnosing"


@pytest.mark.parametrize("who", ["engineer1", "dispatcher", "supervisor"])
def test_reference_data_is_read_only_for_all_but_administrators(office: Office, who: str):
    assert office.person(who).change("part", PART, PART, name="改名").code == "forbidden_field"
