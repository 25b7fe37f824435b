"""Real server processes: two on one database, stalled phones, and an end that cuts nobody off."""

import json
import resource
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.backend.program import Program
from tests.support.server import Server

MakeServer = Callable[..., Server]
NOTES = 30


@pytest.fixture(params=["sqlite", "postgresql"])
def servers(request: pytest.FixtureRequest, huizhi_server: MakeServer, tmp_path: Path) -> list[Server]:
    """Two processes on one database with the demo company."""
    is_postgresql = request.param == "postgresql"
    settings = {"DATABASE_URL": request.getfixturevalue("postgres_url")} if is_postgresql else {}
    pair = [huizhi_server(tmp_path / "data", **settings) for _ in range(2)]
    pair[0].run("seed")
    return [server.start() for server in pair]


def own_order(program: Program, server: Server) -> str:
    """An order this engineer has."""
    return next(one["id"] for one in program.everything(server) if one["type"] == "work_order")


def test_two_processes_judge_each_operation_once(servers: list[Server]):
    program = Program(servers[0], "engineer1")
    order = own_order(program, servers[0])
    notes = [program.note(order) for _ in range(NOTES)]
    sent = [(server, note) for note in notes for server in servers]
    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda pair: program.sync(*pair), sent))
    answers = {json.dumps(reply["answers"]) for reply in replies}
    seen = [{one["id"] for one in program.everything(server) if one["type"] == "note"} for server in servers]
    assert len(answers) == NOTES
    assert seen == [{note["record"] for note in notes}] * 2


@pytest.fixture
def server(huizhi_server: MakeServer) -> Server:
    """One running process with the demo company."""
    found = huizhi_server()
    found.run("seed")
    return found.start()


def test_phones_that_stall_in_mid_body_keep_nobody_waiting(server: Server):
    program = Program(server, "engineer1")
    stalled = [program.connect(server) for _ in range(32)]
    for connection in stalled:
        connection.putrequest("POST", "/api/v1/sync")
        for name, value in {**program.headers(), "Content-Length": "100"}.items():
            connection.putheader(name, value)
        connection.endheaders(b"{")
    assert program.sync(server)["more"] is False
    for connection in stalled:
        connection.close()


def test_a_thousand_tablets_that_stay_connected_keep_nobody_out(server: Server):
    program = Program(server, "engineer1")
    resource.setrlimit(resource.RLIMIT_NOFILE, [resource.getrlimit(resource.RLIMIT_NOFILE)[1]] * 2)
    connected = [program.connect(server) for _ in range(1_200)]
    for connection in connected:
        connection.connect()
    assert program.sync(server)["more"] is False
    for connection in connected:
        connection.close()


def test_a_request_that_has_begun_is_answered_before_the_process_ends(server: Server):
    program = Program(server, "engineer1")
    note = program.note(own_order(program, server))
    body = json.dumps(envelope(note)).encode()
    connection = program.connect(server)
    connection.putrequest("POST", "/api/v1/sync")
    for name, value in {**program.headers(), "Content-Length": str(len(body))}.items():
        connection.putheader(name, value)
    connection.endheaders(body[:10])
    program.sync(server)  # the server has read what came before
    with ThreadPoolExecutor(1) as pool:
        ending = pool.submit(server.stop)
        wait_until_refused(program, server)
        connection.send(body[10:])
        answer = connection.getresponse()
        verdicts = [one["verdict"] for one in json.loads(answer.read())["answers"]]
        connection.close()
        assert (answer.status, verdicts, ending.result()) == (200, ["applied"], 0)


def envelope(*operations: dict[str, Any]) -> dict[str, Any]:
    return {
        "protocol": 1, "schema": 1, "app": "0.1.0", "request": "last", "epoch": None,
        "clock": {"now": "2026-11-22T08:00:00.000Z"}, "operations": list(operations), "cursor": None, "limit": 500,
    }  # fmt: skip


def wait_until_refused(program: Program, server: Server) -> None:
    """Return once the process takes no new connection."""
    while True:
        connection = program.connect(server)
        try:
            connection.connect()
        except ConnectionError:
            return
        finally:
            connection.close()


def test_a_process_killed_in_mid_work_has_every_answered_note(server: Server):
    program = Program(server, "engineer1")
    order = own_order(program, server)
    notes = [program.note(order) for _ in range(10)]
    answered = [note["record"] for note in notes if program.sync(server, note)["answers"][0]["verdict"] == "applied"]
    server.kill()
    server.start()
    assert set(answered) <= {one["id"] for one in program.everything(server)}
