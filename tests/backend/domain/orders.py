"""Orders with their records, built in a line: what the tests of the trade's rules stand on."""

from collections.abc import Iterable, Mapping
from typing import Any

from backend.domain.quotation import content_hash
from sync.event_time import Moment
from sync.operations import Operation
from sync.records import Record
from sync.trade import Draft, Family

ORDER = "00000000-0000-7000-8000-00000000000a"
LINE = {
    "code": "L",
    "name": "工时",
    "kind": "labour",
    "unit": "小时",
    "price": 12000,
    "quantity": "1.50",
    "amount": 18000,
    "part": None,
}


def record(kind: str, one: str, **data: Any) -> Record:
    """A record of the order; absent values are left out."""
    return Record(one, kind, ORDER, {name: value for name, value in data.items() if value is not None})


def order(*records: Record, **data: Any) -> Family:
    """An order with its records; `diagnosing` unless another state is given."""
    values = {"state": "diagnosing", **data}
    return Family(Record(ORDER, "work_order", ORDER, values), records)


def item(one: str, phase: str, **rules: Any) -> dict[str, Any]:
    """A checklist item: required, not critical, a plain check."""
    known = {"id": one, "phase": phase, "kind": "check", "required": True, "critical": False}
    return {**known, "minimum": None, "maximum": None, "photo_on_fail": True, **rules}


def checklist(items: Iterable[Mapping[str, Any]], one: str = "list", **answers: str | Mapping[str, Any]) -> Record:
    """A checklist; an answer is a result or the whole answer, its item's name with `_` for `-`."""
    given = {name: {"result": value} if isinstance(value, str) else value for name, value in answers.items()}
    return record("checklist", one, items=list(items), **{f"answers/{name}": value for name, value in given.items()})


def quotation(number: int = 1, state: str = "presented", **changes: Any) -> Record:
    """A quotation revision `q<number>` with one line."""
    data = {"number": number, "currency": "CNY", "lines": [LINE], "state": state, **changes}
    return record("quotation", f"q{number}", **data, hash=content_hash(ORDER, data))


def consent(of: Record, decision: str = "yes", one: str = "c1", **changes: Any) -> Record:
    """An oral consent with person and reason, or a refusal because of the price."""
    oral = {"mode": "oral", "person": "演示联系人", "reason_text": "电话同意"}
    known = oral if decision == "yes" else {"reason_code": "price"}
    data = {"quotation": of.id, "hash": of.data["hash"], "decision": decision, **known, **changes}
    return record("consent", one, **data)


def signature(act: str = "accept", one: str = "s1", **changes: Any) -> Record:
    """A signature under the acceptance form."""
    return record("signature", one, **{"document": "acceptance", "act": act, **changes})


def part_use(one: str = "p1", **changes: Any) -> Record:
    """A part used as the rules want it."""
    known = {"name": "接触器", "quantity": 1, "source": "original", "permission": "granted"}
    return record("part_use", one, **{**known, "new_part_shown": True, "disposition": "scrap", **changes})


def draft(kind: str, do: str, data: Mapping[str, Any], before: Record | None = None, *roles: str) -> Draft:
    """An operation about to be applied by an engineer, or by somebody with other roles."""
    operation = Operation("0" * 32, 1, "u", None, "2026-11-22T08:00:00.000Z", kind, "r", ORDER, do, data, 1, {})
    held = frozenset(roles or ("engineer",))
    return Draft(operation, before, data, Record("u", "user", "u", {}), held, 0, Moment(0, 0, 0))
