"""Finds a Chromium, or installs one; `python -m tests.support.chromium` does both and prints where it is."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")

# A fresh profile per start, nothing that calls home, and no sandbox because tests may run as root.
LAUNCH_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class ChromiumMissing(RuntimeError):
    """No Chromium on this machine: journeys cannot run, and are never skipped."""


def find_chromium() -> str:
    """The path of a Chromium: `CHROMIUM`, one on PATH, or Playwright's own download."""
    for candidate in _candidates():
        if candidate and Path(candidate).is_file():
            return candidate
    raise ChromiumMissing("no Chromium found: set CHROMIUM, or run `python -m tests.support.chromium`")


def _candidates() -> Iterator[str | None]:
    yield os.environ.get("CHROMIUM")
    yield from map(shutil.which, NAMES)
    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def install() -> None:
    """Installs Debian's packages when root on Debian, else Playwright's own build."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=True, stdout=sys.stderr)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
        subprocess.run(command, check=True, stdout=sys.stderr, env=environment)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True, stdout=sys.stderr)


def main() -> None:
    """Makes sure a Chromium is there and prints its path."""
    try:
        path = find_chromium()
    except ChromiumMissing:
        install()
        path = find_chromium()
    print(path)


if __name__ == "__main__":
    main()
