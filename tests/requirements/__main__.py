"""`make requirements`: breaks what carries each promise, counts what is proved, and writes docs/requirements.md."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable

from tests.requirements.ledger import PRIORITIES, ROOT, Requirement, group_names, requirements

PAGE = ROOT / "docs" / "requirements.md"
REPORT = ROOT / "var" / "reports" / "requirements.json"
BROKEN = (1, 2)  # pytest: some tests failed, or could not even be collected
SLOW = ("tests/clock/", "tests/journeys/")  # processes of their own, which nobody breaks


def main() -> int:
    """0 if every test that names a promise fails when its carrier is broken."""
    found = requirements()
    for one in found.values():
        _prove(one)
    names = group_names()
    counts = {letter: _counts(one for one in found.values() if one.group == letter) for letter in names}
    total = _counts(found.values())
    PAGE.write_text(_page(found.values(), names, counts, total), encoding="utf-8")
    line = json.dumps({**total, "groups": counts})
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(line + "\n")
    print(line)
    return int(any(one.why_not.startswith("its tests pass") for one in found.values()))


def _prove(one: Requirement) -> None:
    """A must is proved if its tests fail without its carrier; the others if a test names them."""
    if one.gap is not None:
        one.why_not = one.gap
    elif not one.tests:
        one.why_not = "no test names it"
    elif one.priority != "must":
        one.proved = True
    elif one.carried_by is None:
        one.why_not = "no carrier is named"
    else:
        one.proved = _fails_without(one)
        one.why_not = "" if one.proved else f"its tests pass without {one.carried_by}"
    print(one.id, "proved" if one.proved else one.why_not, flush=True)


def _fails_without(one: Requirement) -> bool:
    """True if one of the tests that name the promise notices that its carrier does nothing."""
    files = dict.fromkeys(test.partition("::")[0] for test in one.tests if "::" in test and not test.startswith(SLOW))
    if not files:
        return False
    named = f"{one.id} or {one.id.lower().replace('-', '_')}"
    options = ["-q", "-x", "-p", "tests.requirements.broken", "-p", "no:cacheprovider", "-k", named]
    environment = {**os.environ, "BROKEN": str(one.carried_by)}
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    done = subprocess.run([sys.executable, "-m", "pytest", *options, *files], cwd=ROOT, env=environment, **silent)
    return done.returncode in BROKEN


def _counts(found: Iterable[Requirement]) -> dict[str, int]:
    counts = {name: 0 for priority in PRIORITIES for name in (priority, f"{priority}_proved")}
    for one in found:
        counts[one.priority] += 1
        counts[f"{one.priority}_proved"] += one.proved
    return counts


def _page(
    found: Iterable[Requirement], names: dict[str, str], counts: dict[str, dict[str, int]], total: dict[str, int]
) -> str:
    lines = ["# What is promised and what is proved", "", "Written by `make requirements`; never by hand.", ""]
    lines += ["| Group | must | proved | should | proved | could | proved |", "|---|---|---|---|---|---|---|"]
    lines += [f"| {letter} {name} | {_row(counts[letter])} |" for letter, name in names.items()]
    lines += [f"| All | {_row(total)} |"]
    for letter, name in names.items():
        lines += ["", f"## {letter} {name}", "", "| Id | Priority | Promise | Proved |", "|---|---|---|---|"]
        lines += [
            f"| {one.id} | {one.priority} | {one.text} | {'yes' if one.proved else one.why_not} |"
            for one in found
            if one.group == letter
        ]
    return "\n".join(lines) + "\n"


def _row(counts: dict[str, int]) -> str:
    return " | ".join(str(counts[name]) for priority in PRIORITIES for name in (priority, f"{priority}_proved"))


if __name__ == "__main__":
    sys.exit(main())
