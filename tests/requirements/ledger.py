"""The list of promises, and the tests that name their ids."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
LIST = ROOT / "docs" / "requirements.yaml"
PRIORITIES = ("must", "should", "could")
_IN_NAME = re.compile(r"(?:^|_)r_([0-9]{3})(?=_|$)")
_IN_TEXT = re.compile(r"R-([0-9]{3})")


@dataclass
class Requirement:
    """One promise; `tests` are pytest node ids and files of vitest that name it."""

    id: str
    group: str
    priority: str
    text: str
    carried_by: str | None = None
    gap: str | None = None
    tests: list[str] = field(default_factory=list)
    proved: bool = False
    why_not: str = ""


def requirements() -> dict[str, Requirement]:
    """Every promise with the tests that name it."""
    found = {
        one: Requirement(one, group, entry["priority"], entry["text"], entry.get("carried_by"), entry.get("gap"))
        for group, section in YAML(typ="safe").load(LIST.read_text(encoding="utf-8")).items()
        for one, entry in section["requirements"].items()
    }
    for one, test in [*_python_tests(), *_app_tests()]:
        if one in found:
            found[one].tests.append(test)
    return found


def group_names() -> dict[str, str]:
    """The letter and the name of every group."""
    return {
        letter: section["name"] for letter, section in YAML(typ="safe").load(LIST.read_text(encoding="utf-8")).items()
    }


def _python_tests() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for number in _IN_NAME.findall(node.name):
                    yield f"R-{number}", f"{path.relative_to(ROOT)}::{node.name}"


def _app_tests() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "pwa" / "src").rglob("*.test.ts")):
        for number in sorted(set(_IN_TEXT.findall(path.read_text(encoding="utf-8")))):
            yield f"R-{number}", str(path.relative_to(ROOT))
