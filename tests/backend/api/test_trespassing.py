"""Nobody reads or changes what is not his: not through references, decisions, borrowed ids or the system's name."""

import pytest

from backend.services.accounts import create_user, write
from backend.services.founding import SYSTEM, SYSTEM_USER
from tests.backend.api.test_blobs import picture, sha, take_photo, upload
from tests.backend.company import CUSTOMER, ORDER, PASSWORD, START, Company, Speaker

FAR, FAR_CUSTOMER, FAR_ORDER = "b" * 31 + "1", "c" * 31 + "1", "a" * 31 + "1"
MADE = "9" * 32


@pytest.fixture
def far(company: Company) -> Company:
    """The company with a second branch, its dispatcher, supervisor, customer and order."""
    write(company.parts, SYSTEM, "branch", FAR, "create", {"values": {"code": "far", "name": "演示分公司二"}})
    for username, role in (("far_desk", "dispatcher"), ("far_boss", "supervisor")):
        person = {"username": username, "name": username, "roles": [role], "branch": FAR}
        company.ids[username] = create_user(company.parts, SYSTEM, password=PASSWORD, **person)
    customer = {"branch": FAR, "name": "演示客户二"}
    write(company.parts, SYSTEM, "customer", FAR_CUSTOMER, "create", {"values": customer})
    write(company.parts, SYSTEM, "work_order", FAR_ORDER, "create", {"values": order(FAR, FAR_CUSTOMER)})
    return company


def order(branch: str, customer: str, **more: object) -> dict[str, object]:
    about = {"number": "WO-2", "type": "repair_urgent", "priority": "urgent", "received_at": START, "title": "漏水"}
    return {**about, "branch": branch, "customer": customer, **more}


def make(speaker: Speaker, kind: str, record: str, values: dict[str, object]) -> dict:
    return speaker.sync(speaker.operation(kind, record, record, "create", {"values": values}))["answers"][0]


def change(speaker: Speaker, kind: str, record: str, field: str, was: object, to: object) -> dict:
    body = {field: {"was": was, "to": to}}
    return speaker.sync(speaker.operation(kind, record, record, "set", body))["answers"][0]


def unpark(speaker: Speaker) -> dict:
    (parked,) = [one["id"] for one in speaker.sync()["changes"] if one["type"] == "parked"]
    return speaker.sync(speaker.operation("parked", parked, parked, "unpark", {}))["answers"][0]


@pytest.mark.parametrize("field", ["customer", "site", "contact", "asset"])
@pytest.mark.parametrize("foreign", [FAR_CUSTOMER, FAR_ORDER, "e" * 32])
def test_naming_a_foreign_record_in_an_order_does_not_open_it(far: Company, field: str, foreign: str):
    desk = far.speaker("desk")
    values = order(far.record(desk.user)["branch"], CUSTOMER) | {field: foreign}
    assert make(desk, "work_order", MADE, values)["code"] == "no_access"
    assert foreign not in {one["id"] for one in desk.sync()["changes"]}


def test_an_order_is_not_pointed_at_a_foreign_customer_later(far: Company):
    desk = far.speaker("desk")
    assert change(desk, "work_order", ORDER, "customer", CUSTOMER, FAR_CUSTOMER)["code"] == "no_access"


def test_a_customer_and_his_order_may_be_made_together(company: Company):
    desk, branch = company.speaker("desk"), company.record(company.ids["desk"])["branch"]
    group = {"group": {"id": "7" * 32, "of": 2}}
    customer = desk.operation("customer", MADE, MADE, "create", {"values": {"branch": branch, "name": "演示客户三"}})
    made = desk.operation("work_order", "8" * 32, "8" * 32, "create", {"values": order(branch, MADE)})
    answers = desk.sync(customer | group, made | group)["answers"]
    assert [one["verdict"] for one in answers] == ["applied", "applied"]


def test_nobody_plants_an_order_in_another_branch_by_joining_its_crew(far: Company):
    desk = far.speaker("desk")
    assert make(desk, "work_order", MADE, order(FAR, CUSTOMER, crew=[desk.user]))["code"] == "no_access"


