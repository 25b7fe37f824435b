"""The ready-made patrol templates and callback questions, in three languages, with the limits of their sources."""

import pytest

from backend.catalogue.loader import load
from backend.domain.checklist import judged
from backend.schemas.labels import LABELS, LOCALES, label

CATALOGUE = load()
PATROLS = {one["key"][:5]: one for one in CATALOGUE.checklists if one["key"].startswith("pt-")}


def item(template: str, name: str):
    """An item of a patrol template."""
    return next(one for one in PATROLS[template]["items"] if one["id"] == name)


def test_r_155_all_thirty_one_templates_are_there_each_with_its_source_and_rhythm():
    assert sorted(PATROLS) == [f"pt-{number:02}" for number in range(1, 32)]
    assert all(one["source"] and one["rhythm"]["recurrence"] for one in PATROLS.values())


def test_r_155_every_label_is_worded_in_three_languages():
    labels = [one["label"] for template in PATROLS.values() for one in template["items"]]
    labels += [question["label"] for one in CATALOGUE.questions for question in one["questions"]]
    assert all(set(one) == set(LOCALES) and all(one.values()) for one in labels)


@pytest.mark.parametrize(
    ("template", "name", "value", "expected"),
    [
        ("pt-09", "mast-earth", "4.00", "pass"),
        ("pt-09", "pole-earth", "4.01", "fail"),
        ("pt-13", "insulation", "0.5", "pass"),
        ("pt-13", "insulation", "0.49", "fail"),
        ("pt-05", "lamps-out", "4/10", "fail"),
        ("pt-05", "lamps-out", "3/10", "pass"),
        ("pt-10", "lamps-out", "1/200", "fail"),
        ("pt-19", "minutes", "60", "pass"),
        ("pt-19", "minutes", "59", "fail"),
        ("pt-08", "bolt-rust", "heavy", "fail"),
    ],
)
def test_r_157_r_158_limits_are_those_of_the_sources(template: str, name: str, value: str, expected: str):
    assert judged(item(template, name), value) == expected


def test_r_157_insulation_and_earth_are_measured_with_a_named_instrument():
    instruments = [item("pt-13", "insulation")["instrument"], item("pt-09", "mast-earth")["instrument"]]
    assert [label("instrument", one, "en") for one in instruments] == [
        "500 V insulation tester",
        "Earth resistance tester",
    ]


def test_r_155_every_instrument_of_a_template_has_words_in_three_languages():
    named = {one.get("instrument") for template in CATALOGUE.checklists for one in template["items"]} - {None}
    assert named <= set(LABELS["instrument"])


def test_r_165_the_emergency_light_has_three_services_of_their_own():
    rhythms = [PATROLS[key]["rhythm"]["every"] for key in ("pt-18", "pt-19", "pt-20")]
    assert rhythms == [1, 6, 12]


def test_r_174_the_questions_are_q_a_to_q_i_with_the_engineers_attitude_among_them():
    assert [one["key"] for one in CATALOGUE.questions] == [f"Q-{letter}" for letter in "ABCDEFGHI"]
    asked = {question["id"] for one in CATALOGUE.questions for question in one["questions"]}
    assert "attitude" in asked


def test_the_office_calendar_knows_make_up_workdays_and_leaves_out_years_not_yet_published():
    (calendar,) = CATALOGUE.calendars
    assert "2026-10-10" in calendar["workdays"]
    assert "2026-10-01" in calendar["holidays"]
    assert calendar["years"] == [2025, 2026]
