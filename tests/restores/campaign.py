"""Many real restores, each seeded differently, and their sum."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.restores.run import Outcome, play
from tests.restores.site import copied, found
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


def summary(outcomes: list[Outcome]) -> str:
    """The sum in one line."""
    good = sum(not one.missing for one in outcomes)
    told, after = sum(one.told for one in outcomes), sum(one.after_backup for one in outcomes)
    ways = ", ".join(f"{count} {way}" for way, count in Counter(one.way for one in outcomes).most_common())
    return (
        f"{good} of {len(outcomes)} restores lost nothing: {told} operations acknowledged, {after} of them after the "
        f"backup, {sum(one.photos for one in outcomes)} photos; at most {max(one.exchanges for one in outcomes)} "
        f"exchanges until a tablet had drained; {ways}"
    )
