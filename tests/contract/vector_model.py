"""The shared vectors about rules and values, held against the server."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from backend.domain import callback_attempt, checklist, complaint, promises, quotation, service_policy, sla, work_order
from backend.domain import policy_versions as policies
from backend.domain.conditions import gaps, holds
from backend.domain.deadline import Course, Timer
from backend.domain.guards import GUARDS
from backend.domain.trade import SCHEMA, FieldService
from backend.schemas.records import model
from sync.canonical import canonical_json, digest
from sync.clock import format_time, parse_time
from sync.errors import InvalidValue, Refused
from sync.operations import parse_operation
from sync.records import Record
from sync.trade import Family
from sync.versions import understood
from tests.backend.domain import complaints
from tests.backend.domain.test_states import TOO_LATE, outcome
from tests.contract import vector_recurrence
from tests.contract.vector_makers import judged, reckoned
from tests.support.patience import backoff

MODEL = model()
TRADE = FieldService(MODEL)
REFUSALS = {"wrong_state", *TOO_LATE.values()}

Case = dict[str, Any]


def family_of(case: Case) -> Family:
    root = case["root"]
    records = [Record(one["id"], one["type"], root["id"], one["data"], gone=one["gone"]) for one in case["records"]]
    return Family(Record(root["id"], "work_order", root["id"], root["data"]), tuple(records))


def canonical(case: Case) -> None:
    if case.get("refused"):
        with pytest.raises(Refused):
            canonical_json(case["value"])
    else:
        assert canonical_json(case["value"]).decode() == case["canonical"]
        assert digest(case["value"]) == case["sha256"]


def value(case: Case) -> None:
    rule = MODEL.types[case["type"]].field(case["field"])
    assert rule is not None
    if "refused" in case:
        with pytest.raises(InvalidValue) as refused:
            rule.check(case["value"])
        assert refused.value.detail["reason"] == case["refused"]
    else:
        assert rule.check(case["value"]) == case["canonical"]
        assert rule.check(case["canonical"]) == case["canonical"]


def verdict(case: Case) -> None:
    assert checklist.verdict(case["value"], case["minimum"], case["maximum"]) == case["verdict"]


def answers(case: Case) -> None:
    if case["judged"] is None and case["item"]["kind"] in ("number", "count_ratio"):
        with pytest.raises(InvalidValue):
            checklist.judged(case["item"], case["value"])
    else:
        assert checklist.judged(case["item"], case["value"]) == case["judged"]


def totals(case: Case) -> None:
    amounts = [quotation.amount(line["price"], line["quantity"]) for line in case["lines"]]
    assert amounts == [line["amount"] for line in case["lines"]]
    assert quotation.total(case["lines"]) == case["total"]


def quotation_hash(case: Case) -> None:
    rule = MODEL.types["quotation"].fields["lines"]
    checked = {**case["quotation"], "lines": rule.check(case["quotation"]["lines"])}
    assert quotation.content_hash(case["order"], checked) == case["hash"]


def deadlines(case: Case) -> None:
    policy = {"timers": case["timers"], "settings": case.get("settings")}
    found = [{"name": one.name, "due_at": one.due_at} for one in sla.deadlines(policy, case["order"])]
    nearest = sla.nearest(policy, case["order"])
    assert found == case["deadlines"]
    assert (nearest and {"name": nearest.name, "due_at": nearest.due_at}) == case["next"]
    assert sla.time_left(policy, case["order"], case["now"]) == case["time_left"]


def guards(case: Case) -> None:
    family = family_of(case)
    assert holds(GUARDS[case["guard"]], case["root"]["data"], family) is case["holds"]


def steps(case: Case) -> None:
    family = family_of(case)
    assert family.root is not None
    for state, expected in case["outcomes"].items():
        there = Record(family.root.id, "work_order", family.root.id, {**family.root.data, "state": state})
        found = outcome(case["step"], Family(there, family.records))
        assert ("." if found in REFUSALS else found) == expected


def journeys(case: Case) -> None:
    family = family_of(case)
    assert work_order.advance(family) == case["advance"]
    assert [[guard, gap.kind, gap.target] for guard, gap in work_order.missing(family)] == case["missing"]


def conditions(case: Case) -> None:
    records = [Record(one["id"], one["type"], "order", one["data"], gone=one["gone"]) for one in case["records"]]
    family = Family(Record("order", "work_order", "order", case["data"]), tuple(records))
    found = gaps(case["condition"], case["data"], family)
    assert [[gap.kind, gap.target] for gap in found] == case["gaps"]
    assert holds(case["condition"], case["data"], family) is (not case["gaps"])


def times(case: Case) -> None:
    assert parse_time(case["text"]) == case["ms"]
    assert (format_time(case["ms"]) == case["text"]) is case["wire"]


def promised(case: Case) -> None:
    kept = case["kept"]
    about = (kept[name] for name in ("name", "start", "stop", "limit", "limit_unit", "calendar", "source"))
    timer, start = Timer(*about, pausable=bool(kept["pausable"])), kept["start_at"]
    assert promises.fields(judged(timer, Course({"received": start}, (), start), start)) == kept
    found = reckoned(timer, case["events"], case["now"])
    assert found == {name: case[name] for name in ("state", "due_at")}


def callbacks(case: Case) -> None:
    attempts = [Record(one["id"], "callback_attempt", "callback", one["data"]) for one in case["attempts"]]
    family = Family(Record("callback", "callback", "callback", {"state": "due"}), tuple(attempts))
    assert callback_attempt.callback_state(family) == case["becomes"]


def blank(case: Case) -> None:
    assert service_policy.blank(case["policy"]) == case["blank"]


def policy_versions(case: Case) -> None:
    versions = [Record(str(one["version"]), "service_policy", "", one) for one in case["versions"]]
    found = policies.holding(versions, case["moment"])
    assert (found and found.data["version"]) == case["holds"]


def recurrences(case: Case) -> None:
    assert {**case, **vector_recurrence.answered(case)} == case


def upcasts(case: Case) -> None:
    sent = parse_operation(case["operation"])
    today = understood(TRADE, case["operation"])
    assert today == replace(sent, schema=SCHEMA, body=case["today"])


def pauses(case: Case) -> None:
    found = backoff(case["attempt"], case["timed_out"], case["retry_after_ms"], case["random"])
    assert found == case["ms"]


def complaint_records(case: Case) -> None:
    assert complaint.absent(case["data"]) == case["absent"]


def complaint_steps(case: Case) -> None:
    assert complaints.taken(case["step"], complaints.found(**case["data"])) == case["leads"]


CHECKS: Mapping[str, Callable[[Case], None]] = {
    "answers": answers,
    "backoff": pauses,
    "blank": blank,
    "callbacks": callbacks,
    "canonical": canonical,
    "complaint_records": complaint_records,
    "complaint_steps": complaint_steps,
    "conditions": conditions,
    "deadlines": deadlines,
    "guards": guards,
    "journeys": journeys,
    "policy_versions": policy_versions,
    "promised": promised,
    "quotation_hash": quotation_hash,
    "recurrence": recurrences,
    "steps": steps,
    "times": times,
    "totals": totals,
    "upcasts": upcasts,
    "values": value,
    "verdict": verdict,
}
