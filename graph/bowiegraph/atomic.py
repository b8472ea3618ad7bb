"""Files that are whole or not there: what is written replaces the earlier file in one step, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bowiegraph.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_atomically(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file so that a reader, or a crash, finds the earlier file or the new one, and either is whole.

    A link is followed. What is no regular file, such as a pipe or a device, is written into: it must not be replaced.

    The bytes go to a temporary file in the same directory (a rename is atomic only within one file system),
    reach the disk, and then take the name. What ``chunks`` raises passes through; the temporary file goes.

    Args:
        path: the file to write; its directory is made if it is missing.
        chunks: the bytes, in order; taken one at a time, so that they never need to be in memory together.

    Raises:
        OutputError: the disk is full, read-only or otherwise refuses.
    """
    if path.exists() and not path.is_file():
        _pour(path, chunks)  # unresolved: /dev/stdout leads to a pipe that has no name
        return
    path = path.resolve()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise OutputError(path, error) from error
    try:
        _fill(handle, path, chunks)
        _take_name(Path(name), path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _pour(path: Path, chunks: Iterable[bytes]) -> None:
    """Write all chunks into a pipe or a device; a folder refuses."""
    try:
        handle = os.open(path, os.O_WRONLY)
    except OSError as error:
        raise OutputError(path, error) from error
    with os.fdopen(handle, "wb", buffering=0) as stream:
        for chunk in chunks:
            try:
                stream.write(chunk)
            except OSError as error:
                raise OutputError(path, error) from error


def _fill(handle: int, path: Path, chunks: Iterable[bytes]) -> None:
    """Write all chunks to an open file descriptor, and close it once they are on the disk."""
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            try:
                file.write(chunk)
            except OSError as error:
                raise OutputError(path, error) from error
        try:
            file.flush()
            os.fsync(file.fileno())
        except OSError as error:
            raise OutputError(path, error) from error


def _take_name(part: Path, path: Path) -> None:
    """Rename the finished file, with the permissions that any new file would get (mkstemp gives 0600)."""
    try:
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        raise OutputError(path, error) from error


def _umask() -> int:
    mask = os.umask(0o077)  # the only portable way to read it is to set it
    os.umask(mask)
    return mask
