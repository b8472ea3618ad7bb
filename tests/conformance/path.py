"""The one place where the suite meets the query path under test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Answer:
    """What a query gave: a truth value, a graph, or a table; a table only as the bytes that users get."""

    boolean: bool | None
    triples: tuple[ox.Triple, ...] | None
    write: Callable[[ox.QueryResultsFormat], bytes]


def evaluate(store: ox.Store, query: str, base_iri: str) -> Answer:
    """Run a query whose relative IRIs are resolved against the base.

    Raises:
        SyntaxError: it is not SPARQL 1.1.
    """
    results = store.query(query, base_iri=base_iri)
    return Answer(
        boolean=bool(results) if isinstance(results, ox.QueryBoolean) else None,
        triples=tuple(results) if isinstance(results, ox.QueryTriples) else None,
        write=lambda form: results.serialize(format=form),  # type: ignore[arg-type, return-value]
    )


#: what the query path raises for a text that is not SPARQL 1.1
SYNTAX_ERRORS = (SyntaxError,)

#: what it raises for a text that is SPARQL 1.1 and cannot be evaluated
EVALUATION_ERRORS = (RuntimeError,)
