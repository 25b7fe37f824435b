"""The shared vectors: what server and app do alike. Both read the same files, and each counts what it read."""

import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.contract import vector_device, vector_model
from tests.contract.make_vectors import FAMILIES, MADE, VECTORS, counts, lines

PWA = Path(__file__).parents[2] / "pwa"
CHECKS = {**vector_model.CHECKS, **vector_device.CHECKS}
COUNTS: dict[str, dict[str, int]] = json.loads((VECTORS / "counts.json").read_text(encoding="utf-8"))
PLACES = [f"{FAMILIES[kind]}{family}" for kind, found in COUNTS.items() for family in found]

Case = dict[str, Any]


def vectors(place: str) -> list[Case]:
    cases: list[Case] = json.loads((VECTORS / f"{place}.json").read_text(encoding="utf-8"))
    return cases


@pytest.mark.parametrize("place", PLACES)
def test_the_server_agrees_with_every_shared_vector(place: str, record_property: Callable[[str, object], None]):
    cases = vectors(place)
    for case in cases:
        CHECKS[Path(place).name](case)
    print(f"vectors {place}: {len(cases)}")
    record_property("vectors", len(cases))


def test_server_and_app_read_every_vector_of_every_file():
    app = subprocess.run(
        ["node_modules/.bin/vitest", "run", "src/vectors"], cwd=PWA, capture_output=True, text=True, timeout=120
    )
    read = {place: int(count) for place, count in re.findall(r"vectors (\S+): (\d+)$", app.stdout, re.MULTILINE)}
    assert read == {place: len(vectors(place)) for place in PLACES}, app.stderr


def test_every_file_is_counted_and_checked():
    assert counts() == COUNTS
    assert {family for found in COUNTS.values() for family in found} == set(CHECKS)


def test_there_are_enough_of_them():
    written, made = (sum(found.values()) for found in COUNTS.values())
    print(f"vectors: {written} written, {made} made")
    assert written >= 300
    assert made >= 2_000


@pytest.mark.parametrize("family", COUNTS["written"])
def test_what_was_written_by_hand_says_what_it_shows(family: str):
    names = Counter(case["name"] for case in vectors(family))
    assert [name for name, count in names.items() if count > 1 or " " not in name] == []


@pytest.mark.parametrize("family", MADE)
def test_what_is_made_from_a_seed_is_up_to_date(family: str):
    assert (VECTORS / f"made/{family}.json").read_text(encoding="utf-8") == lines(MADE[family]())
