"""A time that cannot be right is marked until the supervisor says when it was; a copied tablet is told of."""

import random

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.desk import DevicesScreen, OrderPage
from tests.journeys.program import Program
from tests.journeys.stage import at_work, prepare
from tests.journeys.tablet import DESK

ORDER = "GD-0003"
LONG_AGO, REALLY = "2026-01-01T08:00:00.000Z", "2026-03-02T09:30"


def test_a_supervisor_rules_on_a_time_that_cannot_be_right(company: Company, make_tablet: MakeTablet):
    engineer = at_work(company, "engineer1", ORDER)
    prepare(engineer)
    engineer.step("depart", "accepted", at=LONG_AGO)
    engineer.push()
    desk = make_tablet(**DESK)
    company.sign_in(desk, "supervisor")
    page = OrderPage(desk.page)
    page.open(engineer.root)
    page.has_doubt("before_seen")
    page.rule(REALLY, "门卫登记")
    page.sync_now()
    page.is_synced()
    page.is_ruled()
    events = company.account("supervisor").records().children(engineer.root, "visit_event")
    assert [one.get("ruled_because") for one in events if one["kind"] == "depart"] == ["门卫登记"]


def test_the_administrator_is_told_of_a_copied_tablet(company: Company, make_tablet: MakeTablet):
    account = company.account("engineer1")
    for seed in (1, 2):
        copy = Program(account, account.records(), ORDER, random.Random(seed))
        copy.add("note", {"text": "备注"})
        copy.push()
    desk = make_tablet(**DESK)
    company.sign_in(desk, "admin")
    devices = DevicesScreen(desk.page)
    devices.open()
    devices.tells_of_copies("program of engineer1")
