"""The clock warns the desk of a missed limit; the notice leads to the order, and is gone once it is read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.notices import NoticesScreen
from tests.journeys.past import finished_repair
from tests.journeys.tablet import DESK
from tests.support.polling import until
from tests.support.server import Server

NUMBER = "GD-0021"  # nobody answered it in time


@pytest.fixture
def company(huizhi_server: Callable[..., Server], tmp_path: Path) -> Company:
    """A company whose orders have waited since yesterday; the scheduler told everybody and has gone."""
    server = huizhi_server(tmp_path / "company")
    finished_repair(server.data_dir, days=1)
    server.run("seed")
    company = Company(server.start())
    with server.beside("scheduler"):
        until(lambda: bool(told(company)), "the notices to the dispatcher")
    return company


def told(company: Company) -> list[dict[str, Any]]:
    """What the dispatcher was told of the order."""
    records = company.account("dispatcher").records()
    order = records.order(NUMBER)["id"]
    return [one for one in records.all("notice") if one.get("order") == order]


def test_r_057_an_escalation_leads_the_desk_to_its_order_and_leaves_the_list_once_read(
    company: Company, make_tablet: MakeTablet
):
    desk = make_tablet(**DESK)
    company.sign_in(desk, "dispatcher")
    notices = NoticesScreen(desk.page).open()
    expect(notices.about(NUMBER).first).to_contain_text(notices.words.label("notice_kind", "escalation"))
    notices.follow(NUMBER)
    notices.open().read(NUMBER)
    notices.has_sent_everything()
    assert [one["seen"] for one in told(company) if one.get("seen")] == [True]
