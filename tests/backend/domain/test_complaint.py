"""The steps of a complaint: who takes them when, and what must be written down before (R-184, R-186 to R-188)."""

import pytest

from backend.domain import complaint
from backend.domain.complaint import GUARDS, STEPS
from backend.domain.trade import FieldService
from backend.schemas.labels import LABELS
from backend.schemas.records import model
from sync.errors import InvalidValue, Refused
from tests.backend.domain.complaints import CASES, FIELDS, LACKING, WRITTEN, found, taken
from tests.backend.domain.orders import draft

TRADE = FieldService(model())


@pytest.mark.parametrize(("step", "state", "expected"), CASES)
def test_a_step_leads_on_from_its_state_and_is_no_news_beyond_it(step: str, state: str, expected: str):
    assert taken(step, found(state=state, **WRITTEN)) == expected


@pytest.mark.parametrize(("step", "state", "guard"), LACKING)
def test_r_186_r_187_r_188_a_step_waits_for_what_must_be_written_down(step: str, state: str, guard: str):
    lacking = {name: value for name, value in WRITTEN.items() if name not in FIELDS[guard]}
    assert taken(step, found(state=state, **lacking)) == "."


@pytest.mark.parametrize("missing", [("attempted",), ("told_at", "satisfaction")])
def test_r_187_the_customer_was_told_and_asked_or_an_attempt_is_noted(missing: tuple[str, ...]):
    lacking = {name: value for name, value in WRITTEN.items() if name not in missing}
    assert taken("close", found(state="executed", **lacking)) == "closed"


def test_r_187_told_without_asking_how_content_he_is_closes_nothing():
    lacking = {name: value for name, value in WRITTEN.items() if name not in ("attempted", "satisfaction")}
    assert taken("close", found(state="executed", **lacking)) == "."


def test_only_the_desk_takes_steps_and_there_is_no_other_step():
    assert taken("acknowledge", found(**WRITTEN), "engineer") == "."
    assert taken("reopen", found(**WRITTEN)) == "."


def test_r_190_nobody_handles_a_complaint_about_his_own_work():
    with pytest.raises(InvalidValue) as refused:
        TRADE.check(draft("complaint", "set", {"handler": "u", "engineers": ["u"]}, None, "supervisor"), found())
    assert refused.value.detail == {"field": "handler", "reason": "concerned"}
    TRADE.check(draft("complaint", "set", {"handler": "u", "engineers": ["v"]}, None, "supervisor"), found())


def test_a_complaint_goes_to_the_desk_of_its_authors_branch_and_says_who_took_it():
    made = draft("complaint", "create", {"branch": "b"})
    with pytest.raises(Refused, match="no_access"):
        TRADE.check(made, found())
    assert TRADE.derive(made, found()) == {"state": "opened", "registered_by": "u"}


def test_every_state_step_and_guard_has_words():
    assert set(LABELS["complaint_state"]) == set(complaint.STATES)
    assert set(LABELS["complaint_step"]) == {step.name for step in STEPS}
    assert set(LABELS["complaint_guard"]) == set(GUARDS) == {guard for step in STEPS for guard in step.guards}
