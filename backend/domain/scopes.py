"""Who may see what: the scopes a root lies in, what an order carries along, and the scopes a user holds."""

from backend.domain.work_order import APPROVED
from sync.records import Record

REFERENCE = frozenset(
    {
        "branch",
        "user",
        "part",
        "price_list",
        "service_policy",
        "checklist_template",
        "work_calendar",
        "question_template",
    }
)  # everyone reads these
DESK_ROLES = frozenset({"dispatcher", "supervisor"})
CARRIED = ("customer", "site", "contact", "asset")
# The field that names the one person a root is for.
ADDRESSEE = {"outcome": "by", "notice": "to", "van_move": "engineer"}
# What the functions below look at: while none of it changes, nobody gains or loses sight of anything.
PLACING = frozenset({
    *CARRIED, *ADDRESSEE.values(), "assets", "branch", "root_branch", "assignee", "crew", "state", "active", "roles",
})  # fmt: skip


def scopes(root: Record) -> frozenset[str]:
    """Reference data for everyone, an order for its branch and crew, the rest by branch or for the one it names.

    From its approval on an order lies in its branch alone: no tablet keeps a customer's data longer (R-216).
    """
    data = root.data
    if root.type in REFERENCE:
        return frozenset({"reference"})
    if root.type in ADDRESSEE:
        return frozenset({f"user:{data[ADDRESSEE[root.type]]}"})
    branches = {f"branch:{data[name]}" for name in ("branch", "root_branch") if data.get(name)}
    return frozenset(branches if is_over(root) else branches | _crew(root))


def closed_scopes(root: Record) -> frozenset[str]:
    """The scopes that an order has left because its report was approved."""
    return frozenset(_crew(root)) if is_over(root) else frozenset()


def is_over(root: Record) -> bool:
    """True for an order whose report was approved."""
    return root.type == "work_order" and root.data.get("state") in APPROVED


def links(root: Record) -> frozenset[str]:
    """What an order's engineers need to see besides it."""
    if root.type != "work_order":
        return frozenset()
    carried = {str(root.data[name]) for name in CARRIED if root.data.get(name)}
    return frozenset(carried | set(root.data.get("assets") or ()))


def holdings(user: Record) -> frozenset[str]:
    """An active user holds reference data and his own orders; desk roles their branch too."""
    data = user.data
    if data.get("active") is False:
        return frozenset()
    held = {f"user:{user.id}", "reference"}
    if DESK_ROLES & set(data.get("roles") or []) and data.get("branch"):
        held.add(f"branch:{data['branch']}")
    return frozenset(held)


def _crew(root: Record) -> set[str]:
    """The scopes of an order's engineers."""
    if root.type != "work_order":
        return set()
    return {f"user:{user}" for user in (*(root.data.get("crew") or ()), root.data.get("assignee")) if user}
