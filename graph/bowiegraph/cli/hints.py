"""Why a query may have found nothing: it names what nobody speaks of."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.fromclauses import iris
from bowiegraph.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: namespaces whose terms are of no use to a query if the data set has them nowhere; the others may be meant as such
_SPACES: Final = (vocab.ENTITY, vocab.BG, vocab.CLAIM, vocab.SOURCE, vocab.SCHEMA, vocab.PROV)
#: so many statements are looked through for a name that is like it: a hint is worth no more
_LOOKED_AT: Final = 200_000


def unknown_terms(store: ox.Store, sparql: str, bindings: Mapping[str, object]) -> Iterator[str]:
    """Name each term of ours that stands in a query and nowhere in the data set, with what comes near."""
    given = (value.value for value in bindings.values() if isinstance(value, ox.NamedNode))
    for iri in dict.fromkeys((*iris(sparql, prefixes=vocab.PREFIXES), *given)):
        space = next((space for space in _SPACES if iri.startswith(space)), None)
        if space and iri != space and not _is_there(store, iri):
            likely = nearest(vocab.compact(iri), map(vocab.compact, _terms(store, space)))
            meant = f"; did you mean {' or '.join(likely)}?" if likely else ""
            yield f"{vocab.compact(iri)} is neither in the ontology nor in the data{meant}"


def _is_there(store: ox.Store, iri: str) -> bool:
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return True  # the engine has taken it for something else
    found = (
        store.quads_for_pattern(node, None, None),
        store.quads_for_pattern(None, node, None),
        store.quads_for_pattern(None, None, node),
        store.quads_for_pattern(None, None, None, node),
    )
    return any(next(quads, None) is not None for quads in found)


def _terms(store: ox.Store, space: str) -> set[str]:
    terms = (term for quad in islice(store, _LOOKED_AT) for term in (quad.subject, quad.predicate))
    return {term.value for term in terms if isinstance(term, ox.NamedNode) and term.value.startswith(space)}
