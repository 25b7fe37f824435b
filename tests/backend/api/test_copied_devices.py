"""A copied tablet loses nothing and sends nothing twice, and the administrator is told of it."""

import pytest
from structlog.testing import capture_logs

from backend.services.tokens import make_token
from tests.backend.company import Company, Speaker

NAME = "tablet that was copied"


@pytest.fixture
def tablet(company: Company) -> Speaker:
    """A device of the engineer who has the order."""
    return Speaker(company, company.ids["one"], make_token(company.parts, company.ids["one"], NAME))


def device_of(admin: Speaker, name: str) -> dict:
    (found,) = [one for one in admin.call("GET", "/api/v1/devices").json if one["name"] == name]
    return found


def send_as_copies(tablet: Speaker) -> list[str]:
    """The same number of the same device twice, as two tablets with one content send it."""
    twins = [tablet.set_fault("不启动") | {"n": 5}, tablet.photo("d" * 32, "f" * 64, 9) | {"n": 5}]
    return [tablet.sync(one)["answers"][0]["verdict"] for one in twins]


def test_both_copies_are_heard_and_the_administrator_is_told(company: Company, tablet: Speaker, admin: Speaker):
    assert device_of(admin, NAME)["copies"] == 0
    company.clock.now += 60_000
    assert send_as_copies(tablet) == ["applied", "applied"]
    told = device_of(admin, NAME)
    assert (told["copies"], told["copied_at"]) == (1, company.clock.now)


def test_it_stands_in_the_log_and_among_the_metrics(company: Company, tablet: Speaker):
    with capture_logs() as lines:
        send_as_copies(tablet)
    (line,) = [one for one in lines if one["event"] == "device_copied"]
    assert (line["log_level"], line["user"], line["n"]) == ("warning", tablet.user, 5)
    assert "huizhi_copied_devices 1.0" in company.app.test_client().get("/metrics").text


def test_a_device_s_wrong_clock_and_missing_numbers_are_told(company: Company, tablet: Speaker, admin: Speaker):
    tablet.sync(tablet.set_fault("不启动") | {"n": 1})
    early = {"clock": {"now": "2026-11-22T07:00:00.000Z", "uptime_ms": 1}}
    tablet.sync(tablet.set_fault("漏电", "不启动") | {"n": 4}, **early)
    told = device_of(admin, NAME)
    assert (told["missing"], told["clock_offset_ms"]) == (2, 3_600_000)


def test_a_device_that_sent_nothing_has_no_clock(admin: Speaker, tablet: Speaker):
    told = device_of(admin, NAME)
    assert (told["missing"], told["clock_offset_ms"], told["copied_at"]) == (0, None, None)
