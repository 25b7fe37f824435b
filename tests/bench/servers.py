"""The servers under test as processes of their own, and what they cost: CPU time and memory of the whole tree."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.client import Device
from tests.support.server import HOST, free_port

THREADS = "8"
GRANIAN = Path(sys.executable).with_name("granian")
HUIZHI = Path(sys.executable).with_name("huizhi")
ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 60
STOP_SECONDS = 30
LOG_TAIL = 4000
MEGABYTE = 1_000_000
PSS = re.compile(r"^Pss: +(\d+) kB", re.MULTILINE)


@dataclass(frozen=True)
class Server:
    """A running server; `headers` names the header by which it knows each user."""

    name: str
    pid: int
    address: tuple[str, int]
    headers: Mapping[str, Mapping[str, str]]

    def device(self, user: str) -> Device:
        """A new connection of this user."""
        return Device(self.address, self.headers[user])

    def cpu_seconds(self) -> float:
        """CPU time of the server so far."""
        return sum(time.clock_gettime(_cpu_clock(pid)) for pid in _tree(self.pid))

    def megabytes(self) -> float:
        """Memory of the server now, pages shared with others in part."""
        return sum(_proportional_kilobytes(pid) for pid in _tree(self.pid)) * 1024 / MEGABYTE


@contextmanager
def granian(
    name: str, app: str, headers: Mapping[str, Mapping[str, str]], environment: Mapping[str, str], log: Path
) -> Iterator[Server]:
    """`app` under granian, with one set of settings for all."""
    port = free_port()
    settings = ["--interface", "wsgi", "--factory", "--workers", "1", "--blocking-threads", THREADS, "--no-ws"]
    command = [str(GRANIAN), *settings, "--host", HOST, "--port", str(port), "--log-level", "error", app]
    with _running(command, environment, log) as pid:
        yield _ready(Server(name, pid, (HOST, port), headers))


@contextmanager
def waitress(
    name: str, headers: Mapping[str, Mapping[str, str]], environment: Mapping[str, str], log: Path
) -> Iterator[Server]:
    """The product as it serves itself."""
    port = free_port()
    addresses = {"HOST": HOST, "PORT": str(port), "THREADS": THREADS}
    with _running([str(HUIZHI), "serve"], {**environment, **addresses}, log) as pid:
        yield _ready(Server(name, pid, (HOST, port), headers))


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], log: Path) -> Iterator[int]:
    known = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=known, cwd=ROOT, stdout=output, stderr=output)
    try:
        yield process.pid
    except BaseException:
        sys.stderr.write(log.read_text()[-LOG_TAIL:])
        raise
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS)


def _ready(server: Server) -> Server:
    """The server, once it takes connections."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            server.device(next(iter(server.headers))).close()
            return server
        except ConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _tree(pid: int) -> list[int]:
    """The process and all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(below for child in children for below in _tree(int(child)))]


def _cpu_clock(pid: int) -> int:
    """The kernel's id of the CPU clock of another process, as clock_getcpuclockid(3) makes it."""
    return (~pid << 3) | 2


def _proportional_kilobytes(pid: int) -> int:
    found = PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
    assert found is not None
    return int(found[1])
