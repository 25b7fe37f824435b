"""Users, devices and tokens: for administrators alone, and through the same path as every change."""

import pytest

from tests.backend.company import PASSWORD, STAFF, Company, Speaker

NEW = {"username": "three", "name": "演示工程师三", "roles": ["engineer"], "password": PASSWORD}
FORBIDDEN = [
    ("POST", "/api/v1/users", NEW | {"branch": "b" * 32}),
    ("POST", "/api/v1/users/{one}/password", {"password": PASSWORD}),
    ("POST", "/api/v1/users/{one}/disable", None),
    ("POST", "/api/v1/users/{one}/enable", None),
    ("POST", "/api/v1/tokens", {"user": "1" * 32, "name": "x"}),
    ("GET", "/api/v1/devices", None),
    ("DELETE", "/api/v1/devices/x", None),
]


def new_user(company: Company, admin: Speaker, **changes: object):
    branch = company.record(admin.user)["branch"]
    return admin.call("POST", "/api/v1/users", json={**NEW, "branch": branch, **changes})


def sign_in(company: Company, username: str, password: str) -> int:
    body = {"username": username, "password": password, "device": {"id": None, "name": "x"}}
    client = company.app.test_client()
    return client.post("/api/v1/session", json=body, headers={"X-Huizhi": "1"}).status_code


@pytest.mark.parametrize("username", [name for name in STAFF if name != "admin"])
@pytest.mark.parametrize(("method", "path", "body"), FORBIDDEN)
def test_nobody_else_administers(company: Company, username: str, method: str, path: str, body: dict | None):
    answer = company.speaker(username).call(method, path.format(**company.ids), json=body)
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "forbidden")


@pytest.mark.parametrize(("method", "path", "body"), FORBIDDEN)
def test_without_signing_in_there_is_nothing(company: Company, method: str, path: str, body: dict | None):
    client = company.app.test_client()
    answer = client.open(path.format(**company.ids), method=method, json=body, headers={"X-Huizhi": "1"})
    assert (answer.status_code, answer.json["error"]["code"]) == (401, "unauthenticated")


def test_a_new_user_signs_in_and_is_known_to_everyone(company: Company, admin: Speaker, stranger: Speaker):
    made = new_user(company, admin).json["id"]
    assert sign_in(company, "Three", PASSWORD) == 200
    assert made in {change["id"] for change in stranger.sync()["changes"]}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"username": "one"}, 409),
        ({"username": "Upper Case"}, 422),
        ({"password": "short"}, 422),
        ({"roles": ["system"]}, 422),
        ({"roles": []}, 422),
        ({"branch": "nowhere"}, 422),
        ({"is_admin": True}, 422),
    ],
)
def test_a_wrong_user_is_refused(company: Company, admin: Speaker, change: dict, status: int):
    assert new_user(company, admin, **change).status_code == status


def test_a_new_password_ends_the_sessions_of_the_old_one(company: Company, admin: Speaker):
    speaker = company.speaker("one")
    answer = admin.call("POST", f"/api/v1/users/{speaker.user}/password", json={"password": "another horse"})
    assert answer.status_code == 204
    assert speaker.call("GET", "/api/v1/session").status_code == 401
    assert (sign_in(company, "one", PASSWORD), sign_in(company, "one", "another horse")) == (401, 200)


def test_a_user_made_by_an_operation_signs_in_once_he_has_a_password(company: Company, admin: Speaker):
    one, branch = "e" * 32, company.record(admin.user)["branch"]
    values = {"username": "four", "name": "演示四", "roles": ["engineer"], "branch": branch, "active": True}
    admin.sync(admin.operation("user", one, one, "create", {"values": values}))
    assert sign_in(company, "four", PASSWORD) == 401
    admin.call("POST", f"/api/v1/users/{one}/password", json={"password": PASSWORD})
    assert sign_in(company, "four", PASSWORD) == 200


def test_a_username_stays_with_its_password(company: Company, admin: Speaker):
    one = company.ids["one"]
    renamed = admin.operation("user", one, one, "set", {"username": {"was": "one", "to": "boss"}})
    assert admin.sync(renamed)["answers"][0]["code"] == "immutable"


@pytest.mark.parametrize("path", ["/api/v1/users/nobody/disable", "/api/v1/users/" + "a" * 32 + "/enable"])
def test_an_unknown_user_is_not_found(admin: Speaker, path: str):
    assert admin.call("POST", path).status_code == 404


def test_a_token_speaks_for_its_user_on_a_device_of_its_own(company: Company, admin: Speaker):
    body = {"user": company.ids["two"], "name": "benchmark"}
    token = admin.call("POST", "/api/v1/tokens", json=body).json["token"]
    program = company.app.test_client()
    who = program.get("/api/v1/session", headers={"Authorization": f"Bearer {token}"}).json
    named = {one["id"]: one for one in admin.call("GET", "/api/v1/devices").json}
    assert who["user"]["username"] == "two"
    assert (named[who["device"]]["name"], named[who["device"]]["users"]) == ("benchmark", [company.ids["two"]])


def test_a_token_of_a_revoked_device_is_dead(company: Company, admin: Speaker, stranger: Speaker):
    device = stranger.call("GET", "/api/v1/session").json["device"]
    admin.call("DELETE", f"/api/v1/devices/{device}")
    assert stranger.call("GET", "/api/v1/session").status_code == 401
    (revoked,) = [one for one in admin.call("GET", "/api/v1/devices").json if one["revoked_at"]]
    assert revoked["id"] == device


def test_a_cookie_is_no_token_and_a_token_no_cookie(company: Company, admin: Speaker):
    client = company.app.test_client()
    client.set_cookie("huizhi", admin.headers["Authorization"].removeprefix("Bearer "))
    assert client.get("/api/v1/session").status_code == 401


def test_a_token_for_something_else_than_a_user_is_refused(admin: Speaker):
    body = {"user": "a" * 32, "name": "x"}
    assert admin.call("POST", "/api/v1/tokens", json=body).status_code == 404
