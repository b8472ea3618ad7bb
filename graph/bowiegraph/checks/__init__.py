"""Checks: whether the facts hold together."""

from __future__ import annotations

from bowiegraph.checks.every import check_facts
from bowiegraph.checks.shapes import check_shapes

__all__ = ["check_facts", "check_shapes"]
