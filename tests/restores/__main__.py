"""`python -m tests.restores`: RESTORES real restores from SEED on, on DATABASE `sqlite` or `postgresql`.

Fifty or more write their section of docs/RELIABILITY.md.
"""

import os
import sys

from tests.restores.campaign import campaign, section, summary
from tests.restores.run import Outcome
from tests.simulation import reliability

WORTH_PUBLISHING = 50


def tell(seed: int, outcome: Outcome) -> None:
    """One line for each run, as it ends."""
    lost = f"MISSING {outcome.missing[:3]}" if outcome.missing else "nothing missing"
    print(f"seed {seed}: {outcome.way}, {outcome.told} acknowledged, {lost}", flush=True)


def main() -> int:
    """The exit code is 1 if anything was lost."""
    count, seed = int(os.environ.get("RESTORES") or 50), int(os.environ.get("SEED") or 1)
    database, commit = os.environ.get("DATABASE") or "sqlite", reliability.commit()
    outcomes = campaign(count, seed, database, tell)
    print(summary(outcomes))
    if commit and len(outcomes) >= WORTH_PUBLISHING:
        reliability.put(section(commit, database, seed, outcomes))
    return int(len(outcomes) != count or any(one.missing for one in outcomes))


if __name__ == "__main__":
    sys.exit(main())
