"""Runs every check of the project, prints what each counted, and ends with one honest sum.

`python -m tests` runs all of them, `python -m tests lint` one group.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
REPORTS = ROOT / "var" / "reports"


@dataclass(frozen=True)
class Check:
    """A command; with a report it counts the tests written there, without one it counts as one."""

    group: str
    name: str
    command: tuple[str, ...]
    folder: Path = ROOT
    report: Path | None = None


@dataclass(frozen=True)
class Count:
    """What a check came to; a skipped test is a failed promise."""

    name: str
    passed: int
    failed: int
    skipped: int = 0


def npm(group: str, name: str, *command: str, report: Path | None = None) -> Check:
    """A check of the PWA, run by npm in its folder."""
    return Check(group, name, ("npm", "run", "--silent", *command), ROOT / "pwa", report)


def pytest(group: str, name: str, *arguments: str) -> Check:
    """A pytest run whose counts are read from its report."""
    report = REPORTS / f"{group}.xml"
    return Check(group, name, ("pytest", f"--junitxml={report}", *arguments), ROOT, report)


CHECKS = (
    Check("lint", "ruff", ("ruff", "check")),
    Check("lint", "ruff format", ("ruff", "format", "--check")),
    Check("lint", "layers", ("lint-imports",)),
    Check("lint", "mypy", ("mypy",)),
    pytest("lint", "architecture", "-q", "tests/test_architecture.py"),
    npm("lint", "prettier", "format:check"),
    npm("lint", "svelte-check", "check"),
    npm("unit", "vitest", "test", report=REPORTS / "unit.xml"),
    pytest("server", "pytest", "-q", "-n", "2", "--ignore=tests/journeys", "--ignore=tests/test_architecture.py"),
    pytest("journeys", "journeys in a browser", "-q", "-n", "2", "--dist", "worksteal", "tests/journeys"),
)


def run(check: Check) -> Count:
    """Runs the command, lets it speak, and counts."""
    print(f"\n=== {check.name}: {' '.join(check.command)}", flush=True)
    if check.report:
        check.report.unlink(missing_ok=True)
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    good = subprocess.run(check.command, cwd=check.folder, env=environment).returncode == 0
    if check.report is None:
        return Count(check.name, int(good), int(not good))
    return counted(check, good)


def counted(check: Check, good: bool) -> Count:
    """The sums of a JUnit report; no report, or a bad end with no failed test, is one failure."""
    if not check.report.exists():
        return Count(check.name, 0, 1)
    suites = ElementTree.parse(check.report).getroot().findall("testsuite")
    tests, failed, skipped = (summed(suites, *names) for names in (["tests"], ["failures", "errors"], ["skipped"]))
    passed = tests - failed - skipped
    return Count(check.name, passed, failed if good and tests else max(failed, 1), skipped)


def summed(suites: Iterable[ElementTree.Element], *names: str) -> int:
    """The sum of these attributes over all suites."""
    return sum(int(suite.get(name, 0)) for suite in suites for name in names)


def lines(counts: list[Count]) -> Iterator[str]:
    """The table of all checks and, last, the sum."""
    for count in counts:
        yield f"{count.name:24}{count.passed:6} passed {count.failed:4} failed {count.skipped:4} skipped"
    skipped = sum(count.skipped for count in counts)
    failed = sum(count.failed for count in counts)
    if skipped:
        yield f"{skipped} skipped: a promise nobody checked counts as failed"
    yield f"{sum(count.passed for count in counts)} passed, {failed + skipped} failed"


def main(groups: list[str]) -> int:
    """Runs the checks of these groups, or all."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    counts = [run(check) for check in CHECKS if not groups or check.group in groups]
    print("", *lines(counts), sep="\n")
    return int(any(count.failed or count.skipped for count in counts) or not counts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
