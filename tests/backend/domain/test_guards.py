"""Decision tables of the guards: for each, what lets an order pass and what keeps it."""

import pytest

from backend.domain.conditions import holds
from backend.domain.guards import GUARDS
from sync.trade import Family
from tests.backend.domain.orders import checklist, consent, item, order, part_use, quotation, record, signature

PREPARE, OPTIONAL = item("tools", "prepare"), item("map", "prepare", required=False)
PROTECT, TEST, TRIAL = item("cover", "protect"), item("function", "test"), item("trial", "test", required=False)
DEMO = item("demo", "acceptance")
OFFER, SECOND = quotation(1), quotation(2)
DRAFT = quotation(3, "draft")
SIGNED = record("signature", "sq", document="quotation", act="accept")
ACCEPTED = record("signature", "sq", document="acceptance", act="accept")
DECLINED = record("signature", "sq", document="quotation", act="refuse", reason="太贵")
REPORT = record("report", "t1", result="done")
EVIDENCE = record("photo", "e1", slot="evidence", stored=True)
CHECK = item("wiring", "inspect", critical=True)
NOTED = {"result": "fail", "note": "端子松动"}
PICTURE = record("photo", "f1", checklist="list", item="wiring", stored=True)
APPROVED = record("review", "v1", report="t1", decision="approve")
OPEN, SETTLED = record("conflict", "k1", state="open"), record("conflict", "k1", state="resolved")

G05 = {
    "no checklist at all": (order(), True),
    "the preparation is unanswered": (order(checklist([PREPARE])), False),
    "every required item is answered": (order(checklist([PREPARE, OPTIONAL], tools="pass")), True),
    "only an optional item is answered": (order(checklist([PREPARE, OPTIONAL], map="pass")), False),
    "an answer may be a failure": (order(checklist([PREPARE], tools="fail")), True),
    "an answer may be not applicable": (order(checklist([PREPARE], tools="na")), True),
    "of two checklists one is unanswered": (
        order(checklist([PREPARE], "a", tools="pass"), checklist([PREPARE], "b")),
        False,
    ),
    "another phase is unanswered": (order(checklist([PREPARE, TEST], tools="pass")), True),
}
G07 = {
    "no quotation": (order(), False),
    "presented, not decided": (order(OFFER), False),
    "oral consent with person and reason": (order(OFFER, consent(OFFER)), True),
    "oral consent of nobody": (order(OFFER, consent(OFFER, person=None)), False),
    "oral consent without a reason for no signature": (order(OFFER, consent(OFFER, reason_text=None)), False),
    "written consent with its signature": (
        order(OFFER, SIGNED, consent(OFFER, mode="written", signature="sq")),
        True,
    ),
    "written consent whose signature is missing": (
        order(OFFER, consent(OFFER, mode="written", signature="sq")),
        False,
    ),
    "written consent under the acceptance": (
        order(OFFER, ACCEPTED, consent(OFFER, mode="written", signature="sq")),
        False,
    ),
    "written consent under a refusal": (
        order(OFFER, DECLINED, consent(OFFER, mode="written", signature="sq")),
        False,
    ),
    "consent to other content": (order(OFFER, consent(OFFER, hash="0" * 64)), False),
    "consent to the revision before": (order(OFFER, consent(OFFER), SECOND), False),
    "consent taken back": (order(OFFER, consent(OFFER), consent(OFFER, "no", "c2")), False),
    "a draft of the next revision": (order(OFFER, consent(OFFER), DRAFT), True),
    "a refused extra keeps the consented scope": (
        order(OFFER, consent(OFFER), SECOND, consent(SECOND, "no", "c2")),
        True,
    ),
}
G08 = {
    "no decision": (order(OFFER), False),
    "refused with a reason": (order(OFFER, consent(OFFER, "no")), True),
    "refused without a reason": (order(OFFER, consent(OFFER, "no", reason_code=None)), False),
    "another reason needs words": (order(OFFER, consent(OFFER, "no", reason_code="other")), False),
    "another reason in words": (order(OFFER, consent(OFFER, "no", reason_code="other", reason_text="再议")), True),
    "consented": (order(OFFER, consent(OFFER)), False),
}
G09 = {
    "chargeable, nothing agreed": (order(entitlement="list_price"), False),
    "entitlement unknown": (order(), False),
    "chargeable and consented": (order(OFFER, consent(OFFER), entitlement="list_price"), True),
    "free, nothing quoted": (order(entitlement="free"), True),
    "free, a quotation in draft": (order(DRAFT, entitlement="free"), True),
    "free, but an extra waits for consent": (order(OFFER, entitlement="free"), False),
    "free, the extra refused": (order(OFFER, consent(OFFER, "no"), entitlement="free"), False),
}
G10 = {
    "no protection asked": (order(), True),
    "protection unanswered": (order(checklist([PROTECT])), False),
    "protection answered": (order(checklist([PROTECT], cover="pass")), True),
    "protection not applicable": (order(checklist([PROTECT], cover="na")), True),
}
G11 = {
    "no part used": (order(), True),
    "permission granted": (order(part_use()), True),
    "permission filed afterwards": (order(part_use(permission="filed_afterwards")), True),
    "no permission": (order(part_use(permission=None)), False),
    "one of two without permission": (order(part_use("p1"), part_use("p2", permission=None)), False),
}
G12 = {
    "no part used": (order(), True),
    "original": (order(part_use(source="original")), True),
    "certified": (order(part_use(source="certified")), True),
    "unified purchase": (order(part_use(source="unified")), True),
    "agreed brand with the customer's note": (order(part_use(source="agreed", note="客户指定")), True),
    "agreed brand without a note": (order(part_use(source="agreed")), False),
    "source unknown": (order(part_use(source=None)), False),
}
G13 = {
    "no part used": (order(), True),
    "new part shown, old part's place decided": (order(part_use()), True),
    "new part not shown": (order(part_use(new_part_shown=False)), False),
    "nobody said whether it was shown": (order(part_use(new_part_shown=None)), False),
    "old part's place open": (order(part_use(disposition=None)), False),
}
G15 = {
    "no test asked": (order(), True),
    "test not done": (order(checklist([TEST])), False),
    "test passed": (order(checklist([TEST], function="pass")), True),
    "test failed": (order(checklist([TEST], function="fail")), False),
    "test not applicable": (order(checklist([TEST], function="na")), True),
    "an optional trial failed": (order(checklist([TEST, TRIAL], function="pass", trial="fail")), True),
}
G16 = {
    "no signature": (order(), False),
    "accepted": (order(signature("accept")), True),
    "accepted with remarks": (order(signature("accept_with_remarks")), True),
    "a signature under the quotation only": (order(signature(document="quotation")), False),
    "refused, with reason and photo": (order(signature("refuse", reason="对外观不满"), EVIDENCE), True),
    "refused without a reason": (order(signature("refuse"), EVIDENCE), False),
    "refused without a photo": (order(signature("refuse", reason="对外观不满")), False),
    "absent, with reason and photo": (order(signature("absent", reason="无人在场"), EVIDENCE), True),
    "absent without a reason": (order(signature("absent"), EVIDENCE), False),
    "signed before the demonstration": (order(checklist([DEMO]), signature()), False),
    "signed after the demonstration": (order(checklist([DEMO], demo="pass"), signature()), True),
}
G17 = {
    "not asked": (order(), False),
    "rated": (order(record("rating", "r1", score=5)), True),
    "asked and declined": (order(record("rating", "r1")), True),
}
G19 = {
    "no report": (order(), False),
    "a report": (order(REPORT), True),
    "a report that was returned": (order(REPORT, record("review", "v1", report="t1", decision="return")), False),
    "a new report after the return": (
        order(REPORT, record("review", "v1", report="t1", decision="return"), record("report", "t2", result="done")),
        True,
    ),
    "a required item unanswered": (order(REPORT, checklist([CHECK])), False),
    "a failure with note and photo": (order(REPORT, checklist([CHECK], wiring=NOTED), PICTURE), True),
    "a failure without a photo": (order(REPORT, checklist([CHECK], wiring=NOTED)), False),
    "a failure without a note": (order(REPORT, checklist([CHECK], wiring="fail"), PICTURE), False),
    "a failure that needs no photo": (
        order(REPORT, checklist([item("wiring", "inspect", photo_on_fail=False)], wiring=NOTED)),
        True,
    ),
    "a critical item left out without a reason": (order(REPORT, checklist([CHECK], wiring="na")), False),
    "a critical item left out with a reason": (
        order(REPORT, checklist([CHECK], wiring={"result": "na", "reason": "无接线"})),
        True,
    ),
}
G20 = {
    "not reviewed": (order(REPORT), False),
    "approved": (order(REPORT, APPROVED), True),
    "the report before was approved": (order(REPORT, APPROVED, record("report", "t2", result="done")), False),
    "an open conflict": (order(REPORT, APPROVED, OPEN), False),
    "a resolved conflict": (order(REPORT, APPROVED, SETTLED), True),
    "a photo still on its way": (order(REPORT, APPROVED, record("photo", "f1", stored=False)), False),
    "all photos there": (order(REPORT, APPROVED, PICTURE), True),
}

