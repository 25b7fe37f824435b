"""Loaners: what the policy promises the customer when his machine is not running again in time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from backend.domain.deadline import BREACHED, Deadline
from backend.domain.derived import PLACE, Change, create_root
from sync.records import Record

Data = Mapping[str, Any]

LOANER = "loaner"
KEPT = (*PLACE, "asset", "policy", "policy_version", "region_band")


def promised(order: Record, policy: Data, found: Sequence[tuple[str, Deadline]]) -> Iterator[Change]:
    """An order to bring a loaner, once, where the policy says so and the limit of the repair is known to be missed."""
    rule = (policy.get("settings") or {}).get(LOANER) or {}
    if order.data.get("type") == LOANER:
        return
    missed = [one for _, one in found if one.timer.name == rule.get("when") and one.state == BREACHED]
    if missed:
        at = min(one.due_at for one in missed if one.due_at is not None)
        about = f"loaner for {order.id}"
        values = {
            **{name: order.data.get(name) for name in KEPT},
            "number": f"BJ-{order.id[-8:].upper()}",
            "type": LOANER,
            "priority": "urgent",
            "received_at": at,
            "title": f"提供备机：{order.data['title']}"[:200],
            "opened_from": order.id,
        }
        yield create_root(about, "work_order", values, at)
