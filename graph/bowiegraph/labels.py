"""What things are called and described with: one text each, in English where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable


def in_english(texts: Iterable[ox.Literal]) -> str | None:
    """Choose one of several texts: English first, then one of no language, then by language and text."""
    best = min(texts, key=_order, default=None)
    return None if best is None else best.value


def _order(text: ox.Literal) -> tuple[int, str, str]:
    language = text.language or ""
    rank = 0 if language.partition("-")[0] == "en" else 1 if not language else 2
    return rank, language, text.value


def texts_of(store: ox.Store, predicate: ox.NamedNode) -> dict[str, str]:
    """Give the text that each thing has for a predicate, such as its label, by its IRI."""
    found: dict[str, list[ox.Literal]] = {}
    for quad in store.quads_for_pattern(None, predicate, None, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            found.setdefault(quad.subject.value, []).append(quad.object)
    return {iri: in_english(texts) or "" for iri, texts in found.items()}
