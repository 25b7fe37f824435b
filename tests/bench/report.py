"""The figures as a table for people, as JSON for programs, and as a part of docs/performance.md."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.budgets import Finding

COLUMNS = ("raw", "flask", "product", "longer", "waitress", "postgresql")
HEADINGS = ("raw WSGI", "Flask + marshmallow", "product", "longer history", "under waitress", "on PostgreSQL")
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def table(findings: Sequence[Finding]) -> str:
    """Markdown that reads as it is."""
    rows = [["", "unit", *HEADINGS, "held to", "must", "goal", ""], *map(_row, findings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], _line(["-" * width for width in widths], widths), *lines[1:]])


def summary(findings: Sequence[Finding], asked: int, ran: int) -> dict[str, object]:
    """One object: every figure by its name."""
    figures = {
        one.budget.figure: {
            "value": round(one.value, 3),
            "must": one.budget.must,
            "goal": one.budget.goal,
            "holds": one.holds,
            "medians": {server: round(value, 3) for server, value in one.medians.items()},
        }
        for one in findings
    }
    short = [one.budget for one in findings if not one.holds]
    missed, reported = ([one.figure for one in short if one.reported is reported] for reported in (False, True))
    return {"cases_asked": asked, "cases_ran": ran, "missed": missed, "reported": reported, "figures": figures}


def write_into(document: Path, text: str) -> None:
    """Replace what stands between the two marks."""
    before, _, rest = document.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    document.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


def _row(finding: Finding) -> list[str]:
    budget = finding.budget
    figures = [_number(finding.medians.get(column)) for column in COLUMNS]
    value = f"{finding.value:.2f}x" if budget.against else _number(finding.value)
    short = "short, see below" if budget.reported else "MISSED"
    verdict = "goal" if finding.reaches_goal else "holds" if finding.holds else short
    return [budget.title, budget.unit, *figures, value, budget.limit(budget.must), budget.limit(budget.goal), verdict]


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(_padded(cells, widths)) + " |"


def _padded(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    return (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
