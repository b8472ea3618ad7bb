"""The data set of the shipped facts, in the user's cache."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from tests import small_facts

from bowiegraph import cache
from bowiegraph.errors import OutputError
from bowiegraph.leftovers import write_swept

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ship the small facts, and put the cache into the test's own folder."""
    folders = {
        "facts": small_facts.write(tmp_path / "facts"),
        "ontology": small_facts.write_ontology(tmp_path / "ontology"),
    }
    for module in ("cache", "building.builder"):
        monkeypatch.setattr(f"bowiegraph.{module}.shipped", folders.__getitem__)
    monkeypatch.setenv("BOWIEGRAPH_CACHE", str(tmp_path / "cache"))
    return folders["facts"]


@pytest.mark.usefixtures("shipped")
def test_builds_on_first_use_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second use finds the file."""
    path = cache.ensure_built()
    assert path.read_bytes().endswith(b" .\n")
    monkeypatch.setattr("bowiegraph.building.builder.build_lines", None)
    assert cache.ensure_built() == path


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("damage", ["emptied", "cut at a line", "cut", "changed", "unsealed", "wrongly sealed"])
def test_a_file_that_is_not_whole_is_built_anew(damage: str) -> None:
    """However it came about: by hand, by a full disk, by a program that wrote no seal."""
    path = cache.ensure_built()
    whole = path.read_bytes()
    seal = path.with_name(f"{path.name}.sha256")
    damaged = {
        "emptied": b"",
        "cut at a line": whole[: whole.index(b"\n", len(whole) // 2) + 1],
        "cut": whole[:-7],
        "changed": whole.replace(b"River Song", b"Rover Song"),
    }
    path.write_bytes(damaged.get(damage, whole))
    if damage == "unsealed":
        seal.unlink()
    elif damage == "wrongly sealed":
        seal.write_text(f"{'0' * 64}  {path.name}\n")
    assert cache.ensure_built() == path
    assert path.read_bytes() == whole
    assert seal.read_text() == f"{sha256(whole).hexdigest()}  {path.name}\n"


def test_other_facts_other_file(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the data set depends on is in the name: facts, ontology, version."""
    paths = [cache.ensure_built()]
    more = f'{small_facts.PREFIXES}:carl a schema:Person ; rdfs:label "Carl"@en .\n'
    (shipped / "entities" / "more.trig").write_text(more)
    paths.append(cache.ensure_built())
    with (tmp_path / "ontology" / "bowiegraph.ttl").open("a") as file:
        file.write("bg:more a owl:Class .\n")
    paths.append(cache.ensure_built())
    monkeypatch.setattr("bowiegraph.cache.__version__", "99")
    paths.append(cache.ensure_built())
    assert len(set(paths)) == 4
    assert ":carl" not in paths[0].read_text()
    assert "entity/carl" in paths[1].read_text()


def test_old_files_are_pruned(shipped: Path) -> None:
    """The five that were used last are kept, and what is not ours is let alone."""
    first = cache.ensure_built()
    for number in range(8):
        old = first.with_name(f"bowiegraph-{number}.nq")
        old.write_text("old")
        old.with_name(f"{old.name}.sha256").write_text("old")
        os.utime(old, (number, number))
    (first.parent / "notes.nq").write_text("mine")
    with (shipped / "entities" / "all.trig").open("a") as file:
        file.write("# more\n")
    second = cache.ensure_built()
    kept = {path.name for path in first.parent.iterdir()}
    assert kept == {
        first.name,
        f"{first.name}.sha256",
        second.name,
        f"{second.name}.sha256",
        *(f"bowiegraph-{number}.nq{ending}" for number in (5, 6, 7) for ending in ("", ".sha256")),
        "notes.nq",
    }


@pytest.mark.usefixtures("shipped")
def test_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("BOWIEGRAPH_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(OutputError):
        cache.ensure_built()


@pytest.mark.usefixtures("shipped")
def test_read_only_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is built for a cache that takes nothing; root may write anywhere, so the answer is set."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr("bowiegraph.building.builder.build_lines", None)
    with pytest.raises(OutputError, match="Permission denied"):
        cache.ensure_built()
    assert list((tmp_path / "cache").iterdir()) == []


def test_leftovers_go_and_other_files_stay(tmp_path: Path) -> None:
    """Only temporary files of the file that is written are removed, unless a pattern says more."""
    for name in (".a.nq.x1.part", ".b.nq.x2.part", ".a[.nq.x3.part", "a.nq.part", ".a.nq"):
        (tmp_path / name).write_text("x")
    write_swept(tmp_path / "a.nq", [b"1"])
    assert not (tmp_path / ".a.nq.x1.part").exists()
    assert len(list(tmp_path.iterdir())) == 5
    write_swept(tmp_path / "a[.nq", [b"1"])
    assert not (tmp_path / ".a[.nq.x3.part").exists()
    write_swept(tmp_path / "a.nq", [b"1"], pattern="*.nq")
    assert not (tmp_path / ".b.nq.x2.part").exists()


def test_a_hit_imports_little() -> None:
    """What only a build needs is not imported by finding the file."""
    code = "import sys, bowiegraph.cache; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {
        "bowiegraph.building.builder",
        "bowiegraph.checks.every",
        "bowiegraph.building.derive",
        "elementpath",
        "pyshacl",
        "rdflib",
    }
    assert heavy & set(done.stdout.split()) == set()
