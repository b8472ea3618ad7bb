"""A file is either as it was or wholly new."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from bowiegraph.atomic import write_atomically
from bowiegraph.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_chunks_become_one_file_in_a_new_directory(tmp_path: Path) -> None:
    """All chunks arrive in order, and a missing directory is made."""
    path = tmp_path / "new" / "file"
    write_atomically(path, [b"one ", b"two"])
    assert path.read_bytes() == b"one two"
    assert [each.name for each in path.parent.iterdir()] == ["file"]


def test_a_failure_in_the_middle_leaves_the_earlier_file(tmp_path: Path) -> None:
    """Whatever stops the chunks, the old bytes stay, no other file does, and the error passes through."""
    path = tmp_path / "file"
    path.write_bytes(b"before")

    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, chunks())
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """An OSError at any step names the file, says what to do, and leaves what was there."""
    path = tmp_path / "file"
    path.write_bytes(b"before")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OutputError, match=r"cannot write .*file: No space left on device\. .* make room") as caught:
        write_atomically(path, [b"after"])
    assert caught.value.path == path
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_directory_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    """A file where the directory should be is reported like any other refusal."""
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot write"):
        write_atomically(tmp_path / "taken" / "file", [b""])


def test_the_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    """Temporary files are private; what they become is not."""
    (tmp_path / "plain").write_bytes(b"")
    write_atomically(tmp_path / "ours", [b""])
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_is_followed(tmp_path: Path) -> None:
    """What a link points at is written anew; the link stays one."""
    (tmp_path / "target").write_bytes(b"before")
    link = tmp_path / "link"
    link.symlink_to("target")
    write_atomically(link, [b"after"])
    assert link.is_symlink()
    assert (tmp_path / "target").read_bytes() == b"after"


def test_a_pipe_is_written_into_and_stays_a_pipe(tmp_path: Path) -> None:
    """What is no regular file must not be replaced: root could lose a device so."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_bytes)
        write_atomically(pipe, [b"one ", b"two"])
        assert read.result(timeout=10) == b"one two"
    assert pipe.is_fifo()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """A folder cannot be a file."""
    with pytest.raises(OutputError):
        write_atomically(tmp_path, [b"no"])
