"""The build: from facts to a data set, whole or not at all."""

from __future__ import annotations

from bowiegraph.building.builder import build, build_lines
from bowiegraph.building.report import Coverage, Report

__all__ = ["Coverage", "Report", "build", "build_lines"]
