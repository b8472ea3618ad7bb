"""What a query says of its data: the keywords in it, and the graphs that its FROM clauses name.

Oxigraph takes several FROM clauses for a bag: a triple that stands in three of the graphs counts three times, and a
join of it with itself nine. The standard asks for the merge of the graphs, which is a set
(https://www.w3.org/TR/sparql11-query/#specifyingDataset), so the merge is made here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The tokens that are no keyword, though a keyword may stand in them, and words. In the order of the grammar of
#: https://www.w3.org/TR/sparql11-query/#sparqlGrammar; long strings come before short ones.
_TOKEN: Final = re.compile(
    r"""
    (?P<string> \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<iri> <(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*> )
    | (?P<comment> \#[^\n\r]* )
    | (?P<variable> [?$]\w+ )
    | (?P<language> @[A-Za-z-]+ )
    | (?P<name> (?:\w[\w.-]*)?:(?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.)(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)? )
    | (?P<word> [A-Za-z_]\w* )
    """,
    re.DOTALL | re.VERBOSE,
)

_KEPT: Final = frozenset(("word", "iri", "name"))


@lru_cache(maxsize=256)
def tokens(sparql: str) -> tuple[tuple[str, str], ...]:
    """Give the words, IRIs and prefixed names of a query, each with its kind; comments and strings are passed over."""
    found = ((match.lastgroup or "", match[0]) for match in _TOKEN.finditer(sparql))
    return tuple((kind, text.upper() if kind == "word" else text) for kind, text in found if kind in _KEPT)


def dataset_of(
    store: ox.Store, sparql: str, *, base_iri: str | None, prefixes: Mapping[str, str]
) -> tuple[ox.Store, ox.DefaultGraph | None]:
    """Give the store that a query is to be evaluated on, and its default graph if that is not for the query to say."""
    try:
        merged, named = _graphs(sparql, base_iri or "", dict(prefixes))
    except ValueError:
        return store, None  # a graph has no absolute IRI: the engine says where
    if len(merged) < 2:  # noqa: PLR2004 — one graph is a set as it is
        return store, None
    data = ox.Store()
    for graph in dict.fromkeys(merged):
        data.extend(ox.Quad(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, graph))
    for graph in named:
        data.extend(store.quads_for_pattern(None, None, None, graph))
    return data, ox.DefaultGraph()


def iris(sparql: str, *, base_iri: str | None = None, prefixes: Mapping[str, str]) -> list[str]:
    """List the IRIs that a query names, whole, in its order; those of its prologue are left out."""
    return [iri for _, iri in _iris(sparql, base_iri or "", dict(prefixes))]


def _graphs(sparql: str, base: str, prefixes: dict[str, str]) -> tuple[list[ox.NamedNode], list[ox.NamedNode]]:
    """Read the FROM and the FROM NAMED clauses; what is not well-formed is left for the engine to complain about."""
    if ("word", "FROM") not in tokens(sparql):
        return [], []
    merged: list[ox.NamedNode] = []
    named: list[ox.NamedNode] = []
    for before, iri in _iris(sparql, base, prefixes):
        if before[-1] == "FROM" or before == ("FROM", "NAMED"):
            (named if before[-1] == "NAMED" else merged).append(ox.NamedNode(iri))
    return merged, named


def _iris(sparql: str, base: str, prefixes: dict[str, str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Go through the IRIs and prefixed names behind the prologue's own, each with the two tokens before it."""
    before = ("", "")
    prefix = ""
    for kind, text in tokens(sparql):
        if kind == "iri" and before[-1] == "BASE":
            base = _joined(base, text[1:-1])
        elif kind == "name" and before[-1] == "PREFIX":
            prefix = text[:-1]
        elif kind == "iri" and before[-2] == "PREFIX":
            prefixes[prefix] = _joined(base, text[1:-1])
        elif kind != "word":
            yield before, _iri(text, base, prefixes)
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
