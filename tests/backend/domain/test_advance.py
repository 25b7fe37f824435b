"""An order moves by itself as far as its facts carry it, and says what is missing for the rest."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain import work_order
from backend.domain.guards import GUARDS
from backend.domain.transitions import unmet
from backend.domain.work_order import STATES, TRANSITIONS
from sync.errors import Refused
from sync.records import Record
from sync.trade import Family
from tests.backend.domain.orders import checklist, consent, item, order, part_use, quotation, record, signature

PHASES = ("prepare", "protect", "inspect", "repair", "test", "cleanup", "acceptance")
ITEMS = [item(phase, phase) for phase in PHASES]
OFFER = quotation()
AFTER = record("photo", "f1", slot="after", stored=True)
RATING = record("rating", "r1", score=4)
REPORT = record("report", "t1", result="done")


def grown(*facts: Record, answered: tuple[str, ...] = (), **data: object) -> Family:
    """An order with a checklist of one item per phase, some of them answered."""
    return order(checklist(ITEMS, **dict.fromkeys(answered, "pass")), *facts, **data)


def reached(family: Family) -> object:
    assert family.root is not None
    return work_order.advance(family).get("state", family.root.data["state"])


def test_r_128_a_chargeable_repair_walks_from_diagnosis_to_settlement_by_facts_alone():
    known: dict[str, object] = {"entitlement": "list_price"}
    walk = [
        ("diagnosing", grown(**known)),
        ("quoted", grown(OFFER, **known)),
        ("consented", grown(OFFER, consent(OFFER), **known)),
    ]
    known["diagnosis"] = "接触器粘连"
    agreed = (OFFER, consent(OFFER))
    done = ("prepare", "protect", "inspect", "repair", "test", "cleanup", "acceptance")
    walk += [
        ("repairing", grown(*agreed, answered=done[:3], **known)),
        ("repairing", grown(*agreed, part_use(permission=None), answered=done[:5], **known)),
        ("cleaning_up", grown(*agreed, part_use(), answered=done[:5], **known)),
        ("acceptance", grown(*agreed, AFTER, answered=done[:6], **known)),
        ("settled", grown(*agreed, AFTER, signature(), RATING, answered=done, **known)),
    ]
    assert [reached(family) for _, family in walk] == [state for state, _ in walk]


def test_a_free_repair_needs_no_quotation():
    ready = grown(answered=("protect",), entitlement="free", diagnosis="保险丝熔断")
    assert reached(ready) == "repairing"


def test_r_097_a_newer_revision_stops_the_repair_until_it_is_decided():
    second = quotation(2)
    assert reached(order(OFFER, consent(OFFER), second, state="repairing")) == "quoted"
    assert reached(order(OFFER, consent(OFFER), second, consent(second, one="c2"), state="quoted")) == "consented"


def test_r_097_a_refused_extra_lets_the_consented_scope_go_on():
    second = quotation(2)
    refused = consent(second, "no", "c2")
    assert reached(order(OFFER, consent(OFFER), second, refused, state="quoted")) == "consented"


def test_a_refusal_leads_to_refused_and_a_later_consent_back():
    assert reached(order(OFFER, consent(OFFER, "no"), state="quoted")) == "refused"
    assert reached(order(OFFER, consent(OFFER, "no"), consent(OFFER, one="c2"), state="refused")) == "consented"


def test_r_121_a_failed_test_keeps_the_order_in_testing():
    assert reached(order(checklist([ITEMS[4]], test="fail"), state="testing")) == "testing"
    assert reached(order(checklist([ITEMS[4]], test="pass"), state="testing")) == "cleaning_up"


def test_r_143_review_begins_when_every_photo_has_arrived():
    assert reached(order(record("photo", "f1", stored=False), state="reported")) == "reported"
    assert reached(order(AFTER, state="reported")) == "in_review"


def test_an_order_is_dispatched_as_soon_as_somebody_is_assigned():
    assert reached(order(state="triaged")) == "triaged"
    assert reached(order(state="triaged", assignee="u1")) == "dispatched"


def test_an_order_on_hold_waits_whatever_the_facts():
    assert reached(order(OFFER, consent(OFFER), state="on_hold", held_from="quoted")) == "on_hold"


def test_the_finish_check_names_everything_between_the_order_and_its_report():
    lacks = work_order.missing(grown(OFFER, part_use(permission=None), state="quoted", entitlement="list_price"))
    assert [(guard, gap.kind, gap.target) for guard, gap in lacks] == [
        ("diagnosis", "set", "diagnosis"),
        ("G-09", "quotation", "presented"),
        ("G-10", "checklist", "list/protect"),
        ("G-11", "every", "p1"),
        ("repaired", "checklist", "list/repair"),
        ("test_started", "checklist", "list/test"),
        ("G-15", "checklist", "list/test"),
        ("cleaned_up", "checklist", "list/cleanup"),
        ("after_photo", "has", "photo"),
        ("G-16", "checklist", "list/acceptance"),
        ("G-16", "has", "signature"),
        ("G-17", "has", "rating"),
        ("G-19", "report", "none"),
        *[("G-19", "checklist", f"list/{phase}") for phase in PHASES],
    ]


def test_the_finish_check_of_a_returned_order_looks_only_at_the_report():
    returned = order(REPORT, record("review", "v1", report="t1", decision="return"), state="returned")
    assert [guard for guard, _ in work_order.missing(returned)] == ["G-19"]


def test_nothing_is_missing_when_the_order_can_be_finished():
    ready = order(REPORT, state="settled")
    assert work_order.missing(ready) == []
    assert work_order.transition("finish", frozenset({"engineer"}), ready) == {"state": "reported"}


FACTS = [
    OFFER, consent(OFFER), consent(OFFER, "no", "c2"), quotation(2), quotation(3, "draft"), part_use(), AFTER,
    signature(), RATING, REPORT, record("review", "v1", report="t1", decision="approve"), checklist(ITEMS),
    checklist(ITEMS, "done", **dict.fromkeys(PHASES, "pass")), part_use("p2", permission=None),
]  # fmt: skip


@given(
    st.lists(st.sampled_from(FACTS), unique_by=lambda one: one.id),
    st.sampled_from(STATES),
    st.sampled_from([None, "free", "list_price"]),
)
def test_an_order_that_moved_by_itself_stays_where_it_is(facts: list[Record], state: str, entitlement: str | None):
    data = {"state": state, "entitlement": entitlement, "diagnosis": "x", "assignee": "u", "held_from": "quoted"}
    moved = {**data, **work_order.advance(order(*facts, **data))}
    assert work_order.advance(order(*facts, **moved)) == {}


@given(st.lists(st.sampled_from(FACTS), unique_by=lambda one: one.id), st.sampled_from(STATES))
def test_no_person_can_tap_past_a_guard_that_is_unmet(facts: list[Record], state: str):
    family = order(*facts, state=state, held_from="quoted")
    for step in (one for one in TRANSITIONS if not one.auto and state in one.start):
        if unmet(step, GUARDS, family.root.data, family):
            with pytest.raises(Refused, match="guard_failed"):
                work_order.transition(step.name, step.by, family)


def test_no_two_steps_of_one_name_share_a_start():
    for name, steps in itertools.groupby(TRANSITIONS, lambda step: step.name):
        starts = [start for step in steps for start in step.start]
        assert len(starts) == len(set(starts)), name


def test_an_order_is_looked_at_again_only_after_what_a_guard_looks_at():
    movers = {"work_order", "checklist", "photo", "quotation", "consent", "signature", "part_use", "rating", "conflict"}
    assert movers <= work_order.MOVERS
    assert work_order.MOVERS.isdisjoint({"note", "reading", "visit_event", "stock_move", "review"})