TABLES = {
    "G-05": G05, "G-07": G07, "G-08": G08, "G-09": G09, "G-10": G10, "G-11": G11, "G-12": G12, "G-13": G13,
    "G-15": G15, "G-16": G16, "G-17": G17, "G-19": G19, "G-20": G20,
}  # fmt: skip

REQUIREMENTS = {
    "G-05": "R-073", "G-07": "R-093 R-095", "G-08": "R-096", "G-09": "R-094", "G-10": "R-245", "G-11": "R-103",
    "G-12": "R-104", "G-13": "R-105", "G-15": "R-121", "G-16": "R-122 R-127", "G-17": "R-126", "G-19": "R-138 R-159",
    "G-20": "R-142 R-143",
}  # fmt: skip

CASES = [
    pytest.param(guard, family, expected, id=f"{guard} {REQUIREMENTS[guard]} {name}")
    for guard, table in TABLES.items()
    for name, (family, expected) in table.items()
]


@pytest.mark.parametrize(("guard", "family", "expected"), CASES)
def test_a_guard_decides(guard: str, family: Family, expected: bool):
    assert family.root is not None
    assert holds(GUARDS[guard], family.root.data, family) is expected


def test_every_numbered_guard_has_a_decision_table():
    assert {code for code in GUARDS if code.startswith("G-")} == set(TABLES) == set(REQUIREMENTS)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_decision_table_has_cases_on_both_sides(table: dict[str, tuple[Family, bool]]):
    assert {expected for _, expected in table.values()} == {True, False}


def test_a_hidden_record_counts_for_nothing():
    part = part_use(permission=None)
    part.gone = True
    assert holds(GUARDS["G-11"], {}, order(part))
