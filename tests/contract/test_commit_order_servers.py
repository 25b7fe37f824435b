"""Two server processes on one database, and many threads in one: every device ends with the same view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.backend.company import ORDER, Company
from tests.support.crowd import Send, Tablet, at_once, told
from tests.support.server import Server

PUSHES = 20
STAFF = ("one", "desk", "boss", "one", "desk", "boss")
Ways = Callable[[str], list[Send]]


@pytest.fixture(params=["sqlite", "postgresql"])
def company(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Company]:
    """A company in an app of this process, on either database."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    made = Company(tmp_path / "data", database_url=url)
    made.found()
    yield made
    made.close()


@pytest.fixture
def app(company: Company) -> Ways:
    """Gives the one way into the app of this process."""
    return lambda name: [to_app(company, name)]


@pytest.fixture
def servers(company: Company, huizhi_server: Callable[..., Server]) -> Iterator[Ways]:
    """Gives the ways to two processes on the company's database."""
    settings = company.parts.config
    pair = [huizhi_server(settings.data_dir, DATABASE_URL=settings.database_url) for _ in range(2)]
    at_once(*(server.start for server in pair))
    lines: list[HTTPConnection] = []

    def ways(name: str) -> list[Send]:
        mine = [HTTPConnection(urlsplit(server.url).netloc, timeout=30) for server in pair]
        lines.extend(mine)
        return [to_server(line, company.speaker(name).headers) for line in mine]

    yield ways
    for line in lines:
        line.close()


def to_app(company: Company, name: str) -> Send:
    """The way from a tablet into the app of this process."""
    speaker = company.speaker(name)

    def send(body: bytes) -> tuple[int, bytes]:
        answer = speaker.call("POST", "/api/v1/sync", data=body, content_type="application/json")
        return answer.status_code, answer.data

    return send


def to_server(line: HTTPConnection, headers: dict[str, str]) -> Send:
    """The way from a tablet to one server process."""

    def send(body: bytes) -> tuple[int, bytes]:
        line.request("POST", "/api/v1/sync", body, {**headers, "Content-Type": "application/json"})
        answer = line.getresponse()
        return answer.status, answer.read()

    return send


def spread(company: Company, ways: Ways, names: tuple[str, ...]) -> list[Tablet]:
    """A tablet for each name, each on another server than the one before."""
    return [
        Tablet(company.ids[name], found[number // 3 % len(found)])
        for number, name in enumerate(names)
        for found in [ways(name)]
    ]


def work(tablet: Tablet) -> None:
    """Remarks, and now and then a value that everybody writes over what his tablet shows."""
    tablet.drain()
    for number in range(PUSHES):
        tablet.write(*tablet.note(ORDER))
        if number % 3 == 0:
            shown = tablet.view[ORDER]["data"].get("fault")
            tablet.write("work_order", ORDER, ORDER, "set", {"fault": {"was": shown, "to": f"{id(tablet)}/{number}"}})
        tablet.exchange()


def epoch_of(company: Company) -> str:
    with company.parts.engine.store.read() as reader:
        return reader.head().epoch


def check_that_views_agree(company: Company, ways: Ways) -> None:
    """Everybody works at once, then sends and reads to the end: nobody lacks what a new tablet gets."""
    tablets, epoch = spread(company, ways, STAFF), epoch_of(company)
    at_once(*(lambda one=one: work(one) for one in tablets))
    for _ in range(2):
        at_once(*(tablet.drain for tablet in tablets))
    fresh = spread(company, ways, STAFF)
    at_once(*(one.drain for one in fresh))
    verdicts = told(tablets)
    print(f"{len(verdicts)} operations of six tablets, {sum(one.statuses[200] for one in tablets)} exchanges")
    assert {status for one in tablets for status in one.statuses} == {200}
    assert {one.device.disk.epoch for one in tablets} == {epoch}, "nobody takes a race for a restore"
    assert len(verdicts) == sum(len(one.made) for one in tablets)
    assert [one.view for one in tablets] == [one.view for one in fresh]


def test_devices_on_two_servers_end_with_the_same_view(company: Company, servers: Ways):
    check_that_views_agree(company, servers)


def test_threads_of_one_server_end_with_the_same_view(company: Company, app: Ways):
    check_that_views_agree(company, app)


def test_operations_sent_to_both_servers_at_once_have_one_verdict(company: Company, servers: Ways):
    tablets = spread(company, servers, ("one",) * 6)
    for _ in range(PUSHES):
        group = tablets[0].write_group(tablets[0].note(ORDER), tablets[0].note(ORDER))
        for tablet in tablets[1:]:
            tablet.device.save([dict(one) for one in group], {})
    for tablet in tablets:
        tablet.device.batch = 4  # so that they meet often
    at_once(*(tablet.drain for tablet in tablets))
    verdicts = told(tablets)
    assert (len(verdicts), {len(one) for one in verdicts.values()}) == (2 * PUSHES, {1})
