"""The command line: ``bowiegraph COMMAND``."""

from __future__ import annotations

from bowiegraph.cli.main import main

__all__ = ["main"]
