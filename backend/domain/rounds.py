"""Patrol rounds: the orders a plan makes, the machines each visits, and what becomes of a round not done in time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from backend.domain.derived import Change, create, place, record_id, terms
from backend.domain.planning import recurrence
from backend.domain.recurrence import Occurrence, absorbed, occurrences
from backend.domain.work_calendar import DAY, WorkCalendar, at, ends
from backend.domain.work_order import WAITING
from sync.records import Record

Data = Mapping[str, Any]

HORIZON = 30 * DAY


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a plan's rounds need beside the plan: templates, calendar, machines, the larger plans of its family.

    `policy` gives the version of its policy that a round received at a moment takes.
    """

    templates: Mapping[str, Data]
    calendar: WorkCalendar
    machines: Mapping[str, Data]
    larger: Sequence[Data]
    policy: Callable[[int], Record | None]


def rounds(plan: Record, around: Surroundings, first: date, last: date) -> Iterator[list[Change]]:
    """For each due day in `first`..`last` the round as one group of changes; absorbed machines are left out."""
    data: Data = plan.data
    machines = working(data, around, first)
    if not machines or data.get("active") is False:
        return
    larger = [
        (one, list(occurrences(recurrence(one), first - HORIZON, last + HORIZON, around.calendar)))
        for one in around.larger
    ]
    for day in occurrences(recurrence(data), first, last, around.calendar):
        due = [machine for machine in machines if not _absorbed(machine, day, larger)]
        if due:
            yield _round(plan, around, day, due, day.nominal.isoformat())


def template_of(plan: Data, machine: str) -> str:
    """The checklist of one machine: its own if the plan names one, else that of the plan."""
    own = (one["template"] for one in plan.get("templates") or () if one["asset"] == machine)
    return str(next(own, plan["template"]))


def working(plan: Data, around: Surroundings, today: date) -> list[str]:
    """The plan's machines that are not retired, in the order of its route."""
    return [
        machine
        for machine in plan["assets"]
        if machine in around.machines and not _retired(around.machines[machine], today)
    ]


def by_usage(plan: Record, around: Surroundings, today: date) -> Iterator[list[Change]]:
    """A round for every machine whose running hours passed another multiple of the interval."""
    data: Data = plan.data
    interval, base = data.get("usage_hours"), data.get("usage_base") or 0
    if not interval or data.get("active") is False:
        return
    for machine in working(data, around, today):
        passed = ((around.machines[machine].get("running_hours") or 0) - base) // interval
        if passed > 0:
            hours = base + passed * interval
            closes = today + (data.get("tolerance_after") or 0) * DAY
            yield _round(plan, around, Occurrence(today, today, today, closes), [machine], f"{machine} {hours} h")


def special(plan: Record, around: Surroundings, wish: Data, today: date, now: int) -> list[Change]:
    """A round made now of all machines of a plan or site, whatever its rhythm; empty if all of them are retired.

    The same wish on the same day is the same round.
    """
    machines = working(plan.data, around, today)
    if not machines:
        return []
    day = Occurrence(today, today, today, today + wish["days"] * DAY)
    key = f"special {today} {wish['reason']}"
    first, *lists = _round(plan, around, day, machines, key)
    number = f"TX-{first.record[-6:].upper()}-{today:%Y%m%d}"
    about = {
        "number": number,
        "type": "special_patrol",
        "priority": "urgent" if wish["urgent"] else "planned",
        "received_at": now,
        "title": f"{wish['reason']}：{plan.data['name']}"[:LONGEST_TITLE],
    }
    values = {**first.body["values"], **about, **terms(around.policy(now))}
    if plan.type != "patrol_plan":
        del values["plan"]
    return [replace(first, body={"values": values}), *lists]


LONGEST_TITLE = 200


def missed(order: Record, calendar: WorkCalendar, now: int) -> list[Change]:
    """The changes that mark a round as missed when its window has closed before anybody began it."""
    data: Data = order.data
    closes = closing(data, calendar)
    if data.get("state") not in WAITING or closes is None or now < closes:
        return []
    about = f"missed {order.id} {data['closes_on']}"
    step = {"name": "miss", "from": data["state"]}
    reason = {"missed_because": {"was": data.get("missed_because"), "to": WINDOW_CLOSED}}
    return [
        Change(f"{about} because", "work_order", order.id, order.id, "set", reason, closes, about),
        Change(about, "work_order", order.id, order.id, "transition", step, closes, about),
    ]


WINDOW_CLOSED = "巡检窗口已过，未执行"


def closing(order: Data, calendar: WorkCalendar) -> int | None:
    """The moment a round's window closes: the midnight that ends its last day on site."""
    closes = order.get("closes_on")
    return None if closes is None else ends(date.fromisoformat(closes), calendar.zone)


def _round(plan: Record, around: Surroundings, day: Occurrence, machines: list[str], key: str) -> list[Change]:
    data: Data = plan.data
    moment = at(day.nominal, 0, around.calendar.zone)
    about = f"round {plan.id} {key}"
    order = record_id(about, moment)
    values = {
        "number": f"XJ-{plan.id[-6:].upper()}-{day.nominal:%Y%m%d}",
        "type": "patrol",
        "priority": "planned",
        **place(data),
        "assignee": data.get("assignee"),
        **terms(around.policy(moment)),
        "received_at": moment,
        "title": data["name"],
        "plan": plan.id,
        "assets": machines,
        "asset": machines[0] if len(machines) == 1 else None,
        "nominal_on": day.nominal.isoformat(),
        "due_on": day.due.isoformat(),
        "opens_on": day.opens.isoformat(),
        "closes_on": day.closes.isoformat(),
    }
    lists = [_checklist(plan, around, order, machine, key, moment, about) for machine in machines]
    return [create(about, "work_order", order, order, values, moment, about), *lists]


def _checklist(
    plan: Record, around: Surroundings, order: str, machine: str, key: str, moment: int, group: str
) -> Change:
    about = f"checklist {plan.id} {machine} {key}"
    named = template_of(plan.data, machine)
    template = around.templates[named]
    values = {
        "template": named,
        "template_version": template["version"],
        "name": template["name"],
        "items": template["items"],
        "asset": machine,
    }
    return create(about, "checklist", record_id(about, moment), order, values, moment, group)


def _absorbed(machine: str, day: Occurrence, larger: Sequence[tuple[Data, list[Occurrence]]]) -> bool:
    return any(machine in plan["assets"] and any(absorbed(day, one) for one in days) for plan, days in larger)


def _retired(machine: Data, today: date) -> bool:
    retired = machine.get("retired_on")
    return retired is not None and date.fromisoformat(retired) <= today
