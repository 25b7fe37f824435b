"""A round of one machine as its engineer does it, from the scheduler's order to the report."""

from typing import Any

from sync.clock import format_time
from tests.backend.jobs.clockwork import Clockwork, Data, made_id

CHECKLIST = "pt-31-lighting-monthly-tour"
PASSED = {"result": "pass", "value": None, "note": None, "reason": None, "instrument": None}


class Tour:
    """Planned for today, made by the scheduler, walked by one engineer."""

    def __init__(self, clockwork: Clockwork, username: str) -> None:
        company = clockwork.company
        self.clockwork, self.speaker, self.name = clockwork, company.speaker(username), f"tour of {username}"
        known = {"template": made_id(CHECKLIST), "anchor": clockwork.today, "assignee": company.ids[username]}
        self.plan = clockwork.plan(self.name, (1,), name=self.name, every=12, **known)
        clockwork.work()
        (self.order,) = (one["id"] for one in clockwork.rounds() if one["title"] == self.name)
        (self.checklist,) = (one for one in clockwork.all("checklist") if one["root"] == self.order)
        self.does("work_order", self.order, "transition", {"name": "inspect", "from": "dispatched"})

    def does(self, kind: str, record: str, do: str, body: object, root: str | None = None) -> None:
        """One operation that the server takes, made now."""
        now = format_time(self.clockwork.company.clock.now)
        made = self.speaker.operation(kind, record, root or self.order, do, body)
        answer = self.speaker.sync({**made, "at": now}, clock={"now": now})
        assert answer["answers"][0]["verdict"] == "applied", answer["answers"]

    def finds(self, finding: str, **values: str) -> None:
        """What becomes of the first item, which failed."""
        about = {"checklist": self.checklist["id"], "item": self.checklist["items"][0]["id"], "asset": self.machine}
        known = {"severity": "major", "description": "灯杆倾斜", "action": "advise", "advice": "replacement"}
        self.does("finding", finding, "create", {"values": {**about, **known, **values}})

    def passes(self) -> None:
        """Every item is in order, the customer signs, the report is handed in."""
        for item in self.checklist["items"]:
            answer = {f"answers/{item['id']}": {"was": None, "to": PASSED}}
            self.does("checklist", self.checklist["id"], "set", answer)
        statement = {"document": "acceptance", "act": "accept", "content": {"title": "巡检记录"}}
        self.does("signature", made_id(f"sign {self.name}"), "sign", {"statement": statement, "ink": [[1, 2, 3]]})
        self.does("report", made_id(f"report {self.name}"), "append", {"values": {"result": "done"}})
        self.does("work_order", self.order, "transition", {"name": "finish", "from": "settled"})

    def carried(self) -> list[Data]:
        """What the engineer's tablet holds of earlier findings on the machine."""
        changes: list[dict[str, Any]] = self.speaker.sync()["changes"]
        return [one["data"] for one in changes if one["type"] == "asset_finding" and one["root"] == self.machine]

    @property
    def machine(self) -> str:
        """The machine of the round."""
        return str(self.checklist["asset"])
