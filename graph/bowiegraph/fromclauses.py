"""What a query is asked of: the graphs that its FROM clauses name, or that whoever asks names beside it.

Oxigraph takes several FROM clauses for a bag: a triple that stands in three of the graphs counts three times, and a
join of it with itself nine. The standard asks for the merge of the graphs, which is a set
(https://www.w3.org/TR/sparql11-query/#specifyingDataset), so the merge is made here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

import pyoxigraph as ox

from bowiegraph.lexing import Token, may_have, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAMING: Final = frozenset(("word", "iri", "name"))


class Dataset(NamedTuple):
    """What a query is evaluated on; None leaves it to the query, or to the store."""

    store: ox.Store
    default_graph: ox.NamedNode | ox.DefaultGraph | list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    named_graphs: list[ox.NamedNode | ox.BlankNode] | None = None


class Graphs(NamedTuple):
    """The graphs that a client names beside its query: they count, and those of FROM do not.

    See https://www.w3.org/TR/sparql11-protocol/#dataset.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def dataset_of(
    store: ox.Store, sparql: str, graphs: Graphs, *, base_iri: str | None, prefixes: Mapping[str, str]
) -> Dataset:
    """Give what a query is to be evaluated on.

    Raises:
        ValueError: a graph that the client names has no absolute IRI.
    """
    if any(graphs):
        return _of_client(store, [*map(ox.NamedNode, graphs.default)], [*map(ox.NamedNode, graphs.named)])
    try:
        merged, named = _graphs(sparql, base_iri or "", dict(prefixes))
    except ValueError:
        return Dataset(store)  # a graph has no absolute IRI: the engine says where
    if len(merged) < 2:  # noqa: PLR2004 — one graph is a set as it is
        return Dataset(store)
    return Dataset(_merged(store, merged, named), ox.DefaultGraph())


def _of_client(store: ox.Store, merged: list[ox.NamedNode], named: list[ox.NamedNode]) -> Dataset:
    if len(merged) < 2:  # noqa: PLR2004 — as above
        return Dataset(store, [*merged], [*named])
    return Dataset(_merged(store, merged, named), ox.DefaultGraph(), [*named])


def _merged(store: ox.Store, merged: list[ox.NamedNode], named: list[ox.NamedNode]) -> ox.Store:
    data = ox.Store()
    for graph in dict.fromkeys(merged):
        data.extend(ox.Quad(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, graph))
    for graph in named:
        data.extend(store.quads_for_pattern(None, None, None, graph))
    return data


def absolute_iris(sparql: str, *, base_iri: str | None, prefixes: Mapping[str, str]) -> Iterator[tuple[Token, str]]:
    """Go through the IRIs and prefixed names behind the prologue's own: the token, and the IRI that it stands for."""
    return ((token, iri) for _, token, iri in _iris(sparql, base_iri or "", dict(prefixes)))


def iris(sparql: str, *, base_iri: str | None = None, prefixes: Mapping[str, str]) -> list[str]:
    """List the IRIs that a query names, whole, in its order; those of its prologue are left out."""
    return [iri for *_, iri in _iris(sparql, base_iri or "", dict(prefixes))]


def _graphs(sparql: str, base: str, prefixes: dict[str, str]) -> tuple[list[ox.NamedNode], list[ox.NamedNode]]:
    """Read the FROM and the FROM NAMED clauses; what is not well-formed is left for the engine to complain about."""
    if not may_have(sparql, ("FROM",)):
        return [], []
    merged: list[ox.NamedNode] = []
    named: list[ox.NamedNode] = []
    for before, _, iri in _iris(sparql, base, prefixes):
        if before[-1] == "FROM" or before == ("FROM", "NAMED"):
            (named if before[-1] == "NAMED" else merged).append(ox.NamedNode(iri))
    return merged, named


def _iris(sparql: str, base: str, prefixes: dict[str, str]) -> Iterator[tuple[tuple[str, str], Token, str]]:
    """Go through the IRIs and prefixed names behind the prologue's own, each with the two tokens before it."""
    before = ("", "")
    prefix = ""
    for token in tokens(sparql):
        kind, text = token.kind, token.text
        if kind not in _NAMING:
            continue
        if kind == "iri" and before[-1] == "BASE":
            base = _joined(base, text[1:-1])
        elif kind == "name" and before[-1] == "PREFIX":
            prefix = text[:-1]
        elif kind == "iri" and before[-2] == "PREFIX":
            prefixes[prefix] = _joined(base, text[1:-1])
        elif kind != "word":
            yield before, token, _iri(text, base, prefixes)
        before = (before[-1], text)


def _iri(text: str, base: str, prefixes: Mapping[str, str]) -> str:
    if text.startswith("<"):
        plain = re.sub(r"\\[uU]([0-9A-Fa-f]{4,8})", lambda m: chr(int(m[1], 16)), text[1:-1])
        return _joined(base, plain)
    prefix, _, local = text.partition(":")
    return prefixes.get(prefix, prefix + ":") + re.sub(r"\\(.)", r"\1", local)


def _joined(base: str, iri: str) -> str:
    """Make an IRI absolute; unlike Python's own function, keep the mark of a fragment that is empty so far."""
    whole = urljoin(base, iri) if base else iri
    return whole + "#" * (iri.endswith("#") and not whole.endswith("#"))
