"""The blob folder: nothing is called whole before its bytes are on the disk under their own hash."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from backend.store.blobs.local import LocalBlobs, WrongOffset

CONTENT = b"bytes of a photo" * 100
NAME = hashlib.sha256(CONTENT).hexdigest()
USER = "1" * 32


@pytest.fixture
def blobs(tmp_path: Path) -> LocalBlobs:
    """An empty folder."""
    return LocalBlobs(tmp_path / "blobs")


def test_parts_become_one_file(blobs: LocalBlobs):
    blobs.append(USER, NAME, 0, CONTENT[:700])
    blobs.append(USER, NAME, 700, CONTENT[700:])
    assert NAME not in blobs
    assert blobs.finish(USER, NAME)
    assert (NAME in blobs, blobs.path(NAME).read_bytes(), blobs.offset(USER, NAME)) == (True, CONTENT, 0)


def test_altered_bytes_never_get_the_name(blobs: LocalBlobs):
    blobs.append(USER, NAME, 0, CONTENT[:-1] + b"x")
    assert not blobs.finish(USER, NAME)
    assert (NAME in blobs, blobs.offset(USER, NAME)) == (False, 0)


def test_altered_bytes_prove_nothing_even_if_the_true_ones_are_here(blobs: LocalBlobs):
    blobs.append("2" * 32, NAME, 0, CONTENT)
    blobs.finish("2" * 32, NAME)
    blobs.append(USER, NAME, 0, CONTENT[:-1] + b"x")
    assert not blobs.finish(USER, NAME)
    assert not blobs.finish(USER, NAME)


def test_only_one_of_two_equal_chunks_is_taken(blobs: LocalBlobs):
    def send(_: int) -> bool:
        try:
            return blobs.append(USER, NAME, 0, CONTENT) == len(CONTENT)
        except WrongOffset as wrong:
            return wrong.offset != len(CONTENT)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send, range(8))) == 1
    assert blobs.finish(USER, NAME)


def test_a_late_chunk_never_gets_into_a_finished_file(blobs: LocalBlobs):
    def late(_: int) -> None:
        try:
            blobs.append(USER, NAME, len(CONTENT), b"x")
        except WrongOffset:
            return

    with ThreadPoolExecutor(8) as threads:
        for _ in range(50):
            blobs.append(USER, NAME, blobs.offset(USER, NAME), CONTENT[blobs.offset(USER, NAME) :])
            results = threads.map(late, range(7))
            blobs.finish(USER, NAME)
            list(results)
            assert NAME not in blobs or blobs.path(NAME).read_bytes() == CONTENT


def test_the_file_is_flushed_before_it_is_named_and_its_folder_after(
    blobs: LocalBlobs, monkeypatch: pytest.MonkeyPatch
):
    steps: list[str] = []
    flush, rename = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: steps.append("flush") or flush(handle))
    monkeypatch.setattr(Path, "replace", lambda path, target: steps.append("name") or rename(path, target))
    blobs.append(USER, NAME, 0, CONTENT)
    blobs.finish(USER, NAME)
    assert steps == ["flush", "name", "flush", "flush"]
