"""The commands that keep data, as an operator types them, against a running server."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.backend.program import Program
from tests.support.server import Server, ServerFailed

MakeServer = Callable[..., Server]


@pytest.fixture
def server(huizhi_server: MakeServer) -> Server:
    """A running process with the demo company."""
    found = huizhi_server()
    found.run("seed")
    return found.start()


def test_a_backup_is_made_while_the_server_runs_and_devices_hear_of_it(server: Server, tmp_path: Path):
    program = Program(server, "engineer1")
    through = program.sync(server)["through"]
    said = server.run("backup", str(tmp_path / "backup"))
    assert f"Commit {through} is safe" in said
    assert program.sync(server)["safe"] == through


def test_a_restore_waits_for_no_running_server_and_says_so(server: Server, tmp_path: Path):
    server.run("backup", str(tmp_path / "backup"))
    with pytest.raises(ServerFailed, match="stop it first"):
        server.run("restore", str(tmp_path / "backup"))
    epoch = Program(server, "engineer1").sync(server)["epoch"]
    server.stop()
    assert "Restored commit" in server.run("restore", str(tmp_path / "backup"))
    assert Program(server.start(), "engineer1").sync(server)["epoch"] != epoch


def test_the_horizon_of_a_young_company_is_its_beginning(server: Server):
    assert server.run("collect").strip() == "The horizon is commit 0."


def test_a_person_is_found_shown_and_erased_while_the_server_runs(server: Server):
    found = server.run("erase", "--find", "演示调度").split()[0]
    said = server.run("erase", found, "--reason", "应本人要求", "--yes")
    assert "1 records" in said
    assert "演示调度" not in server.run("user", "list")


def test_photos_are_read_back_and_counted(server: Server):
    assert server.run("scrub").strip() == "0 photos are whole, 0 are damaged or missing."
