"""The catalogue loads as it is, and a mistake in it is found by file, line and key."""

from pathlib import Path
from textwrap import dedent

import pytest

from backend.catalogue.document import CatalogueError, Values
from backend.catalogue.loader import load, load_checklist, load_policies
from backend.domain.sla import MINUTE, deadlines

CATALOGUE = load()
HOUR = 60
NAME = "name: {zh-CN: 甲, zh-TW: 甲, en: A}"
POLICY = f"key: a\nversion: 1\n{NAME}\ntimers:\n"


def policy(key: str) -> Values:
    return next(one for one in CATALOGUE.policies if one["key"] == key)


def due(key: str, priority: str, **order: int) -> dict[str, int]:
    """Minutes after receipt at which each timer of a policy is due."""
    found = deadlines(policy(key), {"priority": priority, "received_at": 0, **order})
    return {one.name: one.due_at // MINUTE for one in found}


@pytest.mark.parametrize(
    ("priority", "expected"),
    [
        ("urgent", {"respond": 1 * HOUR, "arrive": 4 * HOUR}),
        ("general", {"respond": 4 * HOUR, "arrive": 24 * HOUR, "plan": 24 * HOUR}),
    ],
)
def test_r_002_rental_standard_promises_what_its_regulation_says(priority: str, expected: dict[str, int]):
    assert due("rental-standard", priority) == expected


def test_r_070_a_planned_visit_may_be_two_hours_late():
    assert due("rental-standard", "planned", appointment_start=60 * MINUTE) == {"arrive": 3 * HOUR}


def test_r_002_paid_repair_is_there_at_the_appointed_time_and_answers_as_by_default():
    assert due("paid-repair", "general", appointment_end=600 * MINUTE) == {"respond": 4 * HOUR, "arrive": 600}


def test_r_003_a_policy_stores_only_what_differs():
    assert policy("paid-repair")["settings"]["retention"] == policy("default")["settings"]["retention"]
    assert policy("paid-repair")["settings"]["consent"]["oral_allowed"] is True


def test_every_timer_names_its_source():
    assert all(timer["source"] for one in CATALOGUE.policies for timer in one["timers"])


def test_the_repair_checklist_has_twenty_items_in_every_phase_and_two_readings():
    repair = next(one for one in CATALOGUE.checklists if one["key"] == "repair")
    limits = {item["id"]: (item["minimum"], item["maximum"]) for item in repair["items"] if item["kind"] == "number"}
    assert len(repair["items"]) == len({item["id"] for item in repair["items"]}) == 20
    assert {item["phase"] for item in repair["items"]} == {
        "prepare", "protect", "inspect", "repair", "test", "cleanup", "acceptance",
    }  # fmt: skip
    assert limits == {"earth-resistance": (None, "4"), "insulation-resistance": ("0.5", None)}


def test_r_243_conduct_never_blocks():
    conduct = [item for one in CATALOGUE.checklists for item in one["items"] if item["kind"] == "conduct"]
    assert conduct
    assert not any(item["required"] for item in conduct)


def test_part_lines_of_the_price_list_name_parts_that_exist_at_the_same_price():
    prices = {part["code"]: part["price"] for part in CATALOGUE.parts}
    lines = [line for line in CATALOGUE.price_lists[0]["lines"] if line["kind"] == "part"]
    assert lines
    assert all(prices[line["part"]] == line["price"] for line in lines)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (POLICY + "  - {name: arrive, start: received, limit: soon, source: x}", "a.yaml:5: timers[0]: limit is not"),
        (POLICY + "  - {name: fly, start: received, limit: 4h, source: x}", "a.yaml:5: timers[0]: unknown_code"),
        (POLICY + "  - {name: arrive, start: received, limit: 4h}", "a.yaml:5: timers[0]: missing_member"),
        (POLICY + "  []\nspeed: 5", "a.yaml:6: speed: unknown key"),
        (f"key: a\nversion: x\n{NAME}\ntimers: []", "a.yaml:2: version: not_integer"),
        ("key: a\nversion: 1\ntimers: []", "a.yaml:1: name: missing"),
        (f"key: a\nextends: b\nversion: 1\n{NAME}\ntimers: []", "a.yaml:2: extends: there is no policy b"),
        ("key: a\nkey: b", "a.yaml:2: (document): found duplicate key"),
        ("- a", "a.yaml:1: (document): not a mapping"),
        ("key: [", "a.yaml:2: (document)"),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_with_file_line_and_key(tmp_path: Path, text: str, message: str):
    (tmp_path / "a.yaml").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        list(load_policies(tmp_path))
    assert str(error.value).startswith(message)


def test_a_mistake_in_a_checklist_item_is_reported_on_its_line(tmp_path: Path):
    file = tmp_path / "c.yaml"
    file.write_text(
        dedent(f"""\
            key: c
            version: 1
            {NAME}
            items:
              - {{id: a, phase: test, kind: check, label: {{zh-CN: 甲, zh-TW: 甲, en: A}}}}
              - {{id: b, phase: party, kind: check, label: {{zh-CN: 乙, zh-TW: 乙, en: B}}}}
            """),
        encoding="utf-8",
    )
    with pytest.raises(CatalogueError, match=r"c\.yaml:6: items\[1\]: unknown_code enum=checklist_phase member=phase"):
        load_checklist(file)
