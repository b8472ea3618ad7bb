"""Asking a data set by SPARQL: parameters are bound as terms, and nothing reaches the network or changes the data."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.errors import ParameterError, QueryError, QuerySyntaxError, RefusedError
from bowiegraph.fromclauses import Graphs, dataset_of
from bowiegraph.lexing import may_have, tokens
from bowiegraph.mistakes import locate
from bowiegraph.result import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

#: an RDF term
Term: TypeAlias = ox.NamedNode | ox.Literal
#: what a parameter may be: a term, or a value of Python's that becomes a literal; an IRI is a ``NamedNode``
Value: TypeAlias = Term | str | int | float | Decimal | date

_UPDATES: Final = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))
_NONE_NAMED: Final = Graphs()
_PROLOGUE: Final = frozenset(("BASE", "PREFIX", "VERSION"))
_SERVICE: Final = re.compile(r"(servic)(e)", re.ASCII | re.IGNORECASE)
#: what Python takes for the end of a line and SPARQL does not
_NO_LINE_ENDS: Final = str.maketrans(dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\ufffd"))


def to_term(value: Value) -> Term:
    """Turn a value into a term: text into a plain literal, numbers and dates into typed ones; terms stay.

    Raises:
        TypeError: no term stands for such a value.
    """
    if isinstance(value, ox.NamedNode | ox.Literal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return ox.Literal(str(value), datatype=ox.NamedNode(vocab.XSD + "integer"))
    if isinstance(value, bool | float | str):
        return ox.Literal(value)
    if isinstance(value, Decimal):
        return ox.Literal(f"{value:f}", datatype=ox.NamedNode(vocab.XSD + "decimal"))
    if isinstance(value, date):
        kind = "dateTime" if isinstance(value, datetime) else "date"
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(vocab.XSD + kind))
    raise TypeError(f"no RDF term stands for {value!r}: give text, a number, a date, or a term of pyoxigraph")


def run_query(  # noqa: PLR0913 — what a query may be told
    store: ox.Store,
    sparql: str,
    *,
    bindings: Mapping[str, Value] | None = None,
    base_iri: str | None = None,
    prefixes: Mapping[str, str] = vocab.PREFIXES,
    graphs: Graphs = _NONE_NAMED,
    services: bool = False,
) -> Result:
    """Ask a query.

    Args:
        store: the data set; its default graph is what holds.
        sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
        bindings: variable without its question mark → what it stands for (https://github.com/w3c/sparql-dev, SEP-0007).
        base_iri: for relative IRIs.
        prefixes: those that need not be declared.
        graphs: the IRIs of those to ask, in place of what FROM and FROM NAMED say.
        services: let SERVICE ask other servers, wherever it leads: whoever allows it has seen to that.

    Raises:
        QuerySyntaxError: it is not SPARQL; with line, column and a caret.
        RefusedError: it would change the data, or ask another server.
        ParameterError: a bound variable does not occur in what is selected.
        TypeError: the query is not text.
    """
    if not isinstance(sparql, str):
        raise TypeError(f'a query is SPARQL in a str, such as "ASK {{ ?s ?p ?o }}"; {sparql!r} is none')
    _refuse_updates(sparql)
    if not services:
        refuse_service(sparql, base_iri=base_iri, prefixes=prefixes)
    terms: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = dict(
        _binding(name, value) for name, value in (bindings or {}).items()
    )
    try:
        data = dataset_of(store, sparql, graphs, base_iri=base_iri, prefixes=prefixes)
    except ValueError as error:
        raise QueryError(f"a graph is named by what is no absolute IRI: {error}") from error

    def evaluate() -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return data.store.query(
                sparql,
                base_iri=base_iri,
                prefixes=dict(prefixes),
                substitutions=terms or None,
                default_graph=data.default_graph,
                named_graphs=data.named_graphs,
            )
        except SyntaxError as error:
            raise _syntax_error(sparql, str(error), base_iri, prefixes) from error
        except RuntimeError as error:
            raise _engine_error(str(error)) from error

    return Result(evaluate)


def _binding(name: str, value: Value) -> tuple[ox.Variable, Term]:
    try:
        variable = ox.Variable(name)
    except ValueError as error:
        raise ParameterError(repr(name), "no variable can be called so") from error
    try:
        return variable, to_term(value)
    except ValueError as error:
        raise ParameterError(name, "half of a surrogate pair is not text") from error


def _refuse_updates(sparql: str) -> None:
    """Refuse what would change the data, before any of it is evaluated."""
    try:
        sparql.encode()
    except UnicodeEncodeError as error:
        raise QueryError(f"the query is not text: character {error.start + 1} is half of a surrogate pair") from error
    if not may_have(sparql, _UPDATES):
        return
    words = (token.text for token in tokens(sparql) if token.kind == "word")
    if next((word for word in words if word not in _PROLOGUE), None) in _UPDATES:
        raise RefusedError("this is an update", "the data set is read-only: change the facts, and build again")


def refuse_service(sparql: str, *, base_iri: str | None, prefixes: Mapping[str, str]) -> None:
    """Refuse SERVICE by asking the engine's own parser, which takes more for that keyword than the standard does.

    Wherever the word stands it gets another last letter. In a string, an IRI, a comment, a variable or a name that
    changes nothing, the query still parses; a keyword that is not one any more is a mistake. Nothing is asked
    meanwhile.

    Raises:
        RefusedError: it asks another server.
        QuerySyntaxError: it is not SPARQL.
    """
    if not _SERVICE.search(sparql):
        return
    letter = next((c for c in "abcdfghijklmnopqrstuvwxyz" if f"servic{c}" not in sparql.lower()), "e")
    without = _SERVICE.sub(lambda m: m[1] + (letter.upper() if m[2].isupper() else letter), sparql)
    try:
        if letter != "e":
            ox.Store().query(without, base_iri=base_iri, prefixes=dict(prefixes))
            return
    except SyntaxError as error:
        if not any(token.text == "SERVICE" for token in tokens(sparql)):
            raise _syntax_error(sparql, str(error), base_iri, prefixes, parsed=without) from error
    raise RefusedError("SERVICE asks another server", "take that part out, and ask that server yourself")


def _syntax_error(
    sparql: str, message: str, base_iri: str | None, prefixes: Mapping[str, str], *, parsed: str | None = None
) -> QuerySyntaxError:
    """Say where the mistake is; ``parsed`` is what the engine was given if that is not the query itself."""
    mistake = locate(parsed or sparql, message, base_iri=base_iri, prefixes=prefixes)
    return QuerySyntaxError(sparql.translate(_NO_LINE_ENDS), *mistake)


def _engine_error(message: str) -> QueryError:
    unbound = re.search(r"does not contains variable \?(\w+)", message)
    if unbound:
        return ParameterError(unbound[1], "it is not among the variables selected: add it behind SELECT")
    return QueryError(message)
