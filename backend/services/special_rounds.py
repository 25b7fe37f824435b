"""Starts special patrols: one wish of the desk makes a round now at every plan or site it names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from backend.domain import rounds
from backend.domain.derived import Change, operations
from backend.domain.work_calendar import local_day
from backend.services.parts import Parts
from backend.services.references import References
from backend.services.session import Caller
from backend.services.visibility import sees_root
from backend.services.watch import missing
from sync.errors import Fault
from sync.exchange import submit
from sync.push import PARKED
from sync.records import Record, from_row
from sync.store import Reader
from sync.trade import Family

Wish = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Started:
    """The order that a plan or site got; None if all its machines are retired."""

    target: str
    order: str | None


def start(parts: Parts, who: Caller, wish: Wish) -> list[Started]:
    """Make the rounds as changes of the caller, none if a place is unknown; what it made today stays as it is."""
    now = parts.now()
    with parts.engine.store.read() as reader, parts.database.read() as sql:
        plans = [_plan(parts, reader, who, target, wish) for target in wish["targets"]]
        known = References(sql, reader, parts.engine.decode, [Family(plan, ()) for plan in plans])
        found = [(plan.id, _round(known, plan, wish, now)) for plan in plans]
        wanted = missing(reader, [change for _, changes in found for change in changes])
    answers = submit(parts.engine, who.session, operations(wanted, who.id, parts.engine.trade.schema), now)
    refused = next((one for one in answers if one.verdict == PARKED), None)
    if refused is not None:
        raise Fault("invalid_request", {"code": refused.code, **refused.detail})
    return [Started(target, changes[0].record if changes else None) for target, changes in found]


def _plan(parts: Parts, reader: Reader, who: Caller, target: Wish, wish: Wish) -> Record:
    """The plan named, or the site as if it were one."""
    named = str(target.get("plan") or target.get("site") or "")
    rows = list(reader.rows([named])) if named and sees_root(reader, who.id, named) else []
    kind = "patrol_plan" if target.get("plan") else "site"
    if not rows or rows[0].type != kind or rows[0].gone:
        raise Fault("not_found")
    record = from_row(rows[0], parts.engine.decode)
    data = {**record.data, "assignee": wish["assignee"] or record.data.get("assignee")}
    if kind == "site":
        data |= {"site": record.id, "template": target.get("template"), "assets": target.get("assets") or []}
    return replace(record, data=data)


def _round(known: References, plan: Record, wish: Wish, now: int) -> list[Change]:
    calendar = known.calendar_of(plan.data)
    around = known.surroundings(plan, calendar)
    if around is None:
        raise Fault("invalid_request", {"template": "unknown"})
    site = plan.data["site"]
    here = {one: machine for one, machine in around.machines.items() if machine.get("site") == site}
    machines = around.machines if plan.type == "patrol_plan" else here
    return rounds.special(plan, replace(around, machines=machines), wish, local_day(now, calendar.zone), now)
