"""Settings come from the environment and are refused in words."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from backend.cli import main
from backend.config import BadSetting, from_environment


def test_without_settings_everything_lies_in_var_on_this_machine():
    config = from_environment({})
    assert (config.host, config.port, config.data_dir.name) == ("127.0.0.1", 8000, "var")
    assert config.database == f"sqlite:///{config.data_dir}/huizhi.sqlite3"


def test_every_setting_is_taken_from_the_environment():
    config = from_environment(
        {
            "HOST": "0.0.0.0",
            "PORT": "80",
            "DATA_DIR": "/data",
            "TRUST_PROXY": "1",
            "THREADS": "16",
            "SYNC_BUDGET_MS": "900",
            "EXCHANGES": "40",
        }
    )
    assert (config.host, config.port, str(config.data_dir)) == ("0.0.0.0", 80, "/data")
    assert (config.trust_proxy, config.threads, config.sync_budget_ms) == (True, 16, 900)


def test_a_postgresql_address_means_the_one_driver_that_is_shipped():
    config = from_environment({"DATABASE_URL": "postgresql://user:secret@db/huizhi"})
    assert config.database == "postgresql+psycopg://user:secret@db/huizhi"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("THREADS", "-1"),
        ("EXCHANGES", "0"),
        ("TRUST_PROXY", "yes"),
        ("DATABASE_URL", "not an address"),
        ("DATABASE_URL", "mysql://db/huizhi"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str):
    with pytest.raises(BadSetting, match=name):
        from_environment({name: value})


class Watched(dict[str, str]):
    """An empty environment that notes what it is asked for."""

    def get(self, name: str, default: str | None = None) -> str | None:
        self[name] = ""
        return default


def commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command with all the words that call it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def test_every_setting_and_every_command_is_described_to_the_operator():
    asked = Watched()
    from_environment(asked)
    known = dict(commands(main, "huizhi"))
    asked |= {str(one.envvar): "" for command in known.values() for one in command.params if one.envvar}
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text()
    assert [name for name in asked if f"`{name}`" not in page] == []
    assert [name for name in known if f"`{name}" not in page] == []
