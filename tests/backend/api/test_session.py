"""Signing in: one wording for every failure, a cookie scripts cannot read, devices that keep their id."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.backend.company import PASSWORD, Company

SESSION = "/api/v1/session"
HEADERS = {"X-Huizhi": "1"}
DAY_MS = 86_400_000


def sign_in(company: Company, username: str = "one", password: str = PASSWORD, **more: object):
    client = company.app.test_client()
    return client, again(client, username, password, **more)


def again(client: FlaskClient, username: str = "one", password: str = PASSWORD, device: str | None = None, **more):
    body = {"username": username, "password": password, "device": {"id": device, "name": "平板"}}
    return client.post(SESSION, json=body, headers=HEADERS, **more)


def whoami(client: FlaskClient, **more: object) -> TestResponse:
    return client.get(SESSION, **more)


def test_the_right_password_opens_a_session(company: Company):
    client, answer = sign_in(company)
    assert answer.json["user"] == {
        "id": company.ids["one"], "username": "one", "name": "演示one", "roles": ["engineer"],
        "branch": company.record(company.ids["one"])["branch"],
    }  # fmt: skip
    assert whoami(client).json == answer.json


def test_every_failure_sounds_alike(company: Company, admin):
    admin.call("POST", f"/api/v1/users/{company.ids['two']}/disable")
    failures = [
        sign_in(company, password="wrong horse")[1],
        sign_in(company, username="nobody")[1],
        sign_in(company, username="two")[1],
    ]
    assert {(answer.status_code, answer.data) for answer in failures} == {(401, failures[0].data)}


def test_a_session_ends_when_it_is_signed_out(company: Company):
    client, _ = sign_in(company)
    cookie = client.get_cookie("huizhi").value
    assert client.delete(SESSION, headers=HEADERS).status_code == 204
    client.set_cookie("huizhi", cookie)
    assert whoami(client).status_code == 401


def test_a_session_outlives_weeks_offline_but_not_for_ever(company: Company):
    client, _ = sign_in(company)
    company.clock.now += 80 * DAY_MS
    assert whoami(client).status_code == 200
    company.clock.now += 80 * DAY_MS
    assert whoami(client).status_code == 200
    company.clock.now += 91 * DAY_MS
    assert whoami(client).status_code == 401


def test_a_disabled_user_is_out_at_once(company: Company, admin):
    client, _ = sign_in(company)
    admin.call("POST", f"/api/v1/users/{company.ids['one']}/disable")
    assert whoami(client).status_code == 401
    admin.call("POST", f"/api/v1/users/{company.ids['one']}/enable")
    assert sign_in(company)[1].status_code == 200


def test_a_user_disabled_by_an_operation_is_out_too(company: Company, admin):
    client, _ = sign_in(company)
    one = company.ids["one"]
    admin.sync(admin.operation("user", one, one, "set", {"active": {"was": True, "to": False}}))
    assert whoami(client).status_code == 401


def test_a_known_device_keeps_its_id_and_an_unknown_one_gets_another(company: Company):
    client, first = sign_in(company)
    device = first.json["device"]
    assert again(client, device=device).json["device"] == device
    assert again(client, "two", device=device).json["device"] == device
    assert again(client, device="0" * 36).json["device"] not in ("0" * 36, device)


def test_a_revoked_device_is_out_and_comes_back_as_another(company: Company, admin):
    client, first = sign_in(company)
    device = first.json["device"]
    assert admin.call("DELETE", f"/api/v1/devices/{device}").status_code == 204
    assert whoami(client).status_code == 401
    assert again(client, device=device).json["device"] != device


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(company: Company):
    _, answer = sign_in(company, base_url="https://field.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-huizhi=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize("host", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"])
def test_on_this_machine_the_cookie_works_without_https(company: Company, host: str):
    client, answer = sign_in(company, base_url=host)
    assert answer.headers["Set-Cookie"].startswith("huizhi=")
    assert "Secure" not in answer.headers["Set-Cookie"]
    assert whoami(client, base_url=host).status_code == 200


@pytest.mark.parametrize("host", ["http://field.example", "http://127.0.0.1.evil.example"])
def test_plain_http_from_elsewhere_never_gets_a_plain_cookie(company: Company, host: str):
    assert sign_in(company, base_url=host)[1].headers["Set-Cookie"].startswith("__Host-")


@pytest.mark.parametrize(("trusted", "name"), [(True, "__Host-huizhi"), (False, "huizhi")])
def test_a_proxy_is_believed_only_if_it_is_trusted(open_company, trusted: bool, name: str):
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "127.0.0.1"}
    client = open_company(trust_proxy=trusted).app.test_client()
    body = {"username": "one", "password": PASSWORD, "device": {"id": None, "name": "平板"}}
    answer = client.post(SESSION, json=body, headers={**HEADERS, **forwarded})
    assert answer.headers["Set-Cookie"].startswith(f"{name}=")


def test_ten_failures_shut_the_account_for_that_network_only(company: Company):
    client = company.app.test_client()
    here, there = {"REMOTE_ADDR": "203.0.113.7"}, {"REMOTE_ADDR": "198.51.100.7"}
    tries = [again(client, password="wrong horse", environ_overrides=here).status_code for _ in range(11)]
    assert tries == [401] * 10 + [429]
    blocked = again(client, environ_overrides={"REMOTE_ADDR": "203.0.113.99"})
    assert (blocked.status_code, int(blocked.headers["Retry-After"]) > 0) == (429, True)
    assert again(client, environ_overrides=there).status_code == 200
    assert again(client, "two", environ_overrides=here).status_code == 200


def test_writing_a_name_otherwise_gives_no_further_tries(company: Company):
    client = company.app.test_client()
    tries = [again(client, name, "wrong horse").status_code for name in ["one", "One", "oNe", "ONE"] * 3]
    assert tries == [401] * 10 + [429] * 2


def test_a_network_does_not_guess_through_all_accounts(company: Company):
    client = company.app.test_client()
    tries = [again(client, f"nobody{number}", "wrong horse").status_code for number in range(51)]
    assert tries == [401] * 50 + [429]


def test_an_unknown_network_is_counted_too(company: Company):
    client = company.app.test_client()
    nowhere = {"environ_overrides": {"REMOTE_ADDR": "unix:"}}
    assert again(client, password="wrong horse", **nowhere).status_code == 401


def test_signing_in_anew_ends_the_session_before(company: Company):
    client, _ = sign_in(company)
    before = client.get_cookie("huizhi").value
    again(client, "two")
    client.set_cookie("huizhi", before)
    assert whoami(client).status_code == 401


def test_signing_in_rightly_is_never_counted(company: Company):
    client = company.app.test_client()
    assert {again(client).status_code for _ in range(12)} == {200}


@pytest.mark.parametrize(
    "body",
    [{}, [], {"username": "one"}, {"username": 1, "password": 2, "device": 3}, {"username": "x" * 500}],
)
def test_a_wrong_shape_is_refused_with_the_fields_named(company: Company, body: object):
    answer = company.app.test_client().post(SESSION, json=body, headers=HEADERS)
    assert (answer.status_code, answer.json["error"]["code"]) == (422, "invalid_request")


def test_secrets_are_not_in_the_database(company: Company):
    client, _ = sign_in(company)
    secret = client.get_cookie("huizhi").value.encode()
    files = company.parts.config.data_dir.glob("huizhi.sqlite3*")
    assert not any(secret in path.read_bytes() or PASSWORD.encode() in path.read_bytes() for path in files)
