"""The trade as the sync engine sees it: rights, guards and derived fields of every synced type."""

from collections.abc import Callable, Mapping
from typing import Any

from backend.domain import (
    callback_attempt,
    checklist,
    complaint,
    findings,
    planning,
    quotation,
    scopes,
    service_policy,
    signoff,
    stock,
    upcasts,
    visit_time,
    work_order,
)
from sync.errors import InvalidValue, Refused
from sync.operations import Operation
from sync.policy import SITE, Model, side
from sync.records import Record
from sync.trade import Draft, Family

SCHEMA = upcasts.SCHEMA


class FieldService:
    """Field service for rented and sold equipment; implements the engine's Trade."""

    def __init__(self, model: Model, schema: int = SCHEMA) -> None:
        self.model = model
        self.schema = schema
        self.placing, self.carried = scopes.PLACING, frozenset(scopes.CARRIED)
        self.deriving = frozenset({"system", "dispatcher", "supervisor"})

    def upcast(self, op: Operation) -> Operation:
        """An operation of an older schema as an app of today would have made it."""
        return upcasts.upcast(op)

    def scopes(self, root: Record) -> frozenset[str]:
        """The scopes a root lies in."""
        return scopes.scopes(root)

    def closed_scopes(self, root: Record) -> frozenset[str]:
        """The scopes of the engineers of an order whose report was approved: they let go of it."""
        return scopes.closed_scopes(root)

    def links(self, root: Record) -> frozenset[str]:
        """Ids of other roots that are visible wherever this one is."""
        return scopes.links(root)

    def holdings(self, user: Record) -> frozenset[str]:
        """The scopes a user holds."""
        return scopes.holdings(user)

    def check(self, draft: Draft, family: Family) -> None:
        """Rules that look at more than one field, or at the order around the record."""
        rule = _CHECKS.get((draft.operation.type, draft.operation.do))
        if rule is not None:
            rule(draft, family)

    def derive(self, draft: Draft, family: Family) -> Mapping[str, object]:
        """Fields the server makes when a record is made or changed."""
        rule = _DERIVED.get(draft.operation.type)
        return rule(draft) if rule is not None else {}

    def transition(self, name: str, start: str, draft: Draft, family: Family) -> Mapping[str, object]:
        """Fields that the named transition sets on the record; empty if it is already there."""
        if draft.operation.type == "quotation":
            return _present(name, draft, family)
        if draft.operation.type == "complaint":
            return complaint.transition(name, draft, family)
        return work_order.transition(name, draft.roles, family)

    def closed(self, state: str | None, do: str) -> str | None:
        """The code that says why an order in this state takes no such change any more."""
        return work_order.closed(state, do)

    def moves(self, type_name: str) -> bool:
        """True if a change of such a record may move its order on."""
        return type_name in work_order.MOVERS or type_name in ("callback_attempt", "visit_event")

    def advance(self, family: Family, changed: str | None = None) -> Mapping[str, object]:
        """Fields of the root that follow from its records; `changed` is the type of what alone is new, if known."""
        if family.root is not None and family.root.type == "callback":
            return callback_attempt.callback_state(family)
        moved = work_order.advance(family)
        return moved if changed not in (None, "visit_event") else {**moved, **visit_time.milestones(family)}


def _present(name: str, draft: Draft, family: Family) -> dict[str, object]:
    state = family.root.data.get("state") if family.root else None
    if name != "present":
        raise Refused("wrong_state", {"name": name, "state": state})
    if "engineer" not in draft.roles or state not in work_order.ON_SITE:
        raise Refused("forbidden_field", {"field": name, "state": state})
    if draft.data.get("state") == "presented":
        return {}
    if not draft.data.get("lines"):
        raise Refused("guard_failed", {"guard": "lines", "kind": "set", "target": "lines"})
    return {
        "state": "presented",
        "total": quotation.total(draft.data["lines"]),  # type: ignore[arg-type]
        "hash": quotation.content_hash(draft.operation.root, draft.data),
    }


def _check_lines(draft: Draft, _: Family) -> None:
    if draft.record is not None and draft.record.data.get("state") != "draft":
        raise Refused("immutable", {"field": "lines"})
    lines: list[Mapping[str, Any]] = draft.data.get("lines") or []  # type: ignore[assignment]
    for number, line in enumerate(lines):
        if line["amount"] != quotation.amount(line["price"], line["quantity"]):
            raise InvalidValue("wrong_amount", field="lines", line=number)


def _check_draft_only(draft: Draft, _: Family) -> None:
    if draft.data.get("state") != "draft":
        raise Refused("immutable", {"field": "lines"})


