"""The `huizhi` command, as an operator types it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backend.cli import main

Run = Callable[..., Result]
PASSWORD = "right horse battery"
INIT = ("init", "--username", "root", "--name", "演示管理员", "--branch", "演示总部", "--password", PASSWORD)


@pytest.fixture
def huizhi(tmp_path: Path) -> Run:
    """Runs the command on data of its own."""

    def run(*words: str, **environment: str) -> Result:
        settings = {"DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": "", **environment}
        return CliRunner().invoke(main, words, env=settings)

    return run


def add(huizhi: Run, username: str, *more: str) -> Result:
    words = ("user", "add", username, "--name", f"演示{username}", "--branch", "main", "--password", PASSWORD)
    return huizhi(*words, *more)


def test_it_explains_itself(huizhi: Run):
    answer = huizhi("--help")
    for command in ("init", "migrate", "seed", "serve", "token", "user", "device", "export-model"):
        assert command in answer.output


def test_a_first_administrator_makes_the_others(huizhi: Run):
    assert huizhi(*INIT).exit_code == 0
    assert add(huizhi, "one", "--role", "engineer").exit_code == 0
    listed = huizhi("user", "list").output.splitlines()
    assert [line.split()[:2] for line in listed] == [["one", "engineer"], ["root", "admin"]]


def test_a_disabled_user_shows_as_such(huizhi: Run):
    huizhi(*INIT)
    add(huizhi, "one", "--role", "engineer")
    huizhi("user", "disable", "one")
    assert "one" in huizhi("user", "list").output.split("(disabled)")[0]
    huizhi("user", "enable", "one")
    assert "(disabled)" not in huizhi("user", "list").output


def test_a_token_makes_a_device_that_can_be_revoked(huizhi: Run):
    huizhi(*INIT)
    assert len(huizhi("token", "root", "--name", "nightly export").output.strip()) == 64
    device = huizhi("device", "list").output.split()[0]
    assert huizhi("device", "revoke", device).exit_code == 0
    assert "revoked" in huizhi("device", "list").output


@pytest.mark.parametrize(
    "words",
    [
        ("token", "nobody", "--name", "x"),
        ("user", "disable", "nobody"),
        ("user", "password", "nobody", "--password", PASSWORD),
        ("device", "revoke", "nothing"),
        ("user", "add", "x y", "--name", "x", "--role", "engineer", "--branch", "main", "--password", PASSWORD),
        ("user", "add", "two", "--name", "x", "--role", "engineer", "--branch", "nowhere", "--password", PASSWORD),
        ("user", "add", "root", "--name", "x", "--role", "engineer", "--branch", "main", "--password", PASSWORD),
        ("user", "add", "two", "--name", "x", "--role", "engineer", "--branch", "main", "--password", "short"),
        ("user", "add", "two", "--name", "x", "--role", "system", "--branch", "main", "--password", PASSWORD),
    ],
)
def test_what_cannot_be_done_is_said_in_words(huizhi: Run, words: tuple[str, ...]):
    huizhi(*INIT)
    answer = huizhi(*words)
    assert answer.exit_code != 0
    assert "Error: " in answer.output
    assert "Traceback" not in answer.output


def test_a_wrong_setting_is_said_in_words(huizhi: Run):
    answer = huizhi("migrate", PORT="eighty")
    assert (answer.exit_code, "PORT must be a whole number" in answer.output) == (1, True)


def test_the_demo_company_is_loaded_once_and_its_accounts_are_written_down(huizhi: Run, tmp_path: Path):
    first, second = huizhi("seed"), huizhi("seed")
    written = json.loads((tmp_path / "data" / "demo-accounts.json").read_text())
    assert (first.exit_code, first.output) == (0, second.output)
    assert {frozenset(one) for one in written} == {frozenset({"username", "password", "roles", "name"})}
    assert {role for one in written for role in one["roles"]} == {"engineer", "dispatcher", "supervisor", "admin"}


def test_the_exported_model_names_every_type(huizhi: Run, tmp_path: Path):
    target = tmp_path / "model.json"
    assert huizhi("export-model", str(target)).exit_code == 0
    assert {"work_order", "photo", "signature"} <= json.loads(target.read_text())["types"].keys()
