"""`make years`: three years, 500 machines, 50 restarts, on both databases; the last line is JSON."""

import json
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from tests.clock.years import Findings, Years
from tests.support.postgres import running_cluster

DAYS, MACHINES, RESTARTS = 3 * 366, 500, 50
REPORT = Path("var/reports/years.json")


def main() -> int:
    """0 if no plan has a gap, a double or a drift on either database."""
    results = {}
    with tempfile.TemporaryDirectory() as folder, running_cluster() as cluster, cluster.database() as url:
        for name, settings in (("sqlite", {}), ("postgresql", {"database_url": url})):
            began = time.monotonic()
            found = Years(Path(folder) / name, MACHINES, **settings).run(DAYS, RESTARTS)
            results[name] = {**_figures(found), "seconds": round(time.monotonic() - began)}
            print(name, json.dumps(results[name], ensure_ascii=False), flush=True)
    line = json.dumps({"machines": MACHINES, "days": DAYS, **results})
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(line + "\n")
    print(line)
    return int(
        any(one["gaps"] or one["doubles"] or one["drifted"] or one["restarts"] < RESTARTS for one in results.values())
    )


def _figures(found: Findings) -> dict[str, int]:
    return {name: len(value) if isinstance(value, list) else value for name, value in asdict(found).items()}


if __name__ == "__main__":
    sys.exit(main())
