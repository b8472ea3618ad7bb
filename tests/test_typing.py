"""What a user's editor knows: pyright, as strict as it can be, on a program as a user writes it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

PROGRAMS: Final = Path(__file__).parent / "typing"
MARK: Final = "  # mistake"
SETTINGS: Final = {"typeCheckingMode": "strict", "pythonVersion": "3.11", "reportUnusedExpression": "none"}


def pyright(folder: Path, *words: str) -> Any:  # noqa: ANN401 — its own JSON
    """Run it where there is nothing but what is looked at: the package is found as it is installed."""
    (folder / "pyrightconfig.json").write_text(json.dumps(SETTINGS))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, *words]
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1", "PYTHONPATH": ""}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        reason = f"pyright does not start: {done.stderr.strip() or done.stdout.strip()}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


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


def test_mistakes_are_underlined(tmp_path: Path) -> None:
    lines = (PROGRAMS / "mistakes.py").read_text(encoding="utf-8").splitlines()
    marked = {number for number, line in enumerate(lines, start=1) if line.endswith(MARK)}
    assert len(marked) > 10
    assert {line for line, _ in told(tmp_path, "mistakes.py")} == marked


def test_all_that_is_public_has_a_type(tmp_path: Path) -> None:
    """As pyright counts it: https://microsoft.github.io/pyright/#/typed-libraries?id=verifying-type-completeness."""
    report = pyright(tmp_path, "--verifytypes", "bowiegraph", "--ignoreexternal")["typeCompleteness"]
    lacking = [symbol["name"] for symbol in report["symbols"] if symbol["isExported"] and not symbol["isTypeKnown"]]
    assert lacking == []
    assert report["completenessScore"] == 1
    assert report["exportedSymbolCounts"]["withKnownType"] > 500
    assert report["missingClassDocStringCount"] == report["missingFunctionDocStringCount"] == 0
