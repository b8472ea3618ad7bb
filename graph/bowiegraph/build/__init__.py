"""The build: from facts to a data set, whole or not at all."""

from __future__ import annotations

from bowiegraph.build.building import build, build_lines
from bowiegraph.build.report import Coverage, Report

__all__ = ["Coverage", "Report", "build", "build_lines"]
