"""`python -m tests.bench`: every figure of the server beside two baselines; the last line is one JSON object.

BENCH=quick measures a small company in a minute, for development; its figures are not written into the documents.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from statistics import median

from tests.bench.budgets import BUDGETS, FLASK, PRODUCT, RAW, judged
from tests.bench.cases import CASES, Bench, Figures, bytes_up
from tests.bench.report import summary, table, write_into
from tests.bench.stage import FULL, QUICK, Size, Stage, stage

ROOT = Path(__file__).parent.parent.parent
DOCUMENT = ROOT / "docs" / "performance.md"
REPORT = ROOT / "var" / "reports" / "bench.json"
FLUSHES, PAGE = 200, 4096

Samples = dict[str, dict[str, list[float]]]


def measured(there: Stage, size: Size) -> Iterator[tuple[str, Figures]]:
    """(server, figures) of one case after the other, every round on every server in turn."""
    servers = (there.raw, there.flask, there.product, there.waitress, there.postgresql)
    benches = [Bench(server, there.company, size) for server in servers]
    product = benches[servers.index(there.product)]
    longer = {
        "idle_records": Bench(there.more_records, there.company, size),
        "idle_operations": Bench(there.more_operations, there.company, size),
    }
    slow = [Bench(server, there.company, size) for server in (there.slow_raw, there.slow_flask, there.slow_product)]
    yield PRODUCT, bytes_up(product)
    for number in range(size.rounds):
        print(f"round {number + 1} of {size.rounds}", flush=True)
        for case in CASES:
            for bench in benches:
                yield bench.server.name, bench.measure(case)
        for figure, bench in longer.items():
            yield PRODUCT, {figure: product.measure(Bench.idle)["idle"]}
            yield "longer", {figure: bench.measure(Bench.idle)["idle"]}
        for name, bench in zip((RAW, FLASK, PRODUCT), slow, strict=True):
            yield name, {"slow_push_rate": bench.measure(Bench.push)["push_rate"]}
            rush = bench.measure(Bench.rush)
            yield name, {"slow_rush": rush["rush"], "rush_failed": rush["rush_failed"]}
    for bench in benches:
        yield bench.server.name, bench.memory()


def run(size: Size) -> tuple[Samples, int, float]:
    """All samples, how many cases ran, and how long the disk takes for a flush, in ms."""
    samples: Samples = defaultdict(lambda: defaultdict(list))
    ran = 0
    with tempfile.TemporaryDirectory(prefix="huizhi-bench-") as folder:
        flush = flush_ms(Path(folder))
        print("building the databases", flush=True)
        with stage(Path(folder), size) as there:
            for server, figures in measured(there, size):
                ran += 1
                for figure, value in figures.items():
                    samples[figure][server].append(value)
    return samples, ran, flush


def flush_ms(folder: Path) -> float:
    """What every commit waits for: a page written and flushed to the disk, in ms, the median of many."""
    with (folder / "flushed").open("wb", buffering=0) as file:
        return 1000 * median(_flush_seconds(file) for _ in range(FLUSHES))


def _flush_seconds(file: FileIO) -> float:
    started = time.perf_counter()
    file.write(bytes(PAGE))
    os.fdatasync(file.fileno())
    return time.perf_counter() - started


def asked(size: Size) -> int:
    """How many cases a whole run has."""
    servers = 5
    return 1 + size.rounds * (len(CASES) * servers + 4 + 6) + servers


def provenance(size: Size, flush: float) -> str:
    """Where the figures come from."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {flush:.1f} ms for a flush to the disk"
    return (
        f"Commit {commit.stdout.strip() or 'unknown'}, {datetime.now(UTC):%Y-%m-%d}, {machine}; "
        f"{size.orders:,} orders, {size.rush} devices in the rush, medians of {size.rounds} alternating rounds."
    )


def main() -> int:
    """0 if every case ran and every must holds."""
    mode = os.environ.get("BENCH") or "full"
    size = {"full": FULL, "quick": QUICK}[mode]
    samples, ran, flush = run(size)
    findings = judged(samples)
    print("", table(findings), "", origin := provenance(size, flush), sep="\n")
    if mode == "full":
        write_into(DOCUMENT, f"{table(findings)}\n\n{origin}")
    told = {"mode": mode, "flush_ms": round(flush, 3), **summary(findings, asked(size), ran)}
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(told, indent=1) + "\n")
    print(json.dumps(told))
    complete = ran == asked(size) and len(findings) == len(BUDGETS)
    return int(bool(told["missed"]) or not complete)


if __name__ == "__main__":
    sys.exit(main())
