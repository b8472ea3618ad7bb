"""Terms as a store gives them back, so that what is built is what is exported, to the byte."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bowiegraph import vocab

if TYPE_CHECKING:
    from bowiegraph.facts.parsing import Term

_ANY: Final = ox.NamedNode("urn:any")
_TEXT: Final = frozenset((vocab.XSD + "string", vocab.RDF + "langString"))


def written(term: Term) -> str:
    """Write a term in N-Triples; numbers, booleans and times by value, for so Oxigraph keeps them: 20.0 is 20."""
    if isinstance(term, ox.NamedNode) or term.datatype.value in _TEXT:
        return str(term)
    return _by_value(term)


@lru_cache(maxsize=100_000)
def _by_value(literal: ox.Literal) -> str:
    store = ox.Store()
    store.add(ox.Quad(_ANY, _ANY, literal))
    return str(next(iter(store)).object)
