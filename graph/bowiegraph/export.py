"""Writing the whole data set in the formats of others; the same data set gives the same bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.errors import UnknownNameError
from bowiegraph.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def export(store: ox.Store, format: str) -> Iterable[bytes]:  # noqa: A002 — the word that rdflib uses
    """Write the data set.

    Args:
        store: the data set.
        format: one of ``FORMATS``. turtle holds the default graph only (what holds), for it has no named graphs;
            graphml holds the network of entities; nanopub a nanopublication a claim, unsigned.

    Raises:
        UnknownNameError: there is no such format.
    """
    if format not in FORMATS:
        raise UnknownNameError("format", format, nearest(format, FORMATS))
    return FORMATS[format](store)


def _named(store: ox.Store) -> Iterable[ox.Quad]:
    """Give the quads with blank nodes named as https://www.w3.org/TR/rdf-canon/ has it, which no file decides.

    Only data of others has any; without, there is nothing to do.
    """
    quads = list(store)
    if not any(isinstance(term, ox.BlankNode) for q in quads for term in (q.subject, q.object, q.graph_name)):
        return quads
    data = ox.Dataset(quads)
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return data


def _sorted(store: ox.Store) -> list[ox.Quad]:
    return sorted(
        _named(store), key=lambda quad: (str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object))
    )


def _nquads(store: ox.Store) -> Iterator[bytes]:
    """Write canonical N-Quads, sorted by code point, as RDFC-1.0 has it."""
    lines = (ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"" for quad in _named(store))
    yield from sorted(lines)


def _written(format: ox.RdfFormat) -> Callable[[ox.Store], Iterator[bytes]]:  # noqa: A002 — as above
    def write(store: ox.Store) -> Iterator[bytes]:
        yield ox.serialize(_sorted(store), format=format, prefixes=vocab.PREFIXES) or b""

    return write


def _turtle(store: ox.Store) -> Iterator[bytes]:
    held = (quad for quad in _sorted(store) if isinstance(quad.graph_name, ox.DefaultGraph))
    triples = [quad.triple for quad in held]
    yield ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=vocab.PREFIXES) or b""


def _jsonld(store: ox.Store) -> Iterator[bytes]:
    whole = (
        ox.serialize(
            _sorted(store), format=ox.RdfFormat.JSON_LD, prefixes={k: v for k, v in vocab.PREFIXES.items() if k}
        )
        or b"[]"
    )
    yield json.dumps(json.loads(whole), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _graphml(store: ox.Store) -> Iterator[bytes]:
    from bowiegraph.network import serialize, to_networkx  # noqa: PLC0415 — lazy: networkx costs 400 ms

    yield serialize(to_networkx(store, fold=False, accepted_only=False), "graphml")


def _nanopub(store: ox.Store) -> Iterator[bytes]:
    from bowiegraph.nanopub import nanopublications  # noqa: PLC0415 — lazy: only for this format

    return nanopublications(store)


#: format → its writer
FORMATS: Final[dict[str, Callable[[ox.Store], Iterator[bytes]]]] = {
    "trig": _written(ox.RdfFormat.TRIG),
    "nquads": _nquads,
    "jsonld": _jsonld,
    "turtle": _turtle,
    "graphml": _graphml,
    "nanopub": _nanopub,
}

#: ending of a file's name → the formats that such files hold, the usual one first
SUFFIXES: Final[dict[str, tuple[str, ...]]] = {
    ".graphml": ("graphml",),
    ".json": ("jsonld",),
    ".jsonld": ("jsonld",),
    ".nq": ("nquads",),
    ".trig": ("trig", "nanopub"),
    ".ttl": ("turtle",),
    # These are of others: nothing that is written here may be called so.
    ".csv": (),
    ".nt": (),
    ".rdf": (),
    ".tsv": (),
}
