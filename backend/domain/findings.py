"""What becomes of findings: an order for those that ask for one, and what their machine keeps of each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from backend.domain.course import happened
from backend.domain.derived import Change, create, create_root, place, record_id, terms, update
from backend.domain.work_order import APPROVED, PATROLS
from sync.clock import parse_time
from sync.errors import InvalidValue, Refused
from sync.records import Record
from sync.trade import Draft, Family

SAID = ("severity", "description", "action", "advice")
UNREPAIRED = frozenset({"cancelled", "closed_refused"})
FINISHED = APPROVED | {"reported", "in_review"}
JUDGED = frozenset({"pass", "fail"})


def check(draft: Draft, family: Family) -> None:
    """A finding is about an item of a checklist on its order, and about a machine of it."""
    lists = {one.id: one for one in family.of("checklist")}
    checklist = lists.get(str(draft.data["checklist"]))
    if checklist is None:
        raise Refused("unknown_record", {"record": draft.data["checklist"]})
    if draft.data["item"] not in {item["id"] for item in checklist.data["items"]}:
        raise InvalidValue("unknown_item", field="item")
    order: Mapping[str, Any] = family.root.data if family.root else {}
    here = {checklist.data.get("asset"), order.get("asset"), *(order.get("assets") or ()), None}
    if draft.data.get("asset") not in here:
        raise Refused("unknown_record", {"record": draft.data["asset"]})


def ordered(family: Family, version_for: Callable[[object, int], Record | None]) -> Iterator[Change]:
    """An order for each finding that becomes one, under the round's policy as it is when the finding was made."""
    round_ = family.root
    assert round_ is not None
    for finding in family.of("finding"):
        if finding.data["action"] == "work_order":
            about = f"order after finding {finding.id}"
            policy = version_for(round_.data.get("policy"), happened(finding))
            values = {
                **place(round_.data),
                "number": f"YH-{finding.id[-8:].upper()}",
                "type": "repair_general",
                "priority": "urgent" if finding.data["severity"] == "critical" else "general",
                "received_at": happened(finding),
                "title": str(finding.data["description"])[:200],
                "fault": finding.data["description"],
                "asset": finding.data.get("asset"),
                **terms(policy),
                "opened_from": finding.id,
            }
            yield create_root(about, "work_order", values, found_at(finding))


def found_at(finding: Record) -> int:
    """When a finding was first recorded, whatever was said of it since."""
    return _marked(finding, "item")


def kept_id(finding: str) -> str:
    """The record in which its machine keeps a finding, so that whoever visits the machine next has it with him."""
    return record_id(f"kept finding {finding}", 0)


def kept(family: Family, known: Mapping[str, Record]) -> Iterator[Change]:
    """What machines keep of the findings of a round, in the engineer's latest words."""
    lists = {one.id: one for one in family.of("checklist")}
    for finding in family.of("finding"):
        data, machine = finding.data, finding.data.get("asset")
        said = {name: data.get(name) for name in SAID}
        stored = known.get(kept_id(finding.id))
        if stored is not None:
            yield from update(f"said {stored.id}", stored, said, happened(finding))
        elif machine in known and data["checklist"] in lists:
            template = _template(lists[data["checklist"]], known)
            values = {"finding": finding.id, "template": template, "item": data["item"], "found_at": found_at(finding)}
            about, record = f"kept finding {finding.id}", kept_id(finding.id)
            yield create(about, "asset_finding", record, str(machine), {**values, **said}, found_at(finding))


def followed(family: Family, known: Mapping[str, Record]) -> Iterator[Change]:
    """What a machine learns of the order that its finding became: the number, and how it ended."""
    order = family.root
    assert order is not None
    stored = known.get(kept_id(str(order.data.get("opened_from"))))
    if stored is not None:
        fate = {"order_number": order.data["number"], "order_end": _end(family)}
        yield from update(f"order {stored.id}", stored, fate, int(stored.data["found_at"]))


def _end(family: Family) -> str | None:
    assert family.root is not None
    state = family.root.data.get("state")
    if state in APPROVED:
        results = [one.data["result"] for one in family.of("report")]
        return "repaired" if results[-1:] == ["done"] else "unrepaired"
    return "repaired" if state == "closed_remote" else "unrepaired" if state in UNREPAIRED else None


def inspected(family: Family, kept_before: Iterable[Record], known: Mapping[str, Record]) -> Iterator[Change]:
    """A finished round has the last word on the items it judged: earlier findings there are no longer shown."""
    judged = _judged(family, known)
    own = {one.id for one in family.of("finding")}
    for stored in kept_before:
        data = stored.data
        at = judged.get((stored.root, data.get("template"), data["item"]), 0)
        if data["finding"] not in own and data.get("inspected_at") is None and at > data["found_at"]:
            yield from update(f"inspected {stored.id}", stored, {"inspected_at": at}, at)


def is_finished_round(order: Record) -> bool:
    """True for a round whose findings nobody on site changes any more."""
    return order.data.get("type") in PATROLS and order.data.get("state") in FINISHED


def _judged(family: Family, known: Mapping[str, Record]) -> dict[tuple[Any, ...], int]:
    return {
        (one.data.get("asset"), _template(one, known), item["id"]): _marked(one, f"answers/{item['id']}")
        for one in family.of("checklist")
        if not one.data.get("skipped_because")
        for item in one.data["items"]
        if (one.data.get(f"answers/{item['id']}") or {}).get("result") in JUDGED
    }


def _template(checklist: Record, known: Mapping[str, Record]) -> str | None:
    """The key that all versions of a checklist's template share."""
    template = known.get(str(checklist.data.get("template")))
    return None if template is None else str(template.data["key"])


def _marked(record: Record, field: str) -> int:
    return parse_time(record.marks[field].at)
