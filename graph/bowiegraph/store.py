"""Opening a data set: what ships with the package, a file of any RDF format, or a folder that Oxigraph wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bowiegraph.errors import OutputError, StoreError

_FORMATS: Final = {
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
}


def open_store(location: str | Path | None = None) -> ox.Store:
    """Open a data set for reading.

    Args:
        location: a file (.nq .trig .ttl .nt .rdf .jsonld), which is read into memory; a folder written by Oxigraph,
        which is
            opened in place and read-only; None for the facts that ship with the package, built on first use.

    Raises:
        StoreError: there is no such file or folder, or it holds something else.
    """
    if location is None:
        return _shipped()
    path = Path(location)
    return _folder(path) if path.is_dir() else _file(path)


def _shipped() -> ox.Store:
    """Open the shipped facts; where the cache cannot be written, they are built in memory each time."""
    from bowiegraph.cache import ensure_built  # noqa: PLC0415 — lazy: a named store needs no facts

    try:
        return _file(ensure_built(), checked=True)
    except OutputError:
        from bowiegraph.building.builder import build_lines  # noqa: PLC0415 — lazy: the last resort
        from bowiegraph.locations import shipped  # noqa: PLC0415 — lazy, as above

        derived = build_lines([shipped("facts")], shapes=False)
        store = ox.Store()
        store.bulk_load(b"".join(derived.chunks()), format=ox.RdfFormat.N_QUADS)
        return store


def _folder(path: Path) -> ox.Store:
    if not (path / "CURRENT").is_file():
        raise StoreError(path, "the folder was not written by Oxigraph")
    try:
        return ox.Store.read_only(str(path))
    except OSError as error:
        raise StoreError(path, str(error)) from error


def _file(path: Path, *, checked: bool = False) -> ox.Store:
    """Read a file into memory; one that was ``checked`` when written need not be again, which takes half the time."""
    suffix = path.suffix.lower()
    if suffix not in _FORMATS:
        raise StoreError(path, f"its name does not end in one of {' '.join(_FORMATS)}")
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=_FORMATS[suffix], lenient=checked)
    except SyntaxError as error:
        where = f"line {error.lineno}: " if error.lineno else ""
        raise StoreError(path, where + error.msg) from error
    except OSError as error:
        raise StoreError(path, error.strerror or str(error)) from error
    return store
