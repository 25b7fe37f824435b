"""`docs/RELIABILITY.md`: one section for each campaign and database, rewritten by the run it tells of."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.simulation.mutants import Hunt
from tests.simulation.tally import FIGURES, Tally

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / "docs" / "RELIABILITY.md"
HEAD = """# Reliability

Figures of simulated schedules: phones and desks on bad networks, crashing devices and servers, restores. Each section
was written by the run it tells of (`make simulate`, `make restores`); nothing here is typed by hand. What the
invariants say stands in [invariants.md](invariants.md), how a schedule is played in `tests/simulation/`.
"""
INVARIANTS = {
    "I1": "acknowledged work ends applied, conflicted or parked",
    "I2": "applied at most once, groups as one",
    "I3": "devices equal what their users may see",
    "I4": "nothing is overwritten unseen",
    "I5": "no value is invented",
    "I6": "pending work is shown",
    "I7": "nobody receives or changes what is not theirs",
    "I8": "bytes called received match their hash",
    "I9": "signatures are kept word for word",
    "I10": "balances and totals follow from their parts",
    "I11": "the same schedule takes the same course",
}


def commit() -> str:
    """The commit that was running; empty if anything but these figures differs from it."""
    changed = git("status", "--porcelain", "--", ".", f":!{FILE.relative_to(ROOT)}")
    return "" if changed else git("rev-parse", "--short=12", "HEAD")


def git(*arguments: str) -> str:
    found = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    return found.stdout.strip()


def middle(counts: Counter[int]) -> int:
    """The median of values that are given with how often each occurred."""
    ordered = sorted(counts.elements())
    return ordered[len(ordered) // 2] if ordered else 0


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    head = list(head)
    yield ""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    yield from ("| " + " | ".join(map(cell, row)) + " |" for row in rows)


def cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "\\|")


def section(of: str, figures: Mapping[str, object], tally: Tally, hunts: list[Hunt]) -> str:
    """Everything one campaign counted."""
    lines = [f"## Tier {figures['tier']}, database {figures['database']}"]
    lines += table(("figure", "value"), [("commit", of), *summary(figures, tally)])
    checks = ((name, says, tally.checks[name]) for name, says in INVARIANTS.items())
    lines += table(("invariant", "says", "checks made"), checks)
    lines += table(("fault or event", "times"), sorted(tally.fired.items()))
    if hunts:
        lines += table(("planted bug", "plainer reading of", "found by"), map(planted, hunts))
    return "\n".join(lines) + "\n"


def summary(figures: Mapping[str, object], tally: Tally) -> Iterator[tuple[str, object]]:
    first, count = int(str(figures["seed"])), tally.schedules
    yield "schedules", count
    yield "seeds", f"{first} to {first + count - 1}"
    yield "steps", tally.steps
    yield "requests", tally.requests
    if tally.node_exchanges:
        yield "exchanges the app's own client made", tally.node_exchanges
    yield from ((name, figures[name]) for name in FIGURES)
    yield from ((f"operations {verdict}", times) for verdict, times in sorted(tally.verdicts.items()))
    yield "exchanges after healing until a device had drained: median, most", both(tally.drained)
    yield "rounds after healing until all agreed: median, most", both(tally.rounds)
    yield "devices that showed a person what could not be sent", tally.shown
    planted, caught, explained = (figures[f"mutants_{name}"] for name in ("planted", "caught", "explained"))
    yield "planted bugs: planted, caught, explained", f"{planted}, {caught}, {explained}"
    yield "seconds, schedules per second", f"{figures['seconds']}, {figures['schedules_per_second']}"


def both(counts: Counter[int]) -> str:
    return f"{middle(counts)}, {max(counts, default=0)}"


def planted(hunt: Hunt) -> tuple[str, str, str]:
    rule = f"rule {hunt.rule}" if hunt.rule else ""
    if hunt.seed is not None:
        return hunt.name, rule, f"seed {hunt.seed}: {hunt.promise}"
    return hunt.name, rule, f"{hunt.seeds} seeds do not: {hunt.explained}" if hunt.explained else "NOT FOUND"


def write(of: str, figures: Mapping[str, object], tally: Tally, hunts: list[Hunt], file: Path = FILE) -> None:
    """Replace this tier's section, played by the sources of commit `of`."""
    put(section(of, figures, tally, hunts), file)


def put(new: str, file: Path = FILE) -> None:
    """Replace the section with this heading and leave the others."""
    known = file.read_text() if file.exists() else ""
    sections = {one.split("\n", 1)[0]: one.strip() + "\n" for one in re.split(r"^(?=## )", known, flags=re.M)[1:]}
    sections[new.split("\n", 1)[0]] = new
    file.write_text("\n".join([HEAD, *(sections[name] for name in sorted(sections))]))
