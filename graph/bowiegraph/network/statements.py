"""What a query selects for a view: statements, each with the claims that make it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from bowiegraph.errors import ResultFormatError, ViewError
from bowiegraph.query import run_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bowiegraph.result import Result

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
#: subject, predicate and object
Triple: TypeAlias = tuple[str, str, Term]
#: how a SELECT may call its columns; the fourth need not be there
_COLUMNS: Final = (("s", "subject"), ("p", "predicate", "property"), ("o", "object"), ("claim", "g", "graph"))
_NEEDED: Final = 3


@dataclass(frozen=True)
class Statement:
    """A triple, and the claims that hold it."""

    subject: str
    predicate: str
    object: Term
    #: IRIs, in order; empty where the query made the triple up
    claims: tuple[str, ...]

    @property
    def links(self) -> bool:
        """Whether it leads from a thing to another."""
        return not isinstance(self.object, ox.Literal)

    @property
    def target(self) -> str:
        """The object as an IRI, a blank node's name, or a literal's text."""
        return name(self.object)


def name(term: Term) -> str:
    """Name a term: its IRI, ``_:`` and its identifier, or a literal's text."""
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value


def select(store: ox.Store, sparql: str) -> list[Statement]:
    """Ask for the statements of a view.

    Args:
        store: the data set.
        sparql: CONSTRUCT, or SELECT of a subject, a predicate, an object and perhaps a claim. Where no claim is
            selected, those that hold the triple are looked up.

    Raises:
        ViewError: the query selects something else.
        QueryError: it is not SPARQL, or is refused.
    """
    result = run_query(store, sparql)
    told: defaultdict[Triple, set[str]] = defaultdict(set)
    for triple, claim in _selected(result):
        told[triple].update((claim,) if claim else claims_of(store, triple))
    return [Statement(*triple, tuple(sorted(claims))) for triple, claims in sorted(told.items(), key=_order)]


def _order(pair: tuple[Triple, set[str]]) -> tuple[str, ...]:
    (subject, property_, object_), _ = pair
    return subject, property_, str(object_)


def claims_of(store: ox.Store, triple: Triple) -> set[str]:
    """Find the claims that hold a triple."""
    subject, property_, object_ = triple
    if subject.startswith("_:"):
        return set()
    quads = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(property_), object_, None)
    return {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}


def _selected(result: Result) -> Iterator[tuple[Triple, str | None]]:
    try:
        triples = result.triples
    except ResultFormatError:
        yield from _rows(result)
        return
    for triple in triples:
        yield from _statement((triple.subject, triple.predicate, triple.object, None))


def _rows(result: Result) -> Iterator[tuple[Triple, str | None]]:
    columns = _columns(result.variables)
    for terms in result.terms:
        yield from _statement([terms[i] if i is not None else None for i in columns])


def _columns(variables: list[str]) -> list[int | None]:
    """Find the columns by their names, or take the first three and perhaps a fourth as they come."""
    found = [next((variables.index(n) for n in names if n in variables), None) for names in _COLUMNS]
    if None not in found[:_NEEDED]:
        return found
    if len(variables) not in {_NEEDED, _NEEDED + 1}:
        raise ViewError(
            f"the query selects {', '.join('?' + v for v in variables) or 'nothing'}",
            "links are selected by CONSTRUCT { ?s ?p ?o } …, SELECT ?s ?p ?o, or SELECT ?s ?p ?o ?claim",
        )
    return [i if i < len(variables) else None for i in range(_NEEDED + 1)]


def _statement(terms: Iterable[object]) -> Iterator[tuple[Triple, str | None]]:
    """Give a statement where the terms can make one: rows with a hole, or a literal as subject, make none."""
    subject, property_, object_, claim = terms
    if not isinstance(subject, ox.NamedNode | ox.BlankNode) or not isinstance(property_, ox.NamedNode):
        return
    if isinstance(object_, ox.NamedNode | ox.BlankNode | ox.Literal):
        yield (
            (name(subject), property_.value, object_),
            claim.value if isinstance(claim, ox.NamedNode) else None,
        )
