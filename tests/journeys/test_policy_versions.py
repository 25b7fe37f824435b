"""An administrator makes a version that holds from a later day; until then orders are taken under the one of today."""

from datetime import UTC, datetime

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.policies import PoliciesScreen
from tests.journeys.patrol import SHANGHAI
from tests.journeys.tablet import DESK

POLICY = "有偿维修服务"


def test_r_005_the_desk_says_who_made_a_version_and_which_one_holds(company: Company, make_tablet: MakeTablet):
    desk = make_tablet(**DESK)
    company.sign_in(desk, "admin").is_synced()
    policies = PoliciesScreen(desk.page)
    policies.open(POLICY)
    policies.begins(POLICY, "2026-01-01")
    policies.is_refused(POLICY, "before_the_newest_version")
    next_year = (datetime.now(UTC) + SHANGHAI).year + 1
    policies.begins(POLICY, f"{next_year}-01-01")
    policies.publish(POLICY, "45", version=2)
    policies.stands(POLICY, 2, "comes", f"{next_year}年1月1日")
    policies.stands(POLICY, 2, "comes", "演示管理员")
    policies.stands(POLICY, 1, "holds", policies.words("desk_version_holds"))
    versions = [one for one in company.account("admin").records().all("service_policy") if one["key"] == "paid-repair"]
    assert {one["version"]: one["timers"][0]["limit"] == 45 for one in versions} == {1: False, 2: True}
