"""Writes the vectors that are made, and counts all of them: `python -m tests.contract.make_vectors`."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.contract import vector_histories, vector_makers, vector_recurrence, vector_tables

VECTORS = Path(__file__).parent / "vectors"
MADE = {
    **vector_tables.MADE,
    **vector_makers.MADE,
    **vector_histories.MADE,
    "recurrence": vector_recurrence.cases,
}
FAMILIES: Mapping[str, str] = {"written": "", "made": "made/"}
NOT_VECTORS = {"counts", "plain"}


def lines(cases: Iterator[dict]) -> str:
    """One case a line, so that a change shows as what it is."""
    return "[\n" + ",\n".join("  " + json.dumps(case, ensure_ascii=False) for case in cases) + "\n]\n"


def counts() -> dict[str, dict[str, int]]:
    """How many vectors each family has, by how they came to be."""
    return {kind: counted(VECTORS / folder) for kind, folder in FAMILIES.items()}


def counted(folder: Path) -> dict[str, int]:
    known = sorted(path for path in folder.glob("*.json") if path.stem not in NOT_VECTORS)
    return {path.stem: len(json.loads(path.read_text(encoding="utf-8"))) for path in known}


def main() -> None:
    for family, make in MADE.items():
        (VECTORS / f"made/{family}.json").write_text(lines(make()), encoding="utf-8")
    (VECTORS / "counts.json").write_text(json.dumps(counts(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
