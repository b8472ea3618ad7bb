"""Asking a data set by SPARQL: parameters are bound as terms, and nothing reaches the network or changes the data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypeAlias

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.errors import ParameterError, QueryError, QuerySyntaxError, RefusedError
from bowiegraph.fromclauses import dataset_of, keywords
from bowiegraph.result import Result

#: an RDF term
Term: TypeAlias = ox.NamedNode | ox.Literal
#: what a parameter may be: a term, or a value of Python's that becomes a literal; an IRI is a ``NamedNode``
Value: TypeAlias = Term | str | int | float | Decimal | date

_UPDATES: Final = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))
_POSITION: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
#: an engine that lists everything it could have read helps nobody
_FEW: Final = 4


def to_term(value: Value) -> Term:
    """Turn a value into a term: text into a plain literal, numbers and dates into typed ones; terms stay.

    Raises:
        TypeError: no term stands for such a value.
    """
    if isinstance(value, ox.NamedNode | ox.Literal):
        return value
    if isinstance(value, bool | int | float | str):
        return ox.Literal(value)
    if isinstance(value, Decimal):
        return ox.Literal(str(value), datatype=ox.NamedNode(vocab.XSD + "decimal"))
    if isinstance(value, date):
        kind = "dateTime" if isinstance(value, datetime) else "date"
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(vocab.XSD + kind))
    raise TypeError(f"no RDF term stands for {value!r}: give text, a number, a date, or a term of pyoxigraph")


def run_query(
    store: ox.Store,
    sparql: str,
    *,
    bindings: Mapping[str, Value] | None = None,
    base_iri: str | None = None,
    prefixes: Mapping[str, str] = vocab.PREFIXES,
) -> Result:
    """Ask a query.

    Args:
        store: the data set; its default graph is what holds.
        sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
        bindings: variable without its question mark → what it stands for (https://github.com/w3c/sparql-dev, SEP-0007).
        base_iri: for relative IRIs.
        prefixes: those that need not be declared.

    Raises:
        QuerySyntaxError: it is not SPARQL; with line, column and a caret.
        RefusedError: it would change the data, or ask another server.
        ParameterError: a bound variable does not occur in what is selected.
    """
    _refuse(sparql)
    terms = {ox.Variable(name): to_term(value) for name, value in (bindings or {}).items()}

    data, default = dataset_of(store, sparql, base_iri=base_iri, prefixes=prefixes)

    def evaluate() -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return data.query(
                sparql, base_iri=base_iri, prefixes=dict(prefixes), substitutions=terms or None, default_graph=default
            )
        except SyntaxError as error:
            raise _syntax_error(sparql, str(error)) from error
        except RuntimeError as error:
            raise _engine_error(str(error)) from error

    return Result(evaluate)


def _refuse(sparql: str) -> None:
    words = keywords(sparql)
    if "SERVICE" in words:
        raise RefusedError("SERVICE asks another server", "take that part out, and ask that server yourself")
    if words and not {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"} & set(words) and _UPDATES & set(words):
        raise RefusedError("this is an update", "the data set is read-only: change the facts, and build again")


def _syntax_error(sparql: str, message: str) -> QuerySyntaxError:
    """Read line and column out of the engine's message, and shorten its list of what could have stood there."""
    match = _POSITION.search(message)
    if not match:
        return QuerySyntaxError(sparql, 1, 1, message)
    line, column, reason = int(match[1]), int(match[2]), match[3]
    expected = re.findall(r"[^,\s][^,]*", reason.removeprefix("expected ").removeprefix("one of "))
    if reason.startswith("expected") and len(expected) > _FEW:
        reason = f"expected {', '.join(expected[:_FEW])} or {len(expected) - _FEW} other things"
    return QuerySyntaxError(sparql, line, column, reason)


def _engine_error(message: str) -> QueryError:
    unbound = re.search(r"does not contains variable \?(\w+)", message)
    if unbound:
        return ParameterError(unbound[1], "it is not among the variables selected: add it behind SELECT")
    return QueryError(message)
