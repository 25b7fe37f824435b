"""Which merge rule each field declares: the table of docs/protocol.md, section 4, stated once more and compared."""

import pytest

from backend.schemas.records import model
from sync.policy import ANSWER, DERIVED, FIXED, MAJOR, OFFICE, PLAIN, SITE, Field, RecordType

TYPES = model().types

SITE_OWNED = {
    "work_order": "fault diagnosis cause work_done next_maintenance_on expected_completion hold_reason hold_until",
    "part_use": "name quantity source permission permitted_by new_part_shown disposition old_serial new_serial note",
    "photo": "caption",
    "asset": "condition",
    "quotation": "lines reason",
    "checklist": "answers/",
}
OFFICE_OWNED = {
    "work_order": "type priority title customer_wish entitlement crew customer site contact asset cancel_reason",
    "customer": "name kind phone address key_customer notes",
    "contact": "site name phone email role",
    "user": "name roles branch active locale",
    "part": "code name model source unit price",
}
GROUPS = {
    ("work_order", "dispatch"): "assignee appointment_start appointment_end",
    ("site", "place"): "address lat_e7 lon_e7",
    ("part", "price"): "price currency",
}
ONLY_ADDED = ["note", "reading", "visit_event", "consent", "rating", "report", "review", "signature", "stock_move"]
VERSIONED = ["price_list", "service_policy", "checklist_template"]
STEPPED = {"work_order": "state", "quotation": "state"}
WEIGHTY = {
    "work_order": "assignee appointment_start appointment_end crew priority type entitlement",
    "checklist": "answers/",
    "quotation": "lines",
    "part_use": "quantity permission",
    "user": "roles branch active",
}


def rule(kind: str, name: str) -> Field:
    return {**TYPES[kind].fields, **TYPES[kind].patterns}[name]


def named(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(kind, name) for kind, names in table.items() for name in names.split()]


@pytest.mark.parametrize(("kind", "name"), named(SITE_OWNED))
def test_what_is_observed_on_site_belongs_to_the_site(kind: str, name: str):
    assert (rule(kind, name).owner, rule(kind, name).merge in (PLAIN, ANSWER)) == (SITE, True)


@pytest.mark.parametrize(("kind", "name"), named(OFFICE_OWNED))
def test_what_is_arranged_belongs_to_the_office(kind: str, name: str):
    assert (rule(kind, name).owner, rule(kind, name).merge) == (OFFICE, PLAIN)


@pytest.mark.parametrize(("group", "names"), GROUPS.items())
def test_what_only_makes_sense_together_is_one_value(group: tuple[str, str], names: str):
    assert TYPES[group[0]].members(group[1]) == set(names.split())


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.name)
def test_members_of_one_value_have_one_rule(kind: RecordType):
    rules: dict[str, set[tuple[object, ...]]] = {}
    for one in kind.fields.values():
        if one.group is not None:
            rules.setdefault(one.group, set()).add((one.merge, one.owner, one.severity, str(one.write.states)))
    assert [group for group, found in rules.items() if len(found) > 1] == []


@pytest.mark.parametrize("kind", ONLY_ADDED)
def test_a_fact_is_added_and_never_changed(kind: str):
    facts = [one for one in TYPES[kind].fields.values() if one.group != "ruling"]
    assert {one.merge for one in facts} <= {FIXED, DERIVED}
    assert not TYPES[kind].does & {"create", "transition"}


@pytest.mark.parametrize("kind", ONLY_ADDED)
def test_only_a_doubtful_time_is_ruled_on_afterwards(kind: str):
    rulings = {name for name, one in TYPES[kind].fields.items() if one.group == "ruling"}
    assert rulings == ({"ruled_time", "ruled_because"} if kind == "visit_event" else set())
    assert ("set" in TYPES[kind].does) == bool(rulings)


@pytest.mark.parametrize("kind", VERSIONED)
def test_a_version_of_reference_data_never_changes(kind: str):
    assert {one.merge for one in TYPES[kind].fields.values()} <= {FIXED, DERIVED}


@pytest.mark.parametrize("kind", ["branch", "user", "part", *VERSIONED])
def test_reference_data_is_written_by_administrators(kind: str):
    writers = {role for one in TYPES[kind].fields.values() for role in one.write.states}
    assert set(TYPES[kind].create.states) | writers == {"admin", "system"}


@pytest.mark.parametrize(("kind", "name"), STEPPED.items())
def test_a_state_moves_by_steps_and_is_never_a_value(kind: str, name: str):
    assert (rule(kind, name).merge, "transition" in TYPES[kind].does) == (DERIVED, True)


def test_a_photo_is_added_by_its_hash_and_hidden_never_deleted():
    photo = TYPES["photo"]
    assert photo.does == {"append", "set", "hide", "restore"}
    assert {name for name, one in photo.fields.items() if one.merge == PLAIN} == {"caption"}
    assert photo.blob == "sha256"


def test_only_the_cautious_rule_judges_answers():
    cautious = [
        (kind.name, name) for kind in TYPES.values() for name in kind.patterns if rule(kind.name, name).merge == ANSWER
    ]
    assert cautious == [("checklist", "answers/")]


@pytest.mark.parametrize(("kind", "name"), named(WEIGHTY))
def test_much_hangs_on_who_goes_what_it_costs_and_what_is_safe(kind: str, name: str):
    assert rule(kind, name).severity == MAJOR
