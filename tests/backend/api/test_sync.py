"""The exchange over HTTP: transport speaks by status, operations by their answers."""

import gzip
import json
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import zstandard

from tests.backend.company import ORDER, Company, Speaker

SYNC = "/api/v1/sync"
JSON = {"Content-Type": "application/json"}


def post(speaker: Speaker, body: bytes, **headers: str):
    return speaker.call("POST", SYNC, data=body, headers={**JSON, **headers})


def test_an_engineer_gets_his_order_and_what_it_carries(engineer: Speaker):
    reply = engineer.sync()
    orders = [change for change in reply["changes"] if change["type"] in ("work_order", "customer")]
    assert {change["id"] for change in orders} == {ORDER, "c" * 32}
    assert reply["more"] is False


def test_nobody_gets_the_order_of_another(stranger: Speaker):
    assert "work_order" not in {change["type"] for change in stranger.sync()["changes"]}


def test_a_change_reaches_the_desk(engineer: Speaker, company: Company):
    desk = company.speaker("desk")
    cursor = desk.sync()["cursor"]
    (answer,) = engineer.sync(engineer.operation("note", "d" * 32, ORDER, "append", {"values": {"text": "看过"}}))[
        "answers"
    ]
    (change,) = desk.sync(cursor=cursor)["changes"]
    assert (answer["verdict"], change["data"]["text"]) == ("applied", "看过")


def test_a_retry_gets_the_stored_verdict(engineer: Speaker):
    envelope = engineer.envelope(engineer.set_fault("无暖气, E04"))
    first, second = (engineer.call("POST", SYNC, json=envelope).json for _ in range(2))
    assert first["answers"] == second["answers"]


@pytest.fixture(params=["sqlite", "postgresql"])
def company_anywhere(request: pytest.FixtureRequest, open_company, tmp_path: Path) -> Iterator[Company]:
    """The company on either database."""
    if request.param == "sqlite":
        yield open_company()
        return
    found = Company(tmp_path / "there", database_url=request.getfixturevalue("postgres_url"))
    found.found()
    yield found
    found.close()


def bad_operations(engineer: Speaker) -> list[dict]:
    """One of each kind that must not be applied."""
    changes = [
        {"type": "spaceship"},
        {"do": "explode"},
        {"unknown": 1},
        {"set": {"fault": "E04"}},
        {"record": "b" * 32, "root": "b" * 32},
        {"record": "长" * 90_000},
        {"by": "2" * 32},
        {"base": 2**60},
        {"n": 1e3},
        {"at": "yesterday"},
        {"set": {"state": {"was": "dispatched", "to": "archived"}}},
        {"set": {"priority": {"was": "urgent", "to": "general"}}},
        {"set": {"fault": {"was": None, "to": 2**70}}},
        {"set": {"fault": {"was": None, "to": "x" * 300_000}}},
        {"set": {"fault": {"was": None, "to": json.loads("[" * 40 + "]" * 40)}}},
        {"root": []},
        {"record": {}, "root": None},
        {"type": [], "do": {}},
        {"group": {"id": [], "of": 1}},
    ]
    return [{**engineer.set_fault("x"), **change} for change in changes]


PARKED_FOR = {
    "unknown_type", "unknown_do", "malformed_operation", "unknown_record", "wrong_author", "not_canonical",
    "forbidden_field", "invalid_value",
}  # fmt: skip


def test_one_bad_operation_does_not_touch_the_others(company_anywhere: Company):
    engineer = company_anywhere.speaker("one")
    note = engineer.operation("note", "d" * 32, ORDER, "append", {"values": {"text": "好"}})
    answers = engineer.sync(*bad_operations(engineer), note)["answers"]
    assert [answer["verdict"] for answer in answers] == ["parked"] * (len(answers) - 1) + ["applied"]
    assert {answer["code"] for answer in answers[:-1]} == PARKED_FOR


def test_every_bad_operation_waits_for_a_decision(company_anywhere: Company):
    engineer = company_anywhere.speaker("one")
    sent = bad_operations(engineer)
    engineer.sync(*sent)
    outcomes = [one for one in engineer.sync()["changes"] if one["type"] == "outcome"]
    parked = [one for one in company_anywhere.speaker("boss").sync()["changes"] if one["type"] == "parked"]
    assert len(outcomes) == len(parked) == len(sent)


