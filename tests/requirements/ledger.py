"""The list of promises, and the tests that name their ids."""

import re
import subprocess
import sys
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
    for one, test in [*python_tests(), *_app_tests()]:
        if one in found:
            found[one].tests.append(test)
    return found


def group_names() -> dict[str, str]:
    """The letter and the name of every group."""
    return {
        letter: section["name"] for letter, section in YAML(typ="safe").load(LIST.read_text(encoding="utf-8")).items()
    }


def python_tests(folder: str = "tests") -> Iterator[tuple[str, str]]:
    """Each promise with every case that names it: in the name of its test, or in its own id in brackets."""
    collect = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", folder]
    collected = subprocess.run(collect, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    for test in collected.splitlines():
        name, _, case = test.partition("::")[2].partition("[")
        for number in [*_IN_NAME.findall(name), *_IN_TEXT.findall(case)]:
            yield f"R-{number}", test


def _app_tests() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "pwa" / "src").rglob("*.test.ts")):
        for number in sorted(set(_IN_TEXT.findall(path.read_text(encoding="utf-8")))):
            yield f"R-{number}", str(path.relative_to(ROOT))
