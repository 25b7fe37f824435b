"""The desk plans: what cannot be is refused in words, what can be becomes rounds, and an event calls for rounds now."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from backend.services.seed_company import demo_id
from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.plans import PlanScreen, SpecialScreen
from tests.journeys.patrol import SHANGHAI, orders, scheduled
from tests.journeys.tablet import DESK, Tablet

ENGINEER = "演示工程师二"


@pytest.fixture
def desk(company: Company, make_tablet: MakeTablet) -> Tablet:
    """The dispatcher's screen."""
    tablet = make_tablet(**DESK)
    company.sign_in(tablet, "dispatcher")
    return tablet


def today() -> date:
    return (datetime.now(UTC) + SHANGHAI).date()


def begin(desk: Tablet) -> PlanScreen:
    """A daily plan of one machine."""
    plan = PlanScreen(desk.page).new()
    plan.fill("desk_name", "每日点检")
    plan.choose("desk_customer", "演示客户02 食品厂")
    plan.takes("SB-002")
    plan.field("desk_checklist_template").select_option(demo_id("checklist_template pt-30-daily-log"))
    plan.choose("desk_engineer", ENGINEER)
    plan.recurs("daily")
    return plan


def test_r_152_a_plan_that_could_never_be_due_is_refused_at_its_field_until_it_can(desk: Tablet):
    plan = begin(desk)
    plan.refuses("tolerance", "执行窗口比周期还长")
    plan.recurs("weekdays")
    plan.refuses("weekdays", "这样的计划永远不会到期：请至少选择一天")
    plan.page.get_by_role("checkbox", name="周一").check()
    plan.fill("desk_until", "2026-01-01")
    plan.refuses("until", "早于首个到期日")


def test_r_153_a_plan_made_at_the_desk_becomes_the_rounds_it_foretold_and_none_after_its_end(
    company: Company, desk: Tablet
):
    plan = begin(desk)
    plan.fill("desk_tolerance_after", "0")
    plan.has_days(today().isoformat())
    made = plan.save()
    scheduled(company, plan=made, due_on=today().isoformat())
    rounds = len(orders(company.account("dispatcher"), plan=made))
    plan.end()
    assert rounds == 31
    expect(plan.page.get_by_text(plan.words("desk_plan_ended"))).to_be_visible()


def test_r_161_one_action_makes_special_rounds_at_a_plan_and_at_a_site(company: Company, desk: Tablet):
    started = SpecialScreen(desk.page).open().start("weather", "演示异常后特殊巡查 提升泵房", "一号车间 市区")
    records = company.account("engineer2").records().rows
    [seen] = [one for one in started if one in records]
    assert records[seen]["data"]["assets"] == [demo_id("asset 5"), demo_id("asset 17")]
    assert records[seen]["data"]["priority"] == "urgent"
