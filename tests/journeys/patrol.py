"""One round of a patrol plan: planned at the desk, made by the scheduler, done through the screens of a tablet."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from backend.services.seed_company import demo_id
from tests.journeys.company import Company
from tests.journeys.pages.plans import PlanScreen
from tests.journeys.pages.round import RoundScreen
from tests.journeys.pictures import photograph
from tests.journeys.program import Program
from tests.journeys.tablet import Tablet
from tests.journeys.wire import Account
from tests.support.polling import until

PLAN_NAME = "接地电阻年检"
OUT_OF_LIMIT, WITHIN = "6.2", "2.1"
INSTRUMENT = "JD-2031"
WHY_FAILED = "接地极锈蚀，接触电阻偏大"
WHY_SKIPPED = "设备停电检修，本次无法测量"
SUMMARY = "两台设备完成测量，一台停电未测"
ITEMS = ("mast-earth", "pole-earth")
MACHINES, NUMBERS = ("asset 0", "asset 12", "asset 24"), ("SB-001", "SB-013", "SB-025")
MORE = {
    "desk_contact": "contact 1",
    "desk_terms": "service_policy rental-standard",
    "desk_calendar": "work_calendar cn-office",
}
SHANGHAI = timedelta(hours=8)


def plan(desk: Program) -> str:
    """A dispatcher plans a yearly measurement of three machines on one site, due today; the plan's id."""
    values = {
        **{name: demo_id(f"{name} 1") for name in ("customer", "site", "contact")},
        "branch": demo_id("branch demo"),
        "name": PLAN_NAME,
        "template": demo_id("checklist_template pt-09-earth"),
        "assets": [demo_id(machine) for machine in MACHINES],
        "assignee": demo_id("user engineer1"),
        "policy": demo_id("service_policy rental-standard"),
        "calendar": demo_id("work_calendar cn-office"),
        "recurrence": "months",
        "every": 12,
        "anchor": (datetime.now(UTC) + SHANGHAI).date().isoformat(),
        "tolerance_after": 3,
    }
    made = desk.new_id()
    desk.make("patrol_plan", made, "create", {"values": values}, root=made)
    desk.push()
    return made


def planned(desk: Tablet) -> str:
    """The same plan made on the dispatcher's screen; its id."""
    screen = PlanScreen(desk.page).new()
    screen.fill("desk_name", PLAN_NAME)
    screen.choose("desk_customer", "演示客户01 纺织厂")
    screen.takes(*NUMBERS)
    screen.field("desk_checklist_template").select_option(demo_id("checklist_template pt-09-earth"))
    screen.choose("desk_engineer", "演示工程师一")
    screen.fill("desk_every_months", "12")
    screen.fill("desk_tolerance_after", "3")
    screen.more()
    for key, record in MORE.items():
        screen.field(key).select_option(demo_id(record))
    return screen.save()


def special(company: Company, plan: str, username: str) -> None:
    """The desk asks for a round of a plan's machines now, by this engineer."""
    wish = {"reason": "大风后复查", "urgent": True, "days": 1, "assignee": demo_id(f"user {username}")}
    company.account("dispatcher").post("/api/v1/rounds", {**wish, "targets": [{"plan": plan}]})


def scheduled(company: Company, **wanted: Any) -> str:
    """Runs a scheduler until there is an order with these fields; the order's id."""
    desk = company.account("dispatcher")
    with company.server.beside("scheduler"):
        until(lambda: bool(orders(desk, **wanted)), f"an order with {wanted}")
    (order,) = orders(desk, **wanted)
    return order


def orders(account: Account, **wanted: Any) -> list[str]:
    """Ids of the orders with these fields that somebody sees."""
    return [
        str(one["id"])
        for one in account.records().rows.values()
        if one["type"] == "work_order" and all(one["data"].get(name) == value for name, value in wanted.items())
    ]


def inspect(tablet: Tablet, folder: Path) -> RoundScreen:
    """The round as an engineer does it: one reading out of limits becomes an order, one machine is skipped."""
    patrol = RoundScreen.open(tablet.page, PLAN_NAME)
    patrol.step("inspect", "diagnosing")
    first = patrol.stop(0)
    first.measure("mast-earth", OUT_OF_LIMIT, "fail", INSTRUMENT)
    first.explain("mast-earth", WHY_FAILED)
    first.photograph("mast-earth", photograph(folder, "earth"))
    first.decide("mast-earth", "work_order")
    first.measure("pole-earth", WITHIN, "pass")
    second = first.next_machine()
    second.skip(WHY_SKIPPED)
    third = second.next_machine()
    for item in ITEMS:
        third.measure(item, WITHIN, "pass")
    third.leave()
    patrol.write("work_done", SUMMARY)
    return patrol


def sign_off(patrol: RoundScreen) -> None:
    """The customer's engineer reads the record and signs it too; then the report is handed in."""
    customer = patrol.hand_over()
    customer.shows(WHY_SKIPPED)
    customer.shows(WHY_FAILED)
    customer.decide("accept")
    customer.sign_by_finger()
    customer.rate(5)
    customer.done()
    customer.give_back()
    patrol.has_state("settled")
    patrol.conclude("done")
    patrol.finish()
