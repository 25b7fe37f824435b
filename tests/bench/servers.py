"""The servers under test as processes of their own, and what they cost: CPU time and memory of the whole tree."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.client import Device
from tests.support.server import HOST, POLL_SECONDS, START_LIMIT_SECONDS, ServerFailed, free_port

THREADS = "8"
GRANIAN = Path(sys.executable).with_name("granian")
HUIZHI = Path(sys.executable).with_name("huizhi")
ROOT = Path(__file__).parent.parent.parent
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
        """A device of this user, which holds nothing."""
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
    with _running(command, environment, port, log) as pid:
        yield Server(name, pid, (HOST, port), headers)


@contextmanager
def waitress(
    name: str, headers: Mapping[str, Mapping[str, str]], environment: Mapping[str, str], log: Path
) -> Iterator[Server]:
    """The product as it serves itself."""
    port = free_port()
    addresses = {"HOST": HOST, "PORT": str(port), "THREADS": THREADS}
    with _running([str(HUIZHI), "serve"], {**environment, **addresses}, port, log) as pid:
        yield Server(name, pid, (HOST, port), headers)


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], port: int, log: Path) -> Iterator[int]:
    """The process id of a server that takes connections; what it said last if it fails."""
    known = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=known, cwd=ROOT, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + START_LIMIT_SECONDS
        while not _listens(port):
            if _ended(process) or time.monotonic() > deadline:
                raise ServerFailed(log.read_text()[-LOG_TAIL:])
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


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
