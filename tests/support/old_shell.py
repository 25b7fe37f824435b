"""The server of today with a released app in front: `python -m tests.support.old_shell FOLDER`."""

import sys
import tarfile
from dataclasses import replace
from pathlib import Path

from backend.app import create_app
from backend.config import from_environment
from backend.serve import serve

GOLDEN = Path(__file__).parents[1] / "contract" / "golden"


def unpack(release: str, folder: Path) -> Path:
    """The folder with the pages of a released app."""
    with tarfile.open(GOLDEN / f"app-{release}.tar.xz") as packed:
        packed.extractall(folder, filter="data")
    return folder


def main(folder: str) -> None:
    """Serves until told to stop."""
    config = replace(from_environment(), static_dir=Path(folder))
    serve(create_app(config), config.host, config.port, config.threads)


if __name__ == "__main__":
    main(sys.argv[1])
