"""The one place where the suite meets the query path under test: ``run_query``, with its default prefixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bowiegraph.errors import QueryError, QuerySyntaxError, RefusedError
from bowiegraph.query import run_query

if TYPE_CHECKING:
    import pyoxigraph as ox

    from bowiegraph.result import Result

#: raised for a text that is not SPARQL 1.1
SYNTAX_ERRORS = (QuerySyntaxError,)
#: raised for a text that the query path does not take, be it SPARQL 1.1 or not
REFUSALS = (*SYNTAX_ERRORS, RefusedError)
#: raised for a text that the query path takes, when it cannot be evaluated
EVALUATION_ERRORS = (QueryError,)


def evaluate(store: ox.Store, query: str, base_iri: str) -> Result:
    """Run a query whose relative IRIs are resolved against the base.

    Raises:
        QuerySyntaxError: it is not SPARQL 1.1.
        RefusedError: it is an update, or asks another server.
        QueryError: it cannot be evaluated.
    """
    return run_query(store, query, base_iri=base_iri)
