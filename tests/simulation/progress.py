"""What a long campaign has played so far, kept beside it: one that is cut off goes on where it was."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.simulation.tally import Tally

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "var" / "campaigns"
PLAYED = ("sync", "backend", "tests/simulation")  # what decides how a schedule goes
APART = ("planted_", "mutants", "client_mutants", "test_")  # planted bugs have hunts of their own
SUFFIXES = frozenset({".py", ".yaml", ".ts", ".json"})


def source_digest(tier: str) -> str:
    """The hash of every file that decides how a schedule of this tier goes; 16 hex digits."""
    digest = hashlib.sha256()
    folders = (*PLAYED, "pwa/src") if tier == "client" else PLAYED
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES)
    for path in sorted(one for one in paths if not one.name.startswith(APART)):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


class Progress:
    """The chunks that were played with these sources, by their first seed."""

    def __init__(self, tier: str, database: str, steps: int, digest: str) -> None:
        self._path = FOLDER / f"{tier}-{database}-{steps}-{digest}.jsonl"

    def known(self) -> dict[tuple[int, int], Tally]:
        """Tallies by first seed and count."""
        return {(one["first"], one["count"]): _tally(one["tally"]) for one in self._lines()}

    def keep(self, seeds: range, tally: Tally) -> None:
        """Note a chunk; one with a failure is not kept, so that it is played again."""
        if tally.failures:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"first": seeds.start, "count": len(seeds), "tally": vars(tally)})
        with self._path.open("a") as file:
            file.write(line + "\n")

    def _lines(self) -> Iterator[dict]:
        if not self._path.exists():
            return
        for line in self._path.read_text().splitlines():
            try:
                yield json.loads(line)
            except ValueError:  # the run was cut off while it wrote this one
                continue


def _tally(stored: dict) -> Tally:
    return Tally(
        **{name: _counter(name, value) if isinstance(value, dict) else value for name, value in stored.items()}
    )


def _counter(name: str, stored: dict[str, int]) -> Counter:
    """JSON knows no numbers as keys."""
    return Counter({int(key): n for key, n in stored.items()} if name in ("drained", "rounds") else stored)
