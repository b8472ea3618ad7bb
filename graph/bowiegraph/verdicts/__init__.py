"""Verdicts: how claims stand against each other."""

from __future__ import annotations

from bowiegraph.verdicts.judging import Judgement, judge

__all__ = ["Judgement", "judge"]
