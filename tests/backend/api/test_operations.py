"""What whoever runs the server looks at: health, metrics, the document of the API."""

from pathlib import Path

import pytest

from backend.services.health import newest_commit
from tests.backend.company import ORDER, PASSWORD, Company, Speaker


def test_a_living_server_says_so(company: Company):
    client = company.app.test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ready"}


def test_a_server_whose_database_is_gone_lives_but_is_not_ready(company: Company):
    company.close()
    for file in company.parts.config.data_dir.glob("huizhi.sqlite3*"):
        file.unlink()
    company.parts.config.data_dir.joinpath("huizhi.sqlite3").mkdir()
    client = company.app.test_client()
    answer = client.get("/readyz")
    assert client.get("/healthz").status_code == 200
    assert (answer.status_code, answer.json["error"]["retryable"]) == (503, True)
    assert int(answer.headers["Retry-After"]) > 0


def test_the_data_is_for_the_server_alone(tmp_path: Path):
    company = Company(tmp_path / "new")
    company.close()
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_metrics_count_requests_by_route_and_name_no_value(engineer: Speaker, company: Company):
    engineer.call("HEAD", f"/api/v1/blobs/{'a' * 64}")
    engineer.sync()
    text = company.app.test_client().get("/metrics").text
    assert 'huizhi_requests_total{method="POST",route="/api/v1/sync",status="200"} 1.0' in text
    assert "a" * 64 not in text
    assert f"huizhi_newest_commit {newest_commit(company.parts)}.0" in text


def test_metrics_tell_what_waits_for_a_person_by_field_and_code_and_how_long(engineer: Speaker, company: Company):
    desk = company.speaker("desk")
    title = {"title": {"was": "无暖气", "to": "暖气不热"}}
    engineer.sync(engineer.operation("work_order", ORDER, ORDER, "set", title))
    for speaker, wish in ((desk, "周末"), (company.speaker("boss"), "晚上")):
        speaker.sync(speaker.operation("work_order", ORDER, ORDER, "set", {"customer_wish": {"was": None, "to": wish}}))
        company.clock.now += 60_000
    text = scraped(company)
    assert 'huizhi_conflicts_open{field="work_order.customer_wish"} 1.0' in text
    assert 'huizhi_parked_open{code="forbidden_field"} 1.0' in text
    assert "huizhi_conflicts_oldest_seconds 60.0" in text
    assert "huizhi_parked_median_seconds 120.0" in text


def test_metrics_forget_what_is_settled(engineer: Speaker, company: Company):
    boss = company.speaker("boss")
    engineer.sync(
        engineer.operation("work_order", ORDER, ORDER, "set", {"priority": {"was": "urgent", "to": "general"}})
    )
    parked = next(one["id"] for one in boss.sync()["changes"] if one["type"] == "parked")
    assert "forbidden_field" in scraped(company)
    boss.sync(boss.operation("parked", parked, parked, "dismiss", {"reason": "由调度决定"}))
    assert "forbidden_field" not in scraped(company)
    assert "huizhi_parked_oldest_seconds 0.0" in scraped(company)


def scraped(company: Company) -> str:
    return company.app.test_client().get("/metrics").text


def test_metrics_do_not_grow_with_what_strangers_send(company: Company):
    client = company.app.test_client()
    for number in range(3):
        client.open(f"/made-up/{number}", method=f"MADEUP{number}", headers={"X-Huizhi": "1"})
    assert "MADEUP" not in client.get("/metrics").text


def test_the_document_names_every_endpoint(company: Company):
    document = company.app.test_client().get("/api/v1/openapi.json").json
    rules = {rule.rule for rule in company.app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    described = {path.replace("{", "<").replace("}", ">") for path in document["paths"]}
    expected = {rule.replace("<sha256:sha256>", "<sha256>") for rule in rules} - {"/api/v1/openapi.json"}
    assert described == expected


@pytest.mark.parametrize("text", ["/api/v1/sync", "Announcement", "password"])
def test_the_docs_page_shows_it_without_a_script(company: Company, text: str):
    page = company.app.test_client().get("/api/docs", buffered=True).text
    assert text in page
    assert "<script" not in page


def test_a_full_disk_acknowledges_nothing_and_heals_by_itself(engineer: Speaker, company: Company):
    large = engineer.set_fault("漏水" * 1_900)
    with company.parts.database.write() as sql:
        sql.one("PRAGMA max_page_count = 1")
    answer = engineer.call("POST", "/api/v1/sync", json=engineer.envelope(large))
    assert (answer.status_code, answer.json["error"]["code"]) == (503, "unavailable")
    with company.parts.database.write() as sql:
        sql.one("PRAGMA max_page_count = 1000000")
    assert "fault" not in company.record(ORDER)
    assert engineer.sync(large)["answers"][0]["verdict"] == "applied"


def test_the_log_tells_of_refused_requests_and_names_no_secret(company: Company, capsys: pytest.CaptureFixture[str]):
    body = {"username": "one", "password": PASSWORD, "device": {"id": None, "name": "x"}}
    client = company.app.test_client()
    client.post("/api/v1/session", json=body, headers={"X-Huizhi": "1"})
    secret = client.get_cookie("huizhi").value
    client.get("/api/v1/devices")
    written = "".join(capsys.readouterr())
    assert "/api/v1/devices" in written
    assert PASSWORD not in written
    assert secret not in written
