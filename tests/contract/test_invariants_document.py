"""docs/invariants.md names tests that exist, and at least one for every invariant."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "invariants.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (I\d+) \| (.+?) \| (.+?) \|$", PAGE, re.M)
NAMED = re.findall(r"`((?:tests|pwa)/[\w./]+)(?:::(\w+))?`", PAGE)


def test_every_invariant_names_tests():
    assert [name for name, _, _ in ROWS] == [f"I{number}" for number in range(1, 12)]
    assert [name for name, _, tests in ROWS if not re.search(r"`(tests|pwa)/", tests)] == []


def test_every_test_that_is_named_exists():
    missing = [path for path, _ in NAMED if not (ROOT / path).exists()]
    unknown = [name for path, name in NAMED if name and not re.search(rf"\b{name}\b", (ROOT / path).read_text())]
    assert (missing, unknown) == ([], [])
