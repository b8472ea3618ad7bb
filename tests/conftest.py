"""What many test modules need."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

# The tests' own cache: what they build is theirs, and what the user has is left alone. The commands that they start inherit it.
os.environ["BOWIEGRAPH_CACHE"] = tempfile.mkdtemp(prefix="bowiegraph-tests-")

# pytest's importlib mode leaves sys.path alone, and the modules of tests share some invented facts.
_ROOT = str(Path(__file__).parent.parent)
if _ROOT not in sys.path:
    sys.path.insert(0, _ROOT)

from tests import small_facts  # noqa: E402 — after the path has been set


@pytest.fixture
def facts_dir(tmp_path: Path) -> Path:
    """A facts directory of a few invented claims, without a mistake."""
    return small_facts.write(tmp_path / "facts")


@pytest.fixture
def ontology_dir(tmp_path: Path) -> Path:
    """The ontology and shapes that go with them."""
    return small_facts.write_ontology(tmp_path / "ontology")
