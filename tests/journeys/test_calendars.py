"""An administrator edits the work calendar: what contradicts itself is refused, what is saved moves a promised time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.calendars import CalendarsScreen
from tests.journeys.past import ORDER, finished_repair
from tests.journeys.patrol import SHANGHAI
from tests.journeys.tablet import DESK
from tests.support.polling import until
from tests.support.server import Server

DAY = timedelta(days=1)
SATURDAY = 5


@pytest.fixture
def company(huizhi_server: Callable[..., Server], tmp_path: Path) -> Company:
    """A company in which a repair was finished today: its report is due in three working days."""
    server = huizhi_server(tmp_path / "company")
    finished_repair(server.data_dir, days=0)
    server.run("seed")
    return Company(server.start())


def test_r_007_a_holiday_and_a_make_up_day_move_a_deadline_and_a_day_cannot_be_both(
    company: Company, make_tablet: MakeTablet
):
    desk = make_tablet(**DESK)
    company.sign_in(desk, "admin")
    calendars = CalendarsScreen(desk.page).open()
    this_year = (datetime.now(UTC) + SHANGHAI).year
    calendars.complete(this_year, this_year + 1)  # the deadline may lie in a year whose holidays nobody has published
    with company.server.beside("scheduler"):
        until(lambda: due_on(company) is not None, "the deadline of the report")
        *holidays, saturday = until_saturday(due_on(company))
        for day in (*holidays, saturday):
            calendars.rests(day)
        calendars.add("desk_makeup_days", saturday)
        calendars.refuses("同一天不能既是节假日又是调休工作日")
        calendars.take_away("desk_holidays", saturday)
        calendars.save()
        until(lambda: due_on(company) == saturday, "the deadline on the make-up Saturday")


def due_on(company: Company) -> date | None:
    """The day on which the report of the finished repair is due, as the site counts days."""
    promised = company.account("dispatcher").records().children(ORDER, "deadline")
    due = [one["due_at"] for one in promised if one["name"] == "report"]
    return (datetime.fromtimestamp(due[0] / 1000, UTC) + SHANGHAI).date() if due else None


def until_saturday(first: date | None) -> list[date]:
    """From a day to the next Saturday after it."""
    assert first is not None
    return [first + number * DAY for number in range((SATURDAY - first.weekday() - 1) % 7 + 2)]
