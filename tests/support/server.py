"""A real `huizhi serve` process with a data directory of its own, to be stopped, killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

HOST = "127.0.0.1"
START_LIMIT_SECONDS = 60
POLL_SECONDS = 0.05
HUIZHI = Path(sys.executable).with_name("huizhi")


class ServerFailed(RuntimeError):
    """The process ended or stayed silent; its log is in the message."""


class Server:
    """Keeps its address and its data over every stop, kill and start."""

    def __init__(self, data_dir: Path, **environment: str) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self.log = data_dir / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        addresses = {"HOST": HOST, "PORT": str(self.port), "DATA_DIR": str(data_dir)}
        self._environment = {**os.environ, **addresses, **environment}

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        assert self._process, "the server is not running"
        return self._process.pid

    def run(self, *command: str) -> str:
        """Runs one `huizhi` command on the same data and returns what it printed."""
        done = subprocess.run([HUIZHI, *command], env=self._environment, capture_output=True, text=True)
        if done.returncode:
            raise ServerFailed(f"huizhi {' '.join(command)}: {done.stderr}")
        return done.stdout

    @contextmanager
    def beside(self, *command: str) -> Iterator[None]:
        """Another `huizhi` command at work on the same data, ended with the block."""
        with self.log.open("ab") as log:
            process = subprocess.Popen([HUIZHI, *command], env=self._environment, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=START_LIMIT_SECONDS)

    def start(self, shell: Path | None = None) -> "Server":
        """Starts the process, with this older app in front if one is given, and returns when it says it is ready."""
        older = [sys.executable, "-m", "tests.support.old_shell", shell]
        with self.log.open("ab") as log:
            command = older if shell else [HUIZHI, "serve"]
            self._process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)
        deadline = time.monotonic() + START_LIMIT_SECONDS
        while not self._is_ready():
            if self._ended() or time.monotonic() > deadline:
                self.kill()
                raise ServerFailed(self.log.read_text())
        return self

    def stop(self) -> int | None:
        """Asks the process to finish its requests and end; its exit code."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int | None:
        """Ends the process at once, as a power cut does."""
        return self._end(signal.SIGKILL)

    def _end(self, kind: signal.Signals) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        process.send_signal(kind)
        return process.wait(timeout=START_LIMIT_SECONDS)

    def _ended(self) -> bool:
        assert self._process
        try:
            self._process.wait(POLL_SECONDS)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _is_ready(self) -> bool:
        try:
            with urlopen(f"{self.url}/readyz", timeout=START_LIMIT_SECONDS) as answer:
                return answer.status == 200
        except (URLError, ConnectionError):
            return False


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.create_server((HOST, 0)) as probe:
        return int(probe.getsockname()[1])
