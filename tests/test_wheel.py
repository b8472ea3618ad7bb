"""What users install is whole: the wheel, in an empty environment, far from the checkout, gives answers."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

CHECKOUT: Final = Path(__file__).parents[1]

#: folder of the checkout → where the wheel has it, and the kinds of files that belong there
SHIPPED: Final = {
    "graph/bowiegraph": (
        "bowiegraph",
        {".py", ".typed", ".html", ".css", ".js", ".json", ".md", ".sh", ".svg", ".txt"},
    ),
    "graph/facts": ("bowiegraph/data/facts", {".trig", ".ttl"}),
    "notebooks": ("bowiegraph/data/notebooks", {".ipynb", ".md"}),
    "ontology": ("bowiegraph/data/ontology", {".ttl", ".jsonld"}),
    "queries": ("bowiegraph/data/queries", {".rq"}),
}
#: what an sdist holds that its wheel does not
SDIST_ONLY: Final = {
    "tests",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "pyproject.toml",
    "PKG-INFO",
}

#: how uv says that it did not reach the registry, rather than that something is wrong with the project
UNREACHABLE: Final = re.compile(
    r"(?i)failed to fetch|error sending request|could not connect|connection refused|dns error|"
    r"network (was|connectivity is) disabled|operation timed out"
)

SNIPPET: Final = """
import bowiegraph
graph = bowiegraph.open()
print(bowiegraph.__file__)
print(graph.run("covers").csv())
"""


def _give_up(reason: str) -> NoReturn:
    """Skip where a developer is offline; fail in CI, which must not lose this test unnoticed."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)


def _uv(*arguments: str | Path) -> None:
    """Run uv, which takes what it needs from the registry or its cache."""
    uv = shutil.which("uv")
    if uv is None:
        _give_up("uv is not installed")
    done = subprocess.run([uv, *map(str, arguments)], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if done.returncode and UNREACHABLE.search(done.stderr):
        _give_up(f"the package registry cannot be reached: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the checkout itself."""
    out = tmp_path_factory.mktemp("wheel")
    _uv("build", "--wheel", "--out-dir", out)
    return _only(out, "*.whl")


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and a wheel from it, into one folder."""
    out = tmp_path_factory.mktemp("sdist")
    _uv("build", "--out-dir", out)
    return out


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an environment that holds the wheel and what it needs, and nothing else."""
    place = tmp_path_factory.mktemp("environment") / "venv"
    _uv("venv", place)
    _uv("pip", "install", "--python", place, wheel)
    return place


def _only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def _run(environment: Path, tmp_path: Path, command: Sequence[str]) -> str:
    """Run a command of the environment as a new user would: new home, no cache, elsewhere."""
    bin_ = environment / "bin"
    home = tmp_path / "home"
    home.mkdir()
    variables = {
        "PATH": f"{bin_}{os.pathsep}{os.defpath}",
        "HOME": str(home),
        "BOWIEGRAPH_CACHE": str(tmp_path / "cache"),
    }
    line = [str(bin_ / command[0]), *command[1:]]
    done = subprocess.run(line, cwd=home, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _digests(wheel: Path) -> dict[str, str]:
    """Map each file of a wheel to its digest."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}


def _sources() -> dict[str, Path]:
    """Map each path in the wheel to the file of the checkout that belongs there."""
    return {
        f"{target}/{path.relative_to(CHECKOUT / folder).as_posix()}": path
        for folder, (target, _) in SHIPPED.items()
        for path in (CHECKOUT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_package_and_its_data_and_nothing_else(wheel: Path) -> None:
    """Each file of the checkout's four folders, byte by byte; no tests, no strays."""
    packed = {name: digest for name, digest in _digests(wheel).items() if ".dist-info/" not in name}
    assert packed == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in _sources().items()}


@pytest.mark.parametrize("folder", SHIPPED)
def test_shipped_folders_hold_only_what_belongs_there(folder: str) -> None:
    """A backup or a note in one of these would reach every user."""
    _, kinds = SHIPPED[folder]
    found = [path for path in (CHECKOUT / folder).rglob("*") if path.is_file()]
    found = [path for path in found if "__pycache__" not in path.parts]
    assert found
    assert not [path for path in found if path.suffix not in kinds or path.name.startswith(".")]


def test_the_wheel_carries_the_licence_and_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        told = {PurePosixPath(name).name: name for name in archive.namelist() if ".dist-info/" in name}
        assert {"METADATA", "RECORD", "WHEEL", "LICENSE", "entry_points.txt"} == set(told)
        assert "bowiegraph = bowiegraph.cli:main" in archive.read(told["entry_points.txt"]).decode()


def test_an_sdist_builds_to_the_same_wheel(wheel: Path, distributions: Path) -> None:
    """Who packages from source gets what others get from the wheel."""
    assert _digests(_only(distributions, "*.whl")) == _digests(wheel)


def test_the_sdist_holds_no_strays(distributions: Path) -> None:
    with tarfile.open(_only(distributions, "*.tar.gz")) as archive:
        inside = [PurePosixPath(*PurePosixPath(name).parts[1:]) for name in archive.getnames()]
    expected = {folder.partition("/")[0] for folder in SHIPPED} | SDIST_ONLY
    assert {path.parts[0] for path in inside} <= expected | {".gitignore"}
    assert not [path for path in inside if "__pycache__" in path.parts or path.suffix == ".pyc"]


def test_the_command_answers_from_the_wheel(environment: Path, tmp_path: Path) -> None:
    """A question asked for the first time, with nothing built before."""
    answer = _run(environment, tmp_path, ["bowiegraph", "query", "covers", "--format", "csv"])
    assert "Peter Gabriel" in answer


def test_the_library_answers_from_the_wheel(environment: Path, tmp_path: Path) -> None:
    """The package that answers is the installed one."""
    place, _, answer = _run(environment, tmp_path, ["python", "-c", SNIPPET]).partition("\n")
    assert Path(place).is_relative_to(environment)
    assert "Peter Gabriel" in answer
