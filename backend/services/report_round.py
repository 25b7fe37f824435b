"""The part of a report that only a patrol has: its machines, its window, and what it found."""

from backend.domain.work_order import PATROLS
from backend.reports.report_input import Finding, Round
from backend.services.report_facts import Facts
from backend.services.report_sections import item_labels, machine, route


def round_(facts: Facts) -> Round | None:
    """The round of a patrol order; None for any other order."""
    data = facts.order.data
    if data.get("type") not in PATROLS:
        return None
    promised = [one.data.get("due_at") for one in facts.of("deadline") if one.data["name"] == "report"]
    return Round(
        machines=tuple(machine(facts.machine(one)) for one in route(facts)),
        due_on=data.get("due_on"),
        opens_on=data.get("opens_on"),
        closes_on=data.get("closes_on"),
        report_due_at=promised[-1] if promised else None,
        findings=findings(facts),
    )


def findings(facts: Facts) -> tuple[Finding, ...]:
    """Each finding with what becomes of it."""
    labels = item_labels(facts)
    return tuple(
        Finding(
            machine=facts.machine(one.data.get("asset")).get("number"),
            item=labels.get((one.data["checklist"], one.data["item"])),
            severity=facts.word("finding_severity", one.data["severity"]),
            action=_action(facts, one.data["action"], one.data.get("advice")),
            description=one.data["description"],
        )
        for one in facts.of("finding")
    )


def _action(facts: Facts, action: str, advice: str | None) -> str:
    words = (facts.word("finding_action", action), facts.word("finding_advice", advice))
    return " · ".join(one for one in words if one)
