"""Many real restores, each seeded differently, and their sum."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.restores.run import Outcome, play
from tests.restores.site import copied, found
from tests.simulation.reliability import table
from tests.support.postgres import Cluster, running_cluster


def on_sqlite(seeds: range, folder: Path, tell: Callable[[int, Outcome], None]) -> list[Outcome]:
    """One run for each seed on a SQLite file."""
    company = found(folder / "company")
    outcomes = []
    for seed in seeds:
        outcomes.append(play(seed, copied(company, folder / f"data-{seed}"), folder / f"backup-{seed}"))
        tell(seed, outcomes[-1])
    return outcomes


def on_postgresql(seeds: range, folder: Path, tell: Callable[[int, Outcome], None], cluster: Cluster) -> list[Outcome]:
    """One run for each seed on a PostgreSQL database of its own."""
    outcomes = []
    for seed in seeds:
        with cluster.database() as url:
            company = found(folder / f"data-{seed}", url)
            outcomes.append(play(seed, company, folder / f"backup-{seed}", url))
        tell(seed, outcomes[-1])
    return outcomes


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder that goes with the campaign."""
    with tempfile.TemporaryDirectory(prefix="huizhi-restores-") as folder:
        yield Path(folder)


def campaign(count: int, seed: int, database: str, tell: Callable[[int, Outcome], None]) -> list[Outcome]:
    """So many restores from this seed on."""
    seeds = range(seed, seed + count)
    with work_folder() as folder:
        if database == "sqlite":
            return on_sqlite(seeds, folder, tell)
        with running_cluster() as cluster:
            return on_postgresql(seeds, folder, tell, cluster)


def good(outcomes: list[Outcome]) -> int:
    """How many lost nothing."""
    return sum(not one.missing for one in outcomes)


def summary(outcomes: list[Outcome]) -> str:
    """The sum in one line."""
    told = ", ".join(f"{name} {value}" for name, value in figures(outcomes))
    return f"{good(outcomes)} of {len(outcomes)} restores lost nothing: {told}"


def figures(outcomes: list[Outcome]) -> Iterator[tuple[str, object]]:
    """What all runs came to."""
    yield "operations acknowledged", sum(one.told for one in outcomes)
    yield "of them after the backup", sum(one.after_backup for one in outcomes)
    yield "photos", sum(one.photos for one in outcomes)
    yield "exchanges until a tablet had drained, at most", max(one.exchanges for one in outcomes)
    yield from sorted(Counter(one.way for one in outcomes).items())


def section(of: str, database: str, seed: int, outcomes: list[Outcome]) -> str:
    """What is published of a campaign with the sources of commit `of`."""
    rows: list[tuple[str, object]] = [("commit", of), ("seeds", f"{seed} to {seed + len(outcomes) - 1}")]
    rows.append(("restores that lost nothing", f"{good(outcomes)} of {len(outcomes)}"))
    lines = [f"## Restores, database {database}", *table(("figure", "value"), [*rows, *figures(outcomes)])]
    return "\n".join(lines) + "\n"
