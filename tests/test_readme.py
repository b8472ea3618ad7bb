"""What the README shows is what happens: every command and every Python example in it is run."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
#: commands that set the environment itself up: CI runs them, they cannot run inside of it
SETUP = {"uv run bowiegraph build", "uv run poe test"}


def blocks(language: str) -> list[str]:
    """List the fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def console() -> list[tuple[str, str]]:
    """List the commands of the README with the output that it shows for them."""
    pairs = []
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()
            command = lines.pop(0)
            while command.endswith("\\"):
                command = command[:-1] + lines.pop(0).lstrip("> ").strip()
            pairs.append((command, "\n".join(lines).strip()))
    return pairs


CONSOLE = console()


def test_the_readme_has_examples() -> None:
    """Else the tests below would prove nothing."""
    assert len(CONSOLE) >= 10
    assert blocks("python")
    assert {line for block in blocks("sh") for line in block.splitlines()} >= SETUP


@pytest.mark.parametrize(("command", "output"), CONSOLE, ids=[command[:50] for command, _ in CONSOLE])
def test_command(command: str, output: str, tmp_path: Path) -> None:
    """A command prints what the README shows, or says it if it prints nothing; where that ends in …, the rest is left out."""
    environment = dict(os.environ, PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}", HOME=str(tmp_path), COLUMNS="100")
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1, 141}, done.stderr
    assert "Traceback" not in done.stderr
    shown = "\n".join(line.rstrip() for line in (done.stdout or done.stderr).splitlines()).strip()
    if output.endswith("…"):
        assert shown.startswith(output.removesuffix("…").rstrip())
    else:
        assert shown == output


def test_python_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples in Python, as one session from top to bottom."""
    monkeypatch.chdir(tmp_path)
    text = "\n".join(blocks("python"))
    test = doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0)
    assert len(test.examples) >= 5
    failures: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(test, out=failures.append)
    assert not failures, "".join(failures)


def test_every_command_is_shown() -> None:
    """A command that the README never shows is one that nobody finds."""
    from bowiegraph.cli.main import COMMANDS  # noqa: PLC0415 — only this test looks at the commands themselves

    assert {name for name in COMMANDS if f"bowiegraph {name}" not in README} == set()
