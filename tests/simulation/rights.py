"""Who sees and who writes what, said a second time and independently of the engine and the trade."""

from __future__ import annotations


class Truth(dict[str, dict]):
    """Every record by id, as the server holds it; `opened` are the roots an order opens to its engineers."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: dict[str, set[str]] = {}

    def learn(self, row: dict) -> None:
        self[row["id"]] = row
        if row["type"] == "work_order":
            self.opened[row["id"]] = {row["data"].get(name) for name in ("customer", "site", "contact", "asset")}


REFERENCE = ("branch", "user", "part", "price_list", "service_policy", "checklist_template")
WAY = (
    "intake", "triaged", "dispatched", "accepted", "departed", "arrived", "diagnosing", "quoted", "consented",
    "repairing", "testing", "cleaning_up", "acceptance", "settled", "reported", "in_review", "archived",
)  # fmt: skip
DESK = {"dispatcher", "supervisor"}
CLOSED = {"archived", "cancelled", "closed_refused", "closed_remote", "callback_due", "callback_done"}
APPROVED = {"archived", "callback_due", "callback_done"}  # nobody on site keeps these
NOT_ON_SITE = CLOSED | {"intake", "triaged", "remote_support", "dispatched", "reported", "in_review"}
NOT_FOR_FACTS = CLOSED | {"intake", "triaged", "remote_support"}

SITE_FIELDS = {"fault", "diagnosis", "cause", "work_done", "next_maintenance_on", "expected_completion"}
HOLD_FIELDS = {"hold_reason", "hold_until", "hold_told"}
DESK_FIELDS = {
    "type", "priority", "severity", "grade", "customer", "site", "contact", "asset", "title", "customer_wish",
    "entitlement", "assignee", "appointment_start", "appointment_end", "crew", "cancel_reason",
}  # fmt: skip
ENGINEERS_FACTS = {
    "reading", "visit_event", "photo", "note", "consent", "stock_move", "signature", "rating", "report",
}  # fmt: skip
LATE_FACTS = {"reading", "visit_event", "photo", "note", "signature", "rating"}
ENGINEERS_WORK = {"quotation", "part_use", "checklist"}
DESK_RECORDS = {"work_order", "customer", "site", "contact", "asset"}


def passed(before: str, after: str) -> set[str]:
    """The states an order was in on its way from one to the other."""
    if before not in WAY or after not in WAY:
        return {before, after}
    first, last = sorted((WAY.index(before), WAY.index(after)))
    return set(WAY[first : last + 1])


def roles_of(truth: Truth, user: str) -> set[str]:
    return set(truth[user]["data"].get("roles", ()))


def visible(truth: Truth, user: str, root: str) -> bool:
    """True if this user may see this root and everything under it."""
    row = truth[root]
    kind, data = row["type"], row["data"]
    if kind in REFERENCE:
        return True
    if kind == "outcome":
        return data["by"] == user
    person = truth[user]["data"]
    branches = {data.get("branch"), data.get("root_branch")} - {None}
    if DESK & set(person["roles"]) and person.get("branch") in branches:
        return True
    if kind == "work_order":
        return data.get("state") not in APPROVED and (user == data.get("assignee") or user in (data.get("crew") or ()))
    return any(root in opened and visible(truth, user, order) for order, opened in truth.opened.items())


def closed(truth: Truth, root: str) -> bool:
    """True for an approved order, and for what such a one opened to its engineers."""
    orders = [order for order, opened in truth.opened.items() if root == order or root in opened]
    return any(truth[order]["data"].get("state") in APPROVED for order in orders)


def may_write(truth: Truth, user: str, operation: dict, states: set[str]) -> bool:
    """True if this operation was the user's to make while its order was in one of these states."""
    if operation["by"] != user or not visible(truth, user, operation["root"]):
        return False
    root = truth[operation["root"]]
    around = (states | {str(root["data"].get("state"))}) if root["type"] == "work_order" else {""}
    return any(role_may(role, operation, around) for role in roles_of(truth, user))


def only_adds(operation: dict) -> bool:
    """True for a fact that is welcome from one who no longer has the order."""
    if operation["do"] == "set":
        return operation["type"] == "checklist" and all(name.startswith("answers/") for name in operation["set"])
    return operation["do"] in ("append", "sign") and operation["type"] in LATE_FACTS


def role_may(role: str, operation: dict, states: set[str]) -> bool:
    kind, do = operation["type"], operation["do"]
    if role == "admin":
        return kind in REFERENCE
    if do in ("resolve", "unpark", "dismiss"):
        return role in DESK
    if do == "set":
        return all(may_set(role, kind, name, states) for name in operation["set"])
    if do == "transition":
        return may_step(role, operation["transition"]["name"])
    if do in ("hide", "restore"):
        return (role == "engineer" and bool(states - NOT_ON_SITE)) or (role == "supervisor" and bool(states - CLOSED))
    if kind == "visit_event" and role in DESK:
        return operation["append"]["values"]["kind"] in ("hold", "resume") and bool(states - NOT_FOR_FACTS)
    return may_make(role, kind, states)


def may_set(role: str, kind: str, name: str, states: set[str]) -> bool:
    if role == "engineer":
        site = (kind == "work_order" and name in SITE_FIELDS) or kind in ENGINEERS_WORK
        late = (kind == "work_order" and name in HOLD_FIELDS) or (kind == "photo" and name == "caption")
        machine = kind == "asset" and name == "condition"
        return (site and bool(states - NOT_ON_SITE)) or (late and bool(states - NOT_FOR_FACTS)) or machine
    if role not in DESK:
        return False
    findings = name in SITE_FIELDS and (role == "supervisor" or bool(states - CLOSED))
    if kind == "work_order":
        return name in DESK_FIELDS or name in HOLD_FIELDS or findings
    return kind in DESK_RECORDS or (kind == "photo" and name == "caption" and role == "supervisor")


def may_step(role: str, name: str) -> bool:
    if name in ("approve", "return"):
        return role == "supervisor"
    if name in ("cancel", "reopen"):
        return role in DESK
    return role == "engineer" or (name in ("hold", "resume") and role in DESK)


def may_make(role: str, kind: str, states: set[str]) -> bool:
    if role == "engineer":
        facts = kind in ENGINEERS_FACTS and bool(states - NOT_FOR_FACTS)
        return facts or (kind in ENGINEERS_WORK and bool(states - NOT_ON_SITE))
    if role == "dispatcher":
        return kind in DESK_RECORDS | {"note", "checklist", "stock_move"}
    pictures = kind == "photo" and bool(states - CLOSED)
    return role == "supervisor" and (pictures or kind in DESK_RECORDS | {"note", "review"})
