"""At most so many exchanges at once; the others are told when to come back before anybody reads what they sent."""

import json
from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import create_environ, run_wsgi_app

from backend.api.admission import Admission, Crowd
from tests.backend.company import Speaker


class Unreadable(BytesIO):
    """A body that nobody may touch."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("the body was read")


def exchange(path: str = "/api/v1/sync", method: str = "POST") -> dict[str, Any]:
    return create_environ(path, method=method, input_stream=Unreadable())


def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [b"in"]


@pytest.fixture
def crowd() -> Crowd:
    """Room for two."""
    return Crowd(2, lambda: 0.5)


def test_there_is_room_for_so_many_and_the_next_one_is_sent_away_unread(crowd: Crowd):
    door = Admission(app, crowd)
    with crowd.entered(), crowd.entered():
        body, status, headers = run_wsgi_app(door, exchange())
    assert (status, headers["Retry-After"]) == ("503 SERVICE UNAVAILABLE", "7")
    assert json.loads(b"".join(body))["error"]["code"] == "busy"
    assert crowd.refused == 1


def test_the_room_is_given_back_also_by_one_that_failed(crowd: Crowd):
    def failing(*_: Any) -> list[bytes]:
        raise ZeroDivisionError

    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            run_wsgi_app(Admission(failing, crowd), exchange())
    assert crowd.load == 0
    assert run_wsgi_app(Admission(app, crowd), exchange())[1] == "200 OK"


def test_those_who_wait_behind_count_too(crowd: Crowd):
    crowd.behind = lambda: 2
    assert run_wsgi_app(Admission(app, crowd), exchange())[1].startswith("503")


@pytest.mark.parametrize(("path", "method"), [("/healthz", "GET"), ("/api/v1/blobs/x", "PATCH")])
def test_nothing_else_is_ever_sent_away(crowd: Crowd, path: str, method: str):
    with crowd.entered(), crowd.entered():
        assert run_wsgi_app(Admission(app, crowd), exchange(path, method))[1] == "200 OK"


def test_the_busier_it_is_the_later_everybody_is_asked_back(crowd: Crowd):
    calm = crowd.next_sync_ms()
    with crowd.entered(), crowd.entered():
        assert crowd.next_sync_ms() > 5 * calm


def test_every_answer_names_a_time_of_its_own(engineer: Speaker):
    pauses = {engineer.sync()["next_sync_ms"] for _ in range(10)}
    assert len(pauses) > 5
    assert min(pauses) >= 5_000
