"""Copies of content-addressed files: a file is there only if its bytes match its name, read back from the disk."""

import shutil
from pathlib import Path

from backend.store.files import flush, sha256_of


def place(root: Path, sha256: str) -> Path:
    """Where the bytes of this hash lie below a folder."""
    return root / sha256[:2] / sha256


def is_whole(path: Path, sha256: str) -> bool:
    return path.is_file() and sha256_of(path) == sha256


def copy(source: Path, target: Path) -> None:
    """A second file with the same bytes, durable before it has its name."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}")
    shutil.copyfile(source, fresh)
    flush(fresh)
    fresh.replace(target)
    flush(target.parent)
    flush(target.parent.parent)


def drop_others(root: Path, wanted: set[str]) -> int:
    """Remove every file that is not named here; how many there were."""
    others = [path for path in root.glob("??/*") if path.name not in wanted]
    for path in others:
        path.unlink()
    return len(others)
