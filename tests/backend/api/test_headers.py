"""Every class of route has its headers; nothing changes by a request another site could send."""

from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.backend.company import ORDER, Company, Speaker

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
}
PAGE_POLICY = {
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
}


@pytest.fixture
def built(tmp_path: Path, open_company) -> Company:
    """A server with a built app."""
    app = tmp_path / "app"
    (app / "assets").mkdir(parents=True)
    (app / "index.html").write_text("<!doctype html><title>回执</title>" + " " * 2_000)
    (app / "sw.js").write_text("self.skipWaiting")
    (app / "assets" / "index-1a2b3c.js").write_text("export {};")
    return open_company(static_dir=app)


def get(company: Company, path: str, **headers: str) -> TestResponse:
    return company.app.test_client().get(path, headers=headers, buffered=True)


@pytest.mark.parametrize("path", ["/", "/order/7", "/sw.js", "/assets/index-1a2b3c.js", "/api/docs", "/healthz"])
def test_every_answer_is_hardened(built: Company, path: str):
    answer = get(built, path)
    assert answer.status_code == 200
    assert EVERYWHERE.items() <= dict(answer.headers).items()


@pytest.mark.parametrize("path", ["/", "/order/7", "/sw.js", "/api/docs"])
def test_pages_and_workers_run_only_what_the_server_ships(built: Company, path: str):
    assert set(get(built, path).headers["Content-Security-Policy"].split("; ")) >= PAGE_POLICY


@pytest.mark.parametrize("path", ["/", "/order/7", "/sw.js"])
def test_the_shell_is_always_asked_for_again(built: Company, path: str):
    answer = get(built, path)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert get(built, path, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_hashed_files_are_kept_for_ever(built: Company):
    cache = get(built, "/assets/index-1a2b3c.js").cache_control
    assert (cache.immutable, cache.public, cache.max_age) == (True, True, 31_536_000)


@pytest.mark.parametrize("path", ["/assets/gone.js", "/gone.js", "/api/v1/nothing", "/api/", "/../config.py"])
def test_what_is_not_there_is_never_the_shell(built: Company, path: str):
    answer = get(built, path)
    assert (answer.status_code, answer.json["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/" + "x" * 300, "/" + "x" * 5_000])
def test_an_endless_address_is_one_that_only_the_app_knows(built: Company, path: str):
    assert get(built, path).status_code == 200


@pytest.mark.parametrize("climb", ["/%2e%2e/", "/..%2f", "/x/../../", "//", "/%2f"])
@pytest.mark.parametrize("target", ["secret", "not-there"])
def test_addresses_tell_nothing_about_other_files(built: Company, climb: str, target: str):
    (built.parts.config.static_dir.parent / "secret").write_text("x")
    place = built.parts.config.static_dir.parent if climb in ("//", "/%2f") else ""
    answer = get(built, f"{climb}{str(place).strip('/')}/{target}".replace("%2f/", "%2f"))
    assert (answer.status_code, b"<title>" in answer.data) == (200, True)


@pytest.mark.parametrize("asked", ["bytes=5-1,abc", "bytes=999999-", "lines=1-2"])
def test_a_part_that_is_not_there_is_the_askers_mistake(built: Company, asked: str):
    assert get(built, "/sw.js", Range=asked).status_code < 500


def test_the_shell_is_packed(built: Company):
    assert get(built, "/", **{"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/api/v1/session", 200), ("POST", "/api/v1/sync", 415), ("GET", "/api/v1/devices", 403)],
)
def test_data_is_never_stored_nor_run(engineer: Speaker, method: str, path: str, status: int):
    answer = engineer.call(method, path)
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_files_are_downloads_in_a_sandbox(engineer: Speaker):
    answer = engineer.call("GET", f"/api/v1/work-orders/{ORDER}/report.pdf")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Content-Disposition"] == "attachment; filename=WO-1.pdf"
    assert answer.headers["Cache-Control"] == "no-store"


def test_https_is_remembered(company: Company):
    client = company.app.test_client()
    assert "max-age=31536000" in client.get("/healthz", base_url="https://x").headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in client.get("/healthz").headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/v1/session", "/api/v1/sync", "/api/v1/blobs", "/api/v1/users", "/anything"])
def test_without_the_header_nothing_changes(engineer: Speaker, method: str, path: str):
    answer = engineer.call(method, path, headers={"X-Huizhi": ""})
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "missing_header")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_browser_that_says_another_site_asked_is_refused(engineer: Speaker, site: str):
    answer = engineer.call("POST", "/api/v1/sync", json=engineer.envelope(), headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403


def test_a_method_nobody_takes_is_named(engineer: Speaker):
    answer = engineer.call("DELETE", "/api/v1/sync")
    assert (answer.status_code, answer.json["error"]["code"]) == (405, "method_not_allowed")
    assert "POST" in answer.headers["Allow"]


def test_an_address_that_begins_twice_is_no_way_in(engineer: Speaker):
    """Some servers fold it and some do not: whoever let it through would let it past the door."""
    answer = engineer.client.open(environ_overrides={"PATH_INFO": "//api/v1/session"})
    assert (answer.status_code, answer.headers["X-Content-Type-Options"]) == (404, "nosniff")
