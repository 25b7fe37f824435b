"""A company in the middle of its day: a report to review, work under way, a clash, a callback, a complaint and more."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

from sync.clock import format_time
from tests.journeys import complaints, patrol
from tests.journeys.company import Company
from tests.journeys.job import repair
from tests.journeys.pages.frame import Frame
from tests.journeys.pages.order import OrderScreen
from tests.journeys.program import Program
from tests.journeys.tablet import Tablet

UNDER_WAY, ON_THE_ROAD, DISPUTED = "GD-0003", "GD-0005", "GD-0001"
PREPARED = ("contact", "tools-and-parts", "documents")
DAY_MS = 86_400_000
GOOD = {"result": "pass", "value": None, "note": None, "reason": None}


@dataclass(frozen=True)
class Stage:
    """Ids of the orders a tour stops at."""

    reviewed: str
    under_way: str
    on_the_road: str
    disputed: str
    checklist: str
    callback: str
    complaint: str
    round: str
    stop: str


def set_up(company: Company, tablet: Tablet, folder: Path) -> Stage:
    """Everybody has worked; engineer one's tablet stands at his list."""
    company.sign_in(tablet, "engineer1")
    tablet.locate()
    reviewed = repair(tablet, folder)
    OrderScreen(tablet.page).back_to_today()
    complained = complained_about(company)
    patrolled = a_round(company, tablet, folder)
    under_way = on_site(at_work(company, "engineer1", UNDER_WAY))
    on_the_road = at_work(company, "engineer1", ON_THE_ROAD)
    prepare(on_the_road)
    on_the_road.step("depart", "accepted")
    on_the_road.push()
    clash = disputed(company)
    work = (under_way.root, on_the_road.root, clash.root, under_way.checklist)
    return Stage(reviewed, *work, awaited(company), complained, *patrolled)


def complained_about(company: Company) -> str:
    """A complaint that the dispatcher has taken on, about a job of the second engineer; its id."""
    desk = hired(company, "dispatcher", UNDER_WAY)
    return complaints.complaint(desk, complaints.order(desk, "engineer2"), "engineer2")


def a_round(company: Company, tablet: Tablet, folder: Path) -> tuple[str, str]:
    """A round that waits for its signature; its id, and the checklist of its first machine."""
    plan = patrol.plan(hired(company, "dispatcher", UNDER_WAY))
    order = patrol.scheduled(company, plan=plan)
    Frame(tablet.page).sync_now()
    done = patrol.inspect(tablet, folder)
    first = done.checklist_of(0)
    done.back_to_today()
    return order, first


def hired(company: Company, username: str, number: str) -> Program:
    """A program that acts as this person on an order."""
    account = company.account(username)
    return Program(account, account.records(), number, random.Random(number))


def at_work(company: Company, username: str, number: str) -> Program:
    """A program that took this person's order."""
    program = hired(company, username, number)
    program.step("accept", "dispatched")
    program.push()
    return program


def prepare(program: Program) -> None:
    """What must be answered before departure."""
    for item in PREPARED:
        program.make("checklist", program.checklist, "set", {f"answers/{item}": {"was": None, "to": GOOD}})


def on_site(program: Program) -> Program:
    """The engineer has begun."""
    prepare(program)
    for name, start in (("depart", "accepted"), ("arrive", "departed"), ("start", "arrived")):
        program.step(name, start)
    program.push()
    return program


def disputed(company: Company) -> Program:
    """Two engineers wrote one text, and one of them what is not his to write."""
    one = at_work(company, "engineer1", DISPUTED)
    two = hired(company, "engineer2", DISPUTED)
    one.write("fault", one.fault, "控制变压器无输出")
    one.push()
    two.write("fault", two.fault, "急停回路断开，已查明")
    two.write("priority", "urgent", "general")
    two.push()
    return one


def awaited(company: Company) -> str:
    """A callback that may be made since yesterday."""
    desk = hired(company, "dispatcher", UNDER_WAY)
    records = desk.account.records()
    order = records.order(UNDER_WAY)["data"]
    about = {name: order[name] for name in ("branch", "customer", "site", "contact")}
    (asked,) = [one["questions"] for one in records.all("question_template") if one["key"] == "Q-A"]
    midnight = int(time.time() * 1000) // DAY_MS * DAY_MS
    opens, closes = midnight - DAY_MS, midnight + 4 * DAY_MS
    days = {"opens_on": format_time(opens)[:10], "closes_on": format_time(closes)[:10]}
    window = {"visible_from": opens, "closes_at": closes, **days}
    callback = desk.new_id()
    values = {**about, **window, "rule": "CB-01", "order": desk.root, "questions": asked}
    desk.make("callback", callback, "create", {"values": values}, root=callback)
    desk.push()
    return callback
