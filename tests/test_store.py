"""Data sets in every format, and what cannot be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from tests import small_data, small_facts

from bowiegraph.errors import StoreError
from bowiegraph.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

NAMED = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG, ".jsonld": ox.RdfFormat.JSON_LD}
TRIPLES = {".nt": ox.RdfFormat.N_TRIPLES, ".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML}


@pytest.mark.parametrize("suffix", NAMED)
def test_a_file_of_quads(suffix: str, tmp_path: Path) -> None:
    """Each format that has named graphs gives all quads back."""
    path = tmp_path / f"data{suffix}"
    path.write_bytes(ox.serialize(list(small_data.store()), format=NAMED[suffix]) or b"")
    assert set(open_store(path)) == set(small_data.store())


@pytest.mark.parametrize("suffix", TRIPLES)
def test_a_file_of_triples(suffix: str, tmp_path: Path) -> None:
    """Each format of triples gives the default graph back; a path may be text."""
    triples = {q.triple for q in small_data.store() if q.graph_name == ox.DefaultGraph()}
    path = tmp_path / f"data{suffix}"
    path.write_bytes(ox.serialize(list(triples), format=TRIPLES[suffix]) or b"")
    assert {q.triple for q in open_store(str(path))} == triples


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.nq", None, "No such file"),
        ("data.txt", b"", ".nq .nt"),
        ("data", b"", ".nq .nt"),
        ("broken.nq", b"<a:b> <a:c> <a:d> .\n<a:b> <a:c> d .\n", "line 2"),
        ("broken.ttl", b"<a:b> <a:c> <a:d> .\n\n<a:b> <a:c> d .\n", "line 3"),
        ("broken.rdf", b"<rdf:RDF>", "broken.rdf"),
        ("broken.jsonld", b'{\n"@context": {},\n"@id" 3}', "line 3"),
        ("latin.nq", '<a:b> <a:c> "é" .'.encode("latin-1"), "line 1"),
    ],
)
def test_what_cannot_be_opened(name: str, content: bytes | None, message: str, tmp_path: Path) -> None:
    """The message names the file, what is wrong with it, and the line where there is one."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path / name)
    assert message in str(caught.value)
    assert name in str(caught.value)
    assert "None" not in str(caught.value)
    assert caught.value.path == tmp_path / name


def test_suffixes_in_capitals(tmp_path: Path) -> None:
    """A file from another system may be called DATA.NQ."""
    path = tmp_path / "DATA.NQ"
    path.write_bytes(b"<a:b> <a:c> <a:d> .\n")
    assert len(open_store(path)) == 1


def test_a_folder_of_oxigraph_is_read_only(tmp_path: Path) -> None:
    """It is opened in place, holds what it held, and refuses to be written."""
    written = ox.Store(str(tmp_path / "db"))
    written.extend(small_data.store())
    written.flush()
    del written
    opened = open_store(tmp_path / "db")
    assert set(opened) == set(small_data.store())
    quad = ox.Quad(ox.NamedNode("a:b"), ox.NamedNode("a:b"), ox.NamedNode("a:b"))
    with pytest.raises((OSError, RuntimeError, ValueError)):
        opened.add(quad)
    assert quad not in opened


def test_other_folders_stay_as_they_are(tmp_path: Path) -> None:
    """A folder by somebody else is refused, and nothing is written into it."""
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="not written by Oxigraph"):
        open_store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_damaged_folder(tmp_path: Path) -> None:
    """What looks like Oxigraph's and is not is one clear error."""
    (tmp_path / "CURRENT").write_text("MANIFEST-000001\n")
    with pytest.raises(StoreError, match=str(tmp_path)):
        open_store(tmp_path)


def test_without_a_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the cache cannot be written the shipped facts are built in memory, and are the same."""
    folders = {
        "facts": small_facts.write(tmp_path / "facts"),
        "ontology": small_facts.write_ontology(tmp_path / "ontology"),
    }
    for module in ("locations", "cache", "building.builder"):
        monkeypatch.setattr(f"bowiegraph.{module}.shipped", folders.__getitem__)
    monkeypatch.setenv("BOWIEGRAPH_CACHE", str(tmp_path / "cache"))
    built = set(open_store())
    (tmp_path / "taken").write_text("a file in the cache's place")
    monkeypatch.setenv("BOWIEGRAPH_CACHE", str(tmp_path / "taken"))
    assert set(open_store()) == built
    assert len(built) > 0
    assert (tmp_path / "taken").read_text() == "a file in the cache's place"
