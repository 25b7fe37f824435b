"""A person asks to be erased: what goes, what stays, and that no restore brings it back."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.services import erasure
from backend.services.accounts import every_user, user_named
from backend.services.backup import back_up
from backend.services.founding import SYSTEM
from backend.services.restore import restore
from sync.errors import Fault
from tests.backend.company import CUSTOMER, ORDER, PASSWORD, Company
from tests.backend.services.test_backup import SHA, send_photo
from tests.backend.services.test_restore import address

NAME, PHONE = "演示联系人王", "13800000000"
CONTACT, SIGNATURE = "d" * 32, "e" * 32
PHOTO = "f" * 32


@pytest.fixture(params=["sqlite", "postgresql"])
def company(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Company]:
    """A founded company on either database, where a contact is known and has signed."""
    found = Company(tmp_path / "data", database_url=address(request))
    found.found()
    yield found
    found.close()


def make_contact(company: Company) -> dict:
    """The operation that made him, sent by the desk."""
    desk = company.speaker("desk")
    values = {"branch": company.record(desk.user)["branch"], "customer": CUSTOMER, "name": NAME, "phone": PHONE}
    operation = desk.operation("contact", CONTACT, CONTACT, "create", {"values": values})
    assert desk.sync(operation)["answers"][0]["verdict"] == "applied"
    return operation


def sign(company: Company) -> None:
    """His signature under an acceptance of the work."""
    statement = {"v": 1, "document": "quotation", "act": "accept", "signer": {"name": NAME, "phone": PHONE}}
    body = {"statement": {**statement, "work_order": ORDER}, "ink": [[1, 2, 3, 4, 5, 6]]}
    engineer = company.speaker("one")
    answer = engineer.sync(engineer.operation("signature", SIGNATURE, ORDER, "sign", body))["answers"][0]
    assert answer["verdict"] == "applied", answer


def files_mentioning(folder: Path, *texts: str) -> list[str]:
    """Files in which one of these texts stands as bytes."""
    wanted = [text.encode() for text in texts]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if any(text in path.read_bytes() for text in wanted))


def rows_mentioning(company: Company, text: str) -> list[str]:
    """Tables in which it stands."""
    found = []
    with company.parts.database.read() as sql:
        for table, column in (("records", "body"), ("judged", "body"), ("judged", "detail")):
            rows = sql.all(f"SELECT {column} FROM {table}")
            found += [table for (body,) in rows if text.encode() in bytes(body)]
    return found


def test_he_is_found_by_his_words_wherever_they_stand(company: Company):
    make_contact(company)
    sign(company)
    found = {one.type: one for one in erasure.find(company.parts, NAME)}
    assert {kind: one.texts for kind, one in found.items()} == {"contact": [NAME], "signature": [NAME]}
    assert erasure.find(company.parts, "nobody") == []


def test_it_is_shown_beforehand_what_will_go(company: Company):
    make_contact(company)
    plan = erasure.preview(company.parts, [CONTACT])
    assert ([one.id for one in plan.records], len(plan.operations)) == ([CONTACT], 1)
    assert company.record(CONTACT)["name"] == NAME


def test_nothing_that_is_kept_tells_of_him_any_more(company: Company):
    make_contact(company)
    sign(company)
    erasure.erase(company.parts, SYSTEM, [CONTACT, SIGNATURE], "应本人要求")
    assert (rows_mentioning(company, NAME), rows_mentioning(company, PHONE)) == ([], [])
    assert (company.record(CONTACT)["name"], company.record(SIGNATURE)["statement"]) == ("—", {})


def test_no_page_of_the_database_file_tells_of_him_any_more(open_company: Callable[..., Company]):
    company = open_company()
    make_contact(company)
    erasure.erase(company.parts, SYSTEM, [CONTACT], "应本人要求")
    company.close()
    assert files_mentioning(company.parts.config.data_dir, NAME, PHONE) == []


def test_the_fact_stays_with_reason_and_salted_hashes(company: Company):
    make_contact(company)
    made = erasure.erase(company.parts, SYSTEM, [CONTACT], "应本人要求")
    (kept,) = erasure.journal(company.parts).entries()
    assert (kept, kept.reason, kept.by) == (made, "应本人要求", SYSTEM.user)
    assert [(one["id"], one["type"], len(one["hash"])) for one in kept.records] == [(CONTACT, "contact", 64)]


def test_who_sends_the_operation_again_gets_its_verdict(company: Company):
    operation = make_contact(company)
    erasure.erase(company.parts, SYSTEM, [CONTACT], "应本人要求")
    desk = company.speaker("desk")
    assert desk.sync(operation)["answers"][0]["verdict"] == "applied"
    assert rows_mentioning(company, NAME) == []


def test_devices_are_told(company: Company):
    make_contact(company)
    desk = company.speaker("desk")
    cursor = desk.sync()["cursor"]
    erasure.erase(company.parts, SYSTEM, [CONTACT], "应本人要求")
    (row,) = desk.sync(cursor=cursor)["changes"]
    assert (row["id"], row["erased"], row["data"]["name"]) == (CONTACT, True, "—")


def test_a_photo_goes_with_its_bytes_and_stays_out_of_later_backups(company: Company, tmp_path: Path):
    send_photo(company.speaker("one"))
    back_up(company.parts, tmp_path / "backup")
    erasure.erase(company.parts, SYSTEM, [PHOTO], "应本人要求")
    back_up(company.parts, tmp_path / "backup")
    assert SHA not in company.parts.blobs
    assert list((tmp_path / "backup" / "blobs").rglob(SHA)) == []
    assert company.speaker("one").call("GET", f"/api/v1/blobs/{SHA}").status_code == 404


def test_a_later_backup_does_not_tell_of_him(company: Company, tmp_path: Path):
    make_contact(company)
    erasure.erase(company.parts, SYSTEM, [CONTACT], "应本人要求")
    back_up(company.parts, tmp_path / "backup")
    assert files_mentioning(tmp_path / "backup", NAME, PHONE) == []


def test_an_older_backup_brings_nothing_back(company: Company, tmp_path: Path):
    make_contact(company)
    send_photo(company.speaker("one"))
    back_up(company.parts, tmp_path / "backup")
    erasure.erase(company.parts, SYSTEM, [CONTACT, PHOTO], "应本人要求")
    restore(company.parts, tmp_path / "backup")
    assert rows_mentioning(company, NAME) == []
    assert (company.record(CONTACT)["name"], SHA in company.parts.blobs) == ("—", False)


def test_a_device_that_offers_him_again_after_a_restore_brings_nothing_back(company: Company, tmp_path: Path):
    back_up(company.parts, tmp_path / "backup")
    operation = make_contact(company)
    erasure.erase(company.parts, SYSTEM, [CONTACT], "应本人要求")
    restore(company.parts, tmp_path / "backup")
    assert company.speaker("desk").sync(operation)["answers"][0]["verdict"] == "applied"
    assert rows_mentioning(company, NAME) == []


def test_a_process_that_dies_before_it_wrote_is_made_up_for_at_the_next_start(
    open_company: Callable[..., Company], monkeypatch: pytest.MonkeyPatch
):
    company = open_company()
    make_contact(company)
    monkeypatch.setattr("backend.services.erasure.Journal.add", lambda self, entry: (real(self, entry), killed()))
    with pytest.raises(KeyboardInterrupt):
        erasure.erase(company.parts, SYSTEM, [CONTACT], "应本人要求")
    monkeypatch.undo()
    assert company.record(CONTACT)["name"] == NAME
    assert open_company().record(CONTACT)["name"] == "—"


real = erasure.Journal.add


def killed() -> None:
    raise KeyboardInterrupt


def test_an_erased_user_cannot_sign_in_and_is_listed_no_more(company: Company):
    two = company.speaker("two")
    erasure.erase(company.parts, SYSTEM, [two.user], "应本人要求")
    page = {"username": "two", "password": PASSWORD, "device": {"name": "tablet"}}
    assert two.call("POST", "/api/v1/session", json=page).status_code == 401
    assert two.call("GET", "/api/v1/session").status_code == 401
    assert two.user not in {one["id"] for one in every_user(company.parts)}
    with pytest.raises(Fault, match="not_found"):
        user_named(company.parts, "two")


def test_a_customer_takes_his_contacts_along(company: Company):
    make_contact(company)
    erasure.erase(company.parts, SYSTEM, [CUSTOMER], "应本人要求")
    assert [company.record(one)["name"] for one in (CUSTOMER, CONTACT)] == ["—", "—"]


def test_reports_are_still_printed(company: Company):
    make_contact(company)
    sign(company)
    erasure.erase(company.parts, SYSTEM, [CUSTOMER, SIGNATURE, company.ids["one"]], "应本人要求")
    boss = company.speaker("boss")
    assert boss.call("GET", f"/api/v1/work-orders/{ORDER}/report.pdf?locale=zh-CN").status_code == 200


@pytest.mark.parametrize("ids", [["0" * 32], [SYSTEM.user]])
def test_what_is_unknown_or_the_system_itself_is_refused(company: Company, ids: list[str]):
    with pytest.raises(Fault, match=r"not_found|forbidden"):
        erasure.erase(company.parts, SYSTEM, ids, "应本人要求")
    assert erasure.journal(company.parts).entries() == []


def test_who_takes_part_in_nothing_is_no_person(company: Company, admin_branch: str):
    with pytest.raises(Fault, match="invalid_request"):
        erasure.preview(company.parts, [admin_branch])


@pytest.fixture
def admin_branch(company: Company) -> str:
    return str(company.record(company.ids["admin"])["branch"])


def test_the_journal_survives_a_line_cut_short(company: Company):
    make_contact(company)
    erasure.erase(company.parts, SYSTEM, [CONTACT], "应本人要求")
    with erasure.journal(company.parts).path.open("ab") as file:
        file.write(json.dumps({"id": "half"}).encode()[:6])
    assert len(erasure.journal(company.parts).entries()) == 1
