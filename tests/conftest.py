"""What many test modules need."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import sync_playwright

# The tests' own cache: what they build is theirs, and what the user has is left alone. The commands that they start inherit it.
os.environ["BOWIEGRAPH_CACHE"] = tempfile.mkdtemp(prefix="bowiegraph-tests-")

# pytest's importlib mode leaves sys.path alone, and the modules of tests share some invented facts.
_ROOT = str(Path(__file__).parent.parent)
if _ROOT not in sys.path:
    sys.path.insert(0, _ROOT)

from tests import small_facts  # noqa: E402 — after the path has been set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

#: quiet, and without a sandbox of its own, which root and containers do not allow
FLAGS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, or a skip with the reason; in CI it has to be there."""
    path = _chromium()
    if path is None:
        reason = "no Chromium is found: install it (apt-get install chromium), or name it in CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def facts_dir(tmp_path: Path) -> Path:
    """A facts directory of a few invented claims, without a mistake."""
    return small_facts.write(tmp_path / "facts")


@pytest.fixture
def ontology_dir(tmp_path: Path) -> Path:
    """The ontology and shapes that go with them."""
    return small_facts.write_ontology(tmp_path / "ontology")