def test_a_supervisor_does_not_lift_himself_into_another_branch_by_unparking(far: Company):
    boss = far.speaker("boss")
    assert change(boss, "work_order", FAR_ORDER, "title", "漏水", "改写")["code"] == "no_access"
    assert unpark(boss)["code"] == "no_access"
    assert far.record(FAR_ORDER)["title"] == "漏水"


def test_a_supervisor_lets_through_what_an_engineer_did_on_an_order_he_lost(company: Company, stranger: Speaker):
    note = stranger.operation("note", MADE, ORDER, "append", {"values": {"text": "已通知客户"}})
    assert stranger.sync(note)["answers"][0]["code"] == "no_access"
    assert unpark(company.speaker("boss"))["verdict"] == "applied"


def test_a_malformed_photo_gives_nobody_the_bytes_of_another(engineer: Speaker, stranger: Speaker):
    take_photo(engineer, picture())
    upload(engineer, picture())
    assert stranger.sync(stranger.photo("", sha(picture()), 10))["answers"][0]["verdict"] == "parked"
    assert stranger.call("GET", f"/api/v1/blobs/{sha(picture())}").status_code == 404


def test_an_administrator_does_not_become_the_system(admin: Speaker):
    assert change(admin, "user", admin.user, "roles", ["admin"], ["admin", "system"])["code"] == "forbidden_field"


@pytest.mark.parametrize(
    ("field", "was", "to"), [("roles", ["system"], ["admin"]), ("active", True, False), ("name", "系统", "x")]
)
def test_the_systems_own_user_is_nobodys_to_change(admin: Speaker, field: str, was: object, to: object):
    assert change(admin, "user", SYSTEM_USER, field, was, to)["code"] == "forbidden_field"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/tokens", {"user": SYSTEM_USER, "name": "x"}),
        (f"/api/v1/users/{SYSTEM_USER}/password", {"password": PASSWORD}),
        (f"/api/v1/users/{SYSTEM_USER}/disable", None),
    ],
)
def test_nobody_speaks_as_the_system(admin: Speaker, path: str, body: dict | None):
    assert admin.call("POST", path, json=body).status_code == 404


@pytest.fixture
def disputed_name(admin: Speaker) -> tuple[str, dict]:
    """A conflict on the administrator's own user record, opened by two changes of his that crossed."""
    change(admin, "user", admin.user, "roles", ["admin"], ["admin", "dispatcher"])
    change(admin, "user", admin.user, "roles", ["admin"], ["admin", "supervisor"])
    (conflict,) = [one for one in admin.sync()["changes"] if one["type"] == "conflict"]
    return conflict["id"], conflict["data"]


def decide(speaker: Speaker, root: str, conflict: str, data: dict, choose: dict) -> dict:
    saw = [data["live"]["op"], *(one["op"] for one in data["candidates"])]
    body = {"conflict": conflict, "choose": choose, "reason": "x", "saw": saw}
    return speaker.sync(speaker.operation("conflict", conflict, root, "resolve", body))["answers"][0]


@pytest.mark.parametrize("username", ["desk", "boss", "one"])
def test_roles_are_not_given_away_by_deciding_a_conflict(
    company: Company, admin: Speaker, disputed_name: tuple[str, dict], username: str
):
    answer = decide(company.speaker(username), admin.user, *disputed_name, {"value": ["admin", "engineer"]})
    assert answer["code"] == "forbidden_field"


def test_administrators_decide_about_reference_data(admin: Speaker, disputed_name: tuple[str, dict]):
    assert decide(admin, admin.user, *disputed_name, {"value": ["admin"]})["verdict"] == "applied"


def test_an_engineer_does_not_take_away_the_checklist_his_steps_hang_on(company: Company, engineer: Speaker):
    name = {"zh-CN": "检查表", "zh-TW": "檢查表", "en": "Checklist"}
    desk = company.speaker("desk")
    desk.sync(desk.operation("checklist", MADE, ORDER, "create", {"values": {"name": name, "items": []}}))
    hidden = engineer.sync(engineer.operation("checklist", MADE, ORDER, "hide", {"reason": "x"}))
    assert hidden["answers"][0]["code"] == "forbidden_field"


def test_no_record_takes_an_id_that_the_engine_will_need(engineer: Speaker):
    note = engineer.operation("note", "d" * 64, ORDER, "append", {"values": {"text": "x"}})
    assert engineer.sync(note)["answers"][0]["code"] == "malformed_operation"
