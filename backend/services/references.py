"""The records that rules of the clock look up: policies, calendars, templates, people, sites and machines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any
from zoneinfo import ZoneInfo

from backend.domain import findings
from backend.domain.planning import work_calendar
from backend.domain.policy_versions import holding, known_then
from backend.domain.rounds import Surroundings, template_of
from backend.domain.work_calendar import COMPANY_ZONE, WorkCalendar
from backend.store import watch
from backend.store.sql import Sql
from sync.records import Decode, Record, from_row
from sync.store import Reader
from sync.trade import Family

Data = Mapping[str, Any]

# Round the clock needs no days: what is left is the site's zone, which is Shanghai's where nobody says otherwise.
NO_DAYS = WorkCalendar(COMPANY_ZONE, frozenset(range(5)), ((540, 1080),), frozenset(), frozenset(), frozenset())


class References:
    """What one run reads once; sites, machines and orders of the given families only."""

    def __init__(self, sql: Sql, reader: Reader, decode: Decode, families: Iterable[Family]) -> None:
        self._sql, self._decode = sql, decode
        known = [family for family in families if family.root is not None]
        wanted = {one for family in known for one in _near(family)}
        self.near = {row.id: from_row(row, decode) for row in reader.rows(sorted(wanted))} if wanted else {}
        inspected = {one for family in known for one in _inspected(family)}
        rows = reader.families(sorted(inspected)) if inspected else []
        self._kept = [from_row(row, decode) for row in rows if row.type == "asset_finding"]
        self._read: dict[str, WorkCalendar] = {}

    @cached_property
    def _policies(self) -> dict[str, Record]:
        return self._standing("service_policy")

    @cached_property
    def _calendars(self) -> dict[str, Record]:
        return self._standing("work_calendar")

    @cached_property
    def questions(self) -> dict[str, Record]:
        """The newest version of each question template, by key."""
        found = sorted(self._standing("question_template").values(), key=lambda one: int(one.data["version"]))
        return {str(one.data["key"]): one for one in found}

    @cached_property
    def _people(self) -> list[Record]:
        return [one for one in self._standing("user").values() if one.data.get("active") is not False]

    @cached_property
    def _plans(self) -> list[Record]:
        return list(self._standing("patrol_plan").values())

    def order_of(self, data: Data) -> Data:
        """The order that a callback or complaint is about; nothing if it names none, or what is no order."""
        order = str(data.get("order"))
        return self.near[order].data if self._is(order, "work_order") else {}

    def policy_of(self, data: Data) -> Data:
        """The version an order names; if it names none, the fallback it was received under."""
        named = self._policies.get(str(data.get("policy"))) or self._fallback(int(data["received_at"]))
        return named.data if named is not None else {}

    def version_for(self, policy: object, moment: int) -> Record | None:
        """The version of a policy, named by any of its versions, that an order received at a moment takes."""
        named = self._policies.get(str(policy))
        return None if named is None else holding(self._versions(str(named.data["key"])), moment)

    def _fallback(self, received: int) -> Record | None:
        return holding(known_then(self._versions("default"), received), received)

    def _versions(self, key: str) -> list[Record]:
        return [one for one in self._policies.values() if one.data["key"] == key]

    def calendar_of(self, data: Data) -> WorkCalendar:
        """The plan's calendar, else the first one, in the zone of the site."""
        named = self._calendars.get(str(data.get("calendar"))) or next(iter(self._calendars.values()), None)
        known = self._calendar(named) if named is not None else NO_DAYS
        zone = self._site(data).get("timezone")
        return replace(known, zone=ZoneInfo(zone)) if zone else known

    def _calendar(self, record: Record) -> WorkCalendar:
        if record.id not in self._read:
            self._read[record.id] = work_calendar(record.data)
        return self._read[record.id]

    def band_of(self, data: Data) -> str | None:
        """The region band of the order's site."""
        band = self._site(data).get("region_band")
        return str(band) if band else None

    def ladder(self, branch: str) -> Mapping[int, Sequence[str]]:
        """Who is told at 100, 150 and 200 percent: dispatchers, supervisors, supervisors again."""
        supervisors = self._with_role(branch, "supervisor")
        return {100: self._with_role(branch, "dispatcher"), 150: supervisors, 200: supervisors}

    def kept_on(self, family: Family) -> list[Record]:
        """What the machines of a finished round keep of findings."""
        machines = set(_inspected(family))
        return [one for one in self._kept if one.root in machines]

    def surroundings(self, plan: Record, calendar: WorkCalendar) -> Surroundings | None:
        """What a plan's rounds need; None while one of its checklist templates is unknown."""
        own = {template_of(plan.data, machine) for machine in plan.data["assets"]}
        named = {str(plan.data["template"]), *own}
        templates = {one: self.near[one].data for one in named if self._is(one, "checklist_template")}
        if named != templates.keys():
            return None
        machines = {one: self.near[one].data for one in plan.data["assets"] if one in self.near}
        policy = partial(self.version_for, plan.data.get("policy"))
        return Surroundings(templates, calendar, machines, self._larger(plan), policy)

    def _larger(self, plan: Record) -> list[Data]:
        family, rank = plan.data.get("family"), plan.data.get("rank") or 0
        if not family:
            return []
        return [
            one.data
            for one in self._plans
            if one.data.get("family") == family
            and (one.data.get("rank") or 0) > rank
            and one.data.get("active") is not False
        ]

    def _is(self, record: str, type_name: str) -> bool:
        return record in self.near and self.near[record].type == type_name

    def _site(self, data: Data) -> Data:
        site = self.near.get(str(data.get("site")))
        return site.data if site is not None else {}

    def _with_role(self, branch: str, role: str) -> list[str]:
        return [
            one.id for one in self._people if role in one.data.get("roles", []) and one.data.get("branch") == branch
        ]

    def _standing(self, type_name: str) -> dict[str, Record]:
        return {row.id: from_row(row, self._decode) for row in watch.standing(self._sql, type_name)}


def _near(family: Family) -> Iterator[str]:
    """The records that the rules of one root look at beside it."""
    assert family.root is not None
    data = family.root.data
    yield from (str(data[name]) for name in ("site", "template", "order") if data.get(name))
    yield from data.get("assets") or ()
    yield from (str(one["template"]) for one in data.get("templates") or ())
    if data.get("opened_from"):
        yield findings.kept_id(str(data["opened_from"]))
    yield from (str(one.data["template"]) for one in family.of("checklist") if one.data.get("template"))
    for one in family.of("finding"):
        yield findings.kept_id(one.id)
        yield from filter(None, [one.data.get("asset")])


def _inspected(family: Family) -> Sequence[str]:
    """The machines of a round that is finished."""
    assert family.root is not None
    return family.root.data.get("assets") or () if findings.is_finished_round(family.root) else ()
