"""Who is linked to whom, reduced to what networkx's and igraph's functions count on; and tables of what they find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bowiegraph import vocab
from bowiegraph.entities import fold
from bowiegraph.errors import AmbiguousNameError, MissingPackageError, UnknownNameError
from bowiegraph.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import igraph as ig
    import networkx as nx
    import polars as pl

#: in networks of more things than that, igraph does the work if it is installed: below, it is not worth its start
LARGE: Final = 1_000


def simple(network: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Reduce a network to one undirected edge between any two that are linked, in an order that is always the same."""
    import networkx as nx  # noqa: PLC0415 — lazy: it costs 400 ms

    linked: nx.Graph[str] = nx.Graph()
    linked.add_nodes_from(sorted(network))
    linked.add_edges_from(sorted({(min(pair), max(pair)) for pair in network.edges() if pair[0] != pair[1]}))
    return linked


def in_igraph(linked: nx.Graph[str]) -> ig.Graph | None:
    """Hand a large network to igraph, its things numbered in their order; None if it is small, or igraph is missing."""
    if len(linked) <= LARGE:
        return None
    try:
        import igraph as ig  # noqa: PLC0415 — optional, and only for what is large
    except ImportError:
        return None
    places = {node: place for place, node in enumerate(linked)}
    return ig.Graph(n=len(places), edges=[(places[start], places[end]) for start, end in linked.edges()])


def label(network: nx.MultiDiGraph[str], node: str) -> str:
    """Name a thing."""
    return str(network.nodes[node].get("label", node))


def find(network: nx.MultiDiGraph[str], name: str) -> str:
    """Find the thing in a network that somebody means: by its IRI, the end of an entity's IRI, or its label.

    Raises:
        UnknownNameError: nothing in the network is called so.
        AmbiguousNameError: several things are.
    """
    for node in (name, vocab.ENTITY + name.removeprefix(":")):
        if node in network:
            return node
    found = sorted(node for node in network if fold(label(network, node)) == fold(name))
    if len(found) == 1:
        return found[0]
    if found:
        told = [f"{vocab.compact(node).removeprefix(':')}: {network.nodes[node].get('types', '')}" for node in found]
        raise AmbiguousNameError(name, told)
    raise UnknownNameError("thing", name, nearest(name, {label(network, node) for node in network}))


def table(columns: Mapping[str, Any], rows: Iterable[Sequence[object]]) -> pl.DataFrame:
    """Make a table.

    Args:
        columns: name → type, one of Python's.
        rows: in order.

    Raises:
        MissingPackageError: polars is not installed.
    """
    try:
        import polars as pl  # noqa: PLC0415 — lazy: it costs half a second, and is optional
    except ImportError as error:
        raise MissingPackageError("polars", "tables") from error
    return pl.DataFrame(list(map(tuple, rows)), schema=dict(columns), orient="row")
