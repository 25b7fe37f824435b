"""One Node process that plays tablets with the app's own TypeScript, spoken to in lines of JSON."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import orjson

PWA = Path(__file__).parent.parent.parent / "pwa"
COMMAND = ("node", "--disable-warning=ExperimentalWarning", "--import", "./simulation/modules.js", "simulation/host.ts")


class HostFailed(Exception):
    """The app threw what it may not throw, or Node is gone."""


class Host:
    """Knows tablets by name; `planted` are changes of the app's sources, `{"file", "from", "to"}` each; `exchanges`
    counts the requests that the app gave to the network."""

    def __init__(self, planted: Iterable[Mapping[str, str]] = ()) -> None:
        environment = {**os.environ, "PLANTED": json.dumps(list(planted))}
        self.process = subprocess.Popen(
            COMMAND, cwd=PWA, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.exchanges = 0

    def call(self, do: str, **arguments: object) -> dict:
        """One command and its reply."""
        self.process.stdin.write(encoded({"do": do, **arguments}) + b"\n")
        self.process.stdin.flush()
        reply = decoded(self.process.stdout.readline())
        if "error" in reply:
            raise HostFailed(reply["error"])
        self.exchanges = reply["exchanges"]
        return reply

    def close(self) -> None:
        """End the process, which may have ended by itself."""
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def encoded(message: dict) -> bytes:
    try:
        return orjson.dumps(message)
    except TypeError:  # broken text and numbers beyond 64 bits travel as well
        return json.dumps(message).encode()


def decoded(line: bytes) -> dict:
    if not line:
        raise HostFailed("Node is gone")
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return json.loads(line)
