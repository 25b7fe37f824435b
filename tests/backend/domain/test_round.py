"""A round goes from its machines to its report: what closes it, what keeps it open, and what it owes (R-159, R-163)."""

import pytest

from backend.domain import course, work_order
from sync.records import Record
from sync.trade import Family
from tests.backend.domain.orders import ORDER, checklist, item, order, record, signature

EARTH = item("earth", "inspect", kind="number", maximum="4")
FAILED = {"result": "fail", "value": "6.2", "note": "接地极锈蚀"}
PICTURE = record("photo", "f1", checklist="mast", item="earth", stored=True)
FOUND = record("finding", "found", checklist="mast", item="earth", severity="major", action="work_order")
GOOD = checklist([EARTH], "mast", earth={"result": "pass", "value": "2.0"})
BAD = checklist([EARTH], "mast", earth=FAILED)
OPEN = checklist([EARTH], "pole")
SIGNED = signature("accept")
REPORT = record("report", "t1", result="done")


def skipped(reason: str | None = "灯杆被车辆挡住") -> Record:
    """A machine nobody could get to."""
    one = checklist([EARTH], "pole")
    return record("checklist", "pole", **one.data, skipped_because=reason)


def patrol(*records: Record, state: str = "diagnosing") -> Family:
    """A round under way."""
    return order(*records, type="patrol", state=state)


ROUNDS = {
    "R-163 every machine done and signed": (patrol(GOOD, SIGNED), "settled"),
    "R-163 done but not signed": (patrol(GOOD), "diagnosing"),
    "R-163 signed while a machine is open": (patrol(GOOD, OPEN, SIGNED), "diagnosing"),
    "a machine skipped with its reason owes nothing": (patrol(GOOD, skipped(), SIGNED), "settled"),
    "a machine skipped without a reason is open": (patrol(GOOD, skipped(None), SIGNED), "diagnosing"),
    "R-159 a failure nobody decided about": (patrol(BAD, PICTURE, SIGNED), "diagnosing"),
    "R-159 a failure with its finding": (patrol(BAD, PICTURE, FOUND, SIGNED), "settled"),
    "R-159 a finding about a failure without a picture": (patrol(BAD, FOUND, SIGNED), "diagnosing"),
    "a repair is closed by no round": (order(GOOD, SIGNED, type="repair_general"), "diagnosing"),
}


@pytest.mark.parametrize(("family", "state"), ROUNDS.values(), ids=ROUNDS)
def test_r_163_a_round_closes_when_its_facts_are_complete(family: Family, state: str):
    assert work_order.advance(family).get("state", "diagnosing") == state


def test_r_159_the_finish_check_of_a_round_names_its_open_machines_its_findings_and_the_signature():
    lacks = work_order.missing(patrol(BAD, PICTURE, OPEN))
    assert [(guard, gap.target) for guard, gap in lacks] == [
        ("round_complete", "pole/earth"),
        ("findings", "mast/earth"),
        ("co_signed", "signature"),
        ("G-19", "none"),
        ("G-19", "pole/earth"),
    ]


def test_nothing_of_a_repair_is_asked_of_a_round():
    assert work_order.missing(patrol(GOOD, SIGNED, REPORT, state="settled")) == []


def test_the_report_of_a_round_is_due_from_the_co_signature_on():
    signed = record("signature", "s1", **SIGNED.data, event_time=1_000)
    finish = Record("e1", "visit_event", ORDER, {"kind": "finish", "event_time": 9_000})
    assert course.course(patrol(signed, finish), 10_000).events["finished"] == 1_000
    assert course.course(order(signed, finish, type="repair_general"), 10_000).events["finished"] == 9_000
