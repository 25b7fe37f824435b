"""`python -m tests.restores`: RESTORES real restores from SEED on, on DATABASE `sqlite` or `postgresql`."""

import os
import sys

from tests.restores.campaign import campaign, summary
from tests.restores.run import Outcome


def tell(seed: int, outcome: Outcome) -> None:
    """One line for each run, as it ends."""
    lost = f"MISSING {outcome.missing[:3]}" if outcome.missing else "nothing missing"
    print(f"seed {seed}: {outcome.way}, {outcome.told} acknowledged, {lost}", flush=True)


def main() -> int:
    """The exit code is 1 if anything was lost."""
    count, seed = int(os.environ.get("RESTORES") or 50), int(os.environ.get("SEED") or 1)
    outcomes = campaign(count, seed, os.environ.get("DATABASE") or "sqlite", tell)
    print(summary(outcomes))
    return int(len(outcomes) != count or any(one.missing for one in outcomes))


if __name__ == "__main__":
    sys.exit(main())
