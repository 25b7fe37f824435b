"""The synced types as declared: who may write what, and that everything has its words."""

import pytest

from backend.domain.work_order import ADDITIVE, ON_SITE, STATES, TRANSITIONS
from backend.schemas.labels import LABELS, label
from backend.schemas.labels.errors import ERRORS
from backend.schemas.records import SCHEMAS, model
from backend.schemas.synced import declared
from sync.errors import CATALOGUE
from sync.policy import DERIVED, FIXED, OFFICE, SITE, Field

MODEL = model()
APPENDED = {"reading", "visit_event", "photo", "note", "consent", "rating", "report", "review"}
REFERENCE = {
    "branch",
    "user",
    "part",
    "price_list",
    "service_policy",
    "checklist_template",
    "work_calendar",
    "question_template",
}


def written_by(role: str, kind: str, field: str, state: str | None) -> bool:
    rule = MODEL.types[kind].field(field)
    return rule is not None and rule.write.allows([role], state)


def test_only_facts_that_add_are_welcome_from_one_who_no_longer_has_the_order():
    adding = {name for name, kind in MODEL.types.items() if kind.additive}
    assert adding == {"reading", "visit_event", "photo", "note", "signature", "rating"}
    fields = [
        (kind.name, one) for kind in MODEL.types.values() for one in (*kind.fields.values(), *kind.patterns.values())
    ]
    assert [(kind, one.name) for kind, one in fields if one.additive] == [("checklist", "answers/")]


PERSONAL = [(kind.name, one) for kind in MODEL.types.values() for one in kind.fields.values() if one.personal]


@pytest.mark.parametrize(("kind", "rule"), PERSONAL, ids=lambda one: getattr(one, "name", one))
def test_what_stays_of_an_erased_field_is_a_value_it_takes(kind: str, rule: Field):
    assert rule.check(rule.blank) == rule.blank
    assert rule.blank is not None or not rule.required


def test_a_person_is_a_contact_a_customer_a_signer_or_a_user():
    kinds = {kind for kind, _ in PERSONAL}
    assert kinds >= {"contact", "customer", "site", "signature", "consent", "rating", "note", "photo", "user"}


@pytest.mark.parametrize("field", ["fault", "diagnosis", "work_done", "cause"])
def test_the_site_owns_what_it_observes_and_the_desk_may_correct_it(field: str):
    assert MODEL.types["work_order"].fields[field].owner == SITE
    assert {state for state in STATES if written_by("engineer", "work_order", field, state)} == ON_SITE
    assert written_by("dispatcher", "work_order", field, "dispatched")
    assert not written_by("supervisor", "work_order", field, "archived")


@pytest.mark.parametrize("field", ["priority", "severity", "entitlement", "assignee", "title", "crew"])
def test_the_office_owns_dispatch_and_no_engineer_writes_it(field: str):
    assert MODEL.types["work_order"].fields[field].owner == OFFICE
    assert not any(written_by("engineer", "work_order", field, state) for state in STATES)


def test_assignee_and_appointment_are_one_value():
    assert MODEL.types["work_order"].members("dispatch") == {"assignee", "appointment_start", "appointment_end"}


@pytest.mark.parametrize("kind", sorted(REFERENCE))
def test_r_212_only_administrators_write_reference_data(kind: str):
    assert set(MODEL.types[kind].create.states) == {"admin", "system"}
    writers = {role for field in MODEL.types[kind].fields.values() for role in field.write.states}
    assert writers <= {"admin", "system"}


def test_an_administrator_touches_no_customer_content():
    touched = {
        name
        for name, kind in MODEL.types.items()
        if "admin" in kind.create.states or any("admin" in field.write.states for field in kind.fields.values())
    }
    assert touched == REFERENCE


@pytest.mark.parametrize("kind", sorted(APPENDED - {"review"}))
def test_r_221_additive_facts_of_an_engineer_are_welcome_late(kind: str):
    create = MODEL.types[kind].create
    assert {state for state in STATES if create.allows(["engineer"], state)} == ADDITIVE


@pytest.mark.parametrize("kind", sorted(APPENDED))
def test_what_is_appended_never_changes_except_a_caption_and_a_ruling_on_its_time(kind: str):
    changeable = {name for name, field in MODEL.types[kind].fields.items() if field.merge not in (FIXED, DERIVED)}
    assert changeable == {"photo": {"caption"}, "visit_event": {"ruled_time", "ruled_because"}}.get(kind, set())


def test_r_124_a_signature_never_changes():
    assert MODEL.types["signature"].does == {"sign"}
    assert {field.merge for field in MODEL.types["signature"].fields.values()} == {FIXED, DERIVED}


def test_the_state_of_an_order_is_never_sent_as_a_value():
    fields = MODEL.types["work_order"].fields
    assert {fields["state"].merge, fields["held_from"].merge} == {DERIVED}


@pytest.mark.parametrize("kind", ["conflict", "parked", "outcome"])
def test_nobody_makes_the_engine_s_own_records(kind: str):
    assert MODEL.types[kind].create.states == {}
    assert {field.merge for field in MODEL.types[kind].fields.values()} == {DERIVED}


def test_an_answer_is_found_under_its_item_and_nothing_else_is():
    checklist = MODEL.types["checklist"]
    assert checklist.field("answers/earth-resistance") is not None
    assert checklist.field("answers/") is None
    assert checklist.field("other/earth-resistance") is None


def test_the_bytes_of_a_photo_are_named_by_its_hash():
    assert {name: kind.blob for name, kind in MODEL.types.items() if kind.blob} == {"photo": "sha256"}


def test_r_238_every_code_has_words_in_three_languages():
    assert all(len(words) == 3 and all(words) for codes in LABELS.values() for words in codes.values())
    assert label("order_state", "repairing", "zh-TW") == "維修中"
    assert label("order_state", "unheard_of", "en") == "unheard_of"


def test_every_state_step_type_and_error_has_words():
    assert set(LABELS["order_state"]) == set(STATES)
    assert set(LABELS["step"]) == {step.name for step in TRANSITIONS} | {"present"}
    assert set(LABELS["record_type"]) == set(MODEL.types)
    assert set(ERRORS) == set(CATALOGUE)


def test_every_field_a_person_can_send_has_a_name():
    people = (kind for kind in MODEL.types.values() if kind.create.states)
    fields = {rule.group or name for kind in people for name, rule in kind.fields.items()}
    assert fields - set(LABELS["field"]) == set()


def test_every_declared_field_is_in_the_model():
    assert {schema.rules.name: set(declared(schema)) for schema in SCHEMAS} == {
        name: set(kind.fields) for name, kind in MODEL.types.items()
    }