def _check_answers(draft: Draft, _: Family) -> None:
    items = {item["id"]: item for item in draft.data.get("items") or []}  # type: ignore[attr-defined]
    body = draft.operation.body
    for name in body if draft.operation.do == "set" else draft.data:
        prefix, _slash, item = name.partition("/")
        if prefix != "answers" or name not in draft.data:
            continue
        if item not in items:
            raise InvalidValue("unknown_item", field=name)
        checklist.check_answer(items[item], draft.data[name], name)  # type: ignore[arg-type]


def _judged(draft: Draft) -> str:
    data: Mapping[str, Any] = draft.data
    return checklist.verdict(data["value"], data.get("minimum"), data.get("maximum"))


def _check_reading(draft: Draft, _: Family) -> None:
    if draft.data.get("verdict") not in (None, _judged(draft)):
        raise InvalidValue("wrong_verdict", field="verdict")


def _check_stock(draft: Draft, family: Family) -> None:
    """Everyone reads what lies at a branch; who works there moves it. On site everybody has his own van."""
    places = draft.data["from"], draft.data["to"]
    stock.check_move(*places)
    if side(draft.roles) == SITE:
        stock.check_vans(draft.user.id, places)
    branch = family.root.id if family.root and family.root.type == "branch" else None
    if branch is not None and "system" not in draft.roles and draft.user.data.get("branch") != branch:
        raise Refused("no_access")


def _check_statement(draft: Draft, _: Family) -> None:
    signoff.check_statement(draft.data["statement"], draft.data["ink"])  # type: ignore[arg-type]


def _check_report(draft: Draft, _: Family) -> None:
    if draft.data["result"] != "done" and not draft.data.get("reason"):
        raise InvalidValue("missing_reason", field="reason")


def _check_review(draft: Draft, family: Family) -> None:
    if draft.data["report"] not in {report.id for report in family.of("report")}:
        raise Refused("unknown_record", {"record": draft.data["report"]})


def _check_rating(draft: Draft, _: Family) -> None:
    """Either a score or the word that he would not give one."""
    if (draft.data.get("score") is None) != (draft.data.get("declined") is True):
        raise InvalidValue("score_or_declined", field="score")


def _check_user(draft: Draft, _: Family) -> None:
    """The system's own user is nobody's to make or change."""
    before: Mapping[str, Any] = draft.record.data if draft.record else {}
    if "system" in {*before.get("roles", ()), *draft.data["roles"]}:  # type: ignore[misc]
        raise Refused("forbidden_field", {"field": "roles", "state": None})


def _derive_order(draft: Draft) -> dict[str, object]:
    return {"state": "triaged"} if draft.record is None else {}


def _derive_reading(draft: Draft) -> dict[str, object]:
    return {"verdict": _judged(draft)}


def _derive_quotation(draft: Draft) -> dict[str, object]:
    total = quotation.total(draft.data["lines"])  # type: ignore[arg-type]
    return {"state": "draft", "total": total} if draft.record is None else {"total": total}


def _derive_signature(draft: Draft) -> dict[str, object]:
    return {**signoff.derived(draft.data["statement"]), **visit_time.timed(draft)}  # type: ignore[arg-type]


def _derive_visit_event(draft: Draft) -> dict[str, object]:
    return visit_time.timed(draft) if draft.record is None else visit_time.ruled(draft)


_CHECKS: Mapping[tuple[str, str], Callable[[Draft, Family], None]] = {
    ("quotation", "create"): _check_lines,
    ("quotation", "set"): _check_lines,
    ("quotation", "hide"): _check_draft_only,
    ("checklist", "create"): _check_answers,
    ("checklist", "set"): _check_answers,
    ("reading", "append"): _check_reading,
    ("stock_move", "move"): _check_stock,
    ("signature", "sign"): _check_statement,
    ("visit_event", "append"): visit_time.check_event,
    ("visit_event", "set"): visit_time.check_ruling,
    ("report", "append"): _check_report,
    ("rating", "append"): _check_rating,
    ("user", "create"): _check_user,
    ("user", "set"): _check_user,
    ("review", "append"): _check_review,
    ("complaint", "create"): complaint.check_new,
    ("complaint", "set"): complaint.check_handler,
    ("work_calendar", "create"): planning.check_calendar,
    ("work_calendar", "set"): planning.check_calendar,
    ("site", "create"): planning.check_site,
    ("site", "set"): planning.check_site,
    ("service_policy", "create"): service_policy.check,
    ("patrol_plan", "create"): planning.check_plan,
    ("patrol_plan", "set"): planning.check_plan,
    ("finding", "create"): findings.check,
    ("callback_attempt", "append"): callback_attempt.check,
}

_DERIVED: Mapping[str, Callable[[Draft], dict[str, object]]] = {
    "work_order": _derive_order,
    "reading": _derive_reading,
    "quotation": _derive_quotation,
    "signature": _derive_signature,
    "visit_event": _derive_visit_event,
    "complaint": complaint.derived,
    "callback": callback_attempt.derived,
    "service_policy": service_policy.derived,
}
