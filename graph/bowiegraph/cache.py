"""The data set of the shipped facts, built on first use and kept in the user's cache."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bowiegraph.atomic import write_atomically
from bowiegraph.errors import OutputError
from bowiegraph.locations import cache_dir, shipped
from bowiegraph.version import __version__

_PREFIX: Final = "bowiegraph-"
_KEPT: Final = 5
#: the parts of the program that decide which lines a data set has: another program makes another file
_MAKERS: Final = ("facts", "verdicts", "building")


def cached_path() -> Path:
    """Give the file in which the data set of the shipped facts is, or will be."""
    return cache_dir() / f"{_PREFIX}{_key()}.nq"


def ensure_built() -> Path:
    """Give the file of the data set of the shipped facts; build it, without shapes, if it is not there or not whole.

    Its name holds a digest of the facts, the ontology and the program, so that it is never out of date; its seal, a
    file beside it, the digest of its bytes, so that one that was cut short is not taken for the whole.

    Raises:
        OutputError: the cache cannot be written; ``build_lines`` builds in memory.
        BowiegraphError: as ``build_lines``.
    """
    path = cached_path()
    if _is_whole(path):
        with suppress(OSError):
            os.utime(path)  # the files that were used last are kept
        return path
    from bowiegraph.building.builder import build_lines  # noqa: PLC0415 — lazy: only the first use builds
    from bowiegraph.leftovers import write_swept  # noqa: PLC0415 — lazy, as above

    _see_that_it_can_be_written(path)
    derived = build_lines([shipped("facts")], shapes=False)
    write_swept(path, derived.chunks(), pattern=f"{_PREFIX}*.nq")
    seal(path, derived.report.sha256)
    _prune(path)
    return path


def seal(path: Path, digest: str) -> None:
    """Write down the digest of a file of the cache, beside it, as ``sha256sum --check`` reads it.

    Raises:
        OutputError: it cannot be written.
    """
    write_atomically(_seal(path), [_sealed(path, digest)])


def _seal(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _sealed(path: Path, digest: str) -> bytes:
    return f"{digest}  {path.name}\n".encode()


def _is_whole(path: Path) -> bool:
    """Tell whether a file of the cache is there and has the bytes that it had; that takes a millisecond a megabyte."""
    try:
        return _seal(path).read_bytes() == _sealed(path, sha256(path.read_bytes()).hexdigest())
    except OSError:
        return False


def _key() -> str:
    """Digest all that the data set depends on; names go in as well as bytes, each with its length."""
    digest = sha256(f"{__version__} {ox.__version__}".encode())  # the engine writes the lines
    folders = (shipped("facts"), shipped("ontology"))
    files = [(path.relative_to(folder), path) for folder in folders for path in folder.rglob("*.t*")]
    package = Path(__file__).parent
    modules = [package / "vocab.py", *(path for name in _MAKERS for path in (package / name).glob("*.py"))]
    makers = [(path.relative_to(package), path) for path in modules]
    for name, path in sorted(files) + sorted(makers):
        data = path.read_bytes()
        digest.update(f"{name.as_posix()} {len(data)}\n".encode() + data)
    return digest.hexdigest()[:32]


def _see_that_it_can_be_written(path: Path) -> None:
    """Find out before the work is done whether there is any use in it.

    Raises:
        OutputError: there is none.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(path, error) from error
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise OutputError(path, PermissionError(13, "Permission denied"))


def _prune(newest: Path) -> None:
    """Remove all but the files that were used last; another process may be doing the same."""
    found: list[tuple[float, Path]] = []
    for path in newest.parent.glob(f"{_PREFIX}*.nq"):
        with suppress(OSError):
            found.append((path.stat().st_mtime, path))
    old = sorted((pair for pair in found if pair[1] != newest), reverse=True)[_KEPT - 1 :]
    for _, path in old:
        with suppress(OSError):
            path.unlink()
            _seal(path).unlink()
