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
