"""Temporary files of writers that were killed: the next writer of the same file removes them."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from bowiegraph.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: leftovers stay, since nobody can tell whether a writer is alive
    fcntl = None  # type: ignore[assignment]


def write_swept(path: Path, chunks: Iterable[bytes], *, pattern: str | None = None) -> None:
    """Write a file in one step, and remove the temporary files that killed writers of it left.

    Writers hold a lock on the directory, which the system lets go when a process ends, in whatever way:
    whoever has it knows that no temporary file there is in use. Where there are no locks, nothing is removed.

    Args:
        path: the file to write.
        chunks: the bytes, in order.
        pattern: names of files whose leftovers go, such as ``*.nq``; those of this file if None.

    Raises:
        OutputError: the file cannot be written.
    """
    with _locked(path.parent) as alone:
        if alone:
            _sweep(path.parent, pattern or _literally(path.name))
        write_atomically(path, chunks)


def _sweep(directory: Path, pattern: str) -> None:
    with suppress(OSError):
        for part in directory.glob(f".{pattern}.*.part"):
            part.unlink(missing_ok=True)


@contextmanager
def _locked(directory: Path) -> Iterator[bool]:
    handle = _lock(directory)
    try:
        yield handle is not None
    finally:
        if handle is not None:
            os.close(handle)


def _literally(name: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


def _lock(directory: Path) -> int | None:
    """Wait for the lock of a directory; None where it is not there, or the system has no such locks."""
    if fcntl is None:
        return None
    try:
        directory.mkdir(parents=True, exist_ok=True)
        handle = os.open(directory, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:
        os.close(handle)
        return None
    return handle
