"""The ontology as the rules of the program see it: which terms are declared, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.errors import FactsError, Problem
from bowiegraph.facts.parsing import Triple, parse_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_TRUE: Final = frozenset({"true", "1"})


@dataclass(frozen=True)
class Ontology:
    """Declared terms: a term is declared if it has an rdf:type."""

    triples: tuple[Triple, ...]
    #: term → its types
    types: Mapping[ox.NamedNode, frozenset[ox.NamedNode]]
    #: of these a subject has one value: two sources that give two contradict each other
    single_valued: frozenset[ox.NamedNode]
    #: rules that can be read both ways, so that what supports the conclusion supports the premise
    invertible: frozenset[ox.NamedNode]
    labels: Mapping[ox.NamedNode, str]

    @classmethod
    def of(cls, statements: Iterable[Triple]) -> Ontology:
        """Sort out what the triples say."""
        triples = tuple(statements)
        types: dict[ox.NamedNode, set[ox.NamedNode]] = {}
        for subject, predicate, value in triples:
            if predicate == vocab.TYPE and isinstance(value, ox.NamedNode):
                types.setdefault(subject, set()).add(value)
        return cls(
            triples=triples,
            types={term: frozenset(found) for term, found in types.items()},
            single_valued=frozenset(s for s, p, o in triples if p == vocab.SINGLE_VALUED and o.value in _TRUE),
            invertible=frozenset(s for s, p, o in triples if p == vocab.INVERTIBLE and o.value in _TRUE),
            labels={s: o.value for s, p, o in reversed(triples) if p == vocab.LABEL},
        )

    def instances(self, kind: ox.NamedNode) -> frozenset[ox.NamedNode]:
        """Give the declared terms of a class, such as the rules (bg:Rule)."""
        return frozenset(term for term, found in self.types.items() if kind in found)


def read_ontology(path: Path) -> Ontology:
    """Read the ontology from Turtle.

    Raises:
        FactsSyntaxError, FactsEncodingError, FactsReadError: it cannot be read.
        FactsError: it has nodes without a name, which would make the data set's bytes depend on chance.
    """
    parsed = parse_file(path)
    unnamed = [quad.predicate for quad in parsed.unnamed]
    if unnamed:
        mend = "give the node an IRI (its statement has the predicate above)"
        raise FactsError([Problem(path, None, f"a blank node stands beside {term}", mend) for term in unnamed])
    return Ontology.of(triple for triples in parsed.statements.values() for triple in triples)
