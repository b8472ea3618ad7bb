"""Sources: from a text to its sentences, without their words."""

from __future__ import annotations