BROKEN = {
    "nothing": b"",
    "half a message": b'{"protocol": 1, "operations": [',
    "no object": b"[]",
    "not UTF-8": b'{"protocol": "\xff"}',
    "not a number": b'{"protocol": NaN}',
    "a duplicate key": b'{"protocol": 1, "protocol": 1}',
    "a lone surrogate": b'{"protocol": "\\ud800"}',
    "a null character": b'{"protocol": "a\\u0000b"}',
    "an endless number": b'{"protocol": ' + b"9" * 5_000 + b"}",
    "an infinite number": b'{"protocol": 1e400}',
    "too deep": b'{"protocol": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "just too deep": b'{"protocol": ' + b"[" * 970 + b"]" * 970 + b"}",
    "too deep for its letters": b'{"protocol": ' + b"[" * 940 + b'"\\ud83d\\ude00"' + b"]" * 940 + b"}",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_what_is_no_message_is_refused_as_a_whole(engineer: Speaker, body: bytes):
    answer = post(engineer, body)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "bad_envelope")


WRONG = {
    "another protocol": {"protocol": 2},
    "an unknown member": {"extra": 1},
    "operations that are no list": {"operations": {}},
    "an operation that is no object": {"operations": [1]},
    "an operation without an id": {"operations": [{"do": "set"}]},
    "an id too long": {"operations": [{"id": "x" * 200}]},
    "a limit of zero": {"limit": 0},
    "a page too large": {"limit": 10**9},
    "a clock without time": {"clock": {}},
    "a cursor that is no text": {"cursor": 7},
    "no request id": {"request": ""},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_a_wrong_envelope_names_the_part(engineer: Speaker, change: dict):
    answer = engineer.call("POST", SYNC, json=engineer.envelope(**change))
    assert answer.status_code == 400
    assert answer.json["error"]["detail"]["path"].startswith(next(iter(change)))


def test_a_forged_cursor_resets_and_judges_nothing(engineer: Speaker):
    reply = engineer.sync(engineer.set_fault("x"), cursor="Zm9yZ2Vk")
    assert (reply["reset"], [answer.get("held") for answer in reply["answers"]]) == ("epoch", ["reset"])


def test_no_operation_spoils_what_others_pull(company_anywhere: Company):
    engineer, boss = company_anywhere.speaker("one"), company_anywhere.speaker("boss")
    huge = json.dumps(engineer.envelope({**engineer.set_fault("x"), "base": [2**70, 1.5]}))
    assert post(engineer, huge.encode()).json["answers"][0]["code"] == "not_canonical"
    assert post(engineer, huge.replace("1.5", "1e400").encode()).status_code == 400
    pulled = boss.call("POST", SYNC, json=boss.envelope()).text
    assert "parked" in pulled
    assert "Infinity" not in pulled


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/work-orders/%00/report.pdf"),
        ("POST", "/api/v1/users/%00/enable"),
        ("DELETE", "/api/v1/devices/%00"),
        ("GET", "/%00"),
    ],
)
def test_an_address_that_no_database_takes_is_not_found(company_anywhere: Company, method: str, path: str):
    assert company_anywhere.speaker("admin").call(method, path).status_code == 404


PACKED = {"gzip": gzip.compress, "deflate": zlib.compress, "zstd": zstandard.compress}


@pytest.mark.parametrize("encoding", PACKED)
def test_a_packed_message_is_taken(engineer: Speaker, encoding: str):
    body = PACKED[encoding](json.dumps(engineer.envelope()).encode())
    assert post(engineer, body, **{"Content-Encoding": encoding}).status_code == 200


@pytest.mark.parametrize("encoding", PACKED)
def test_a_bomb_is_refused_before_it_fills_the_memory(engineer: Speaker, encoding: str):
    bomb = PACKED[encoding](b" " * 100_000_000)
    answer = post(engineer, bomb, **{"Content-Encoding": encoding})
    assert (answer.status_code, answer.json["error"]["code"]) == (413, "too_large")


@pytest.mark.parametrize("encoding", PACKED)
def test_a_packed_message_cut_short_is_refused(engineer: Speaker, encoding: str):
    whole = PACKED[encoding](json.dumps(engineer.envelope()).encode())
    assert post(engineer, whole[:-9], **{"Content-Encoding": encoding}).status_code == 400


def test_a_body_that_ends_early_changes_nothing(engineer: Speaker, company: Company):
    whole = json.dumps(engineer.envelope(engineer.set_fault("x"))).encode()
    environment = {"wsgi.input": BytesIO(whole[:-1]), "CONTENT_LENGTH": str(len(whole))}
    answer = engineer.call("POST", SYNC, headers=JSON, environ_overrides=environment)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "short_body")
    assert "fault" not in company.record(ORDER)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "text/plain"}, 415),
        ({**JSON, "Content-Encoding": "br"}, 415),
        ({**JSON, "X-Huizhi": "0"}, 400),
    ],
)
def test_other_kinds_of_requests_are_refused(engineer: Speaker, headers: dict, status: int):
    assert engineer.call("POST", SYNC, data=b"{}", headers=headers).status_code == status


def test_a_body_too_large_is_refused_by_its_length(engineer: Speaker):
    assert post(engineer, b" " * 5_000_000).status_code == 413


def test_a_large_reply_is_packed_if_the_client_takes_it(engineer: Speaker):
    envelope = engineer.envelope()
    plain = engineer.call("POST", SYNC, json=envelope)
    packed = engineer.call("POST", SYNC, json=envelope, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    paced_anew = {"next_sync_ms": plain.json["next_sync_ms"]}  # drawn for each answer
    assert {**json.loads(gzip.decompress(packed.data)), **paced_anew} == plain.json
