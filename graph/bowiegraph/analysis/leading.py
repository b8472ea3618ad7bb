"""How one thing leads to another, and what is near."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bowiegraph.analysis.linked import find, label, table
from bowiegraph.errors import AnalysisError
from bowiegraph.network.standing import VERDICTS

if TYPE_CHECKING:
    import networkx as nx
    import polars as pl


def path(network: nx.MultiDiGraph[str], start: str, end: str) -> pl.DataFrame:
    """Tell how one thing leads to another: the shortest way, and of these the best confirmed.

    That is the one with the fewest refuted steps, then disputed, unchecked and qualified ones; a step stands as the
    best confirmed of the claims that make it.

    Args:
        network: whatever is to be looked at; edges are followed in both directions.
        start: where it begins: an IRI, the end of an entity's IRI, or a label.
        end: where it ends.

    Returns:
        a row a claim, in the order of the steps: ``step`` (from 1), ``words`` (what is said, in the direction in
        which it is said), ``verdict``, ``stance``, ``source``, ``sentences`` (locators such as ``p4s2``),
        ``statement`` (what the claim says as a whole), ``claim`` (IRI).

    Raises:
        UnknownNameError, AmbiguousNameError: nothing in the network is called so, or several things are.
        AnalysisError: no way leads from one to the other.
        MissingPackageError: polars is not installed.
    """
    import networkx as nx  # noqa: PLC0415 — lazy: it costs 400 ms

    first, last = find(network, start), find(network, end)
    ways: nx.Graph[str] = nx.Graph()
    ways.add_nodes_from(sorted(network))
    # Whole numbers, so that no number of lesser doubts weighs as much as one greater doubt, or as one step more.
    base = len(network) + 1
    for one, other, data in sorted(network.edges(data=True), key=lambda edge: edge[:2]):
        weight = base ** len(VERDICTS) + base ** _doubt(data)
        if not ways.has_edge(one, other) or weight < ways[one][other]["weight"]:
            ways.add_edge(one, other, weight=weight)
    try:
        steps = nx.shortest_path(ways, first, last, weight="weight")
    except nx.NetworkXNoPath:
        names = f"{label(network, first)} to {label(network, last)}"
        raise AnalysisError(f"no way leads from {names}", "look for it in a larger network") from None
    columns = ("words", "verdict", "stance", "source", "sentences", "statement", "claim")
    rows = [row for number, pair in enumerate(pairwise(steps), start=1) for row in _step(network, number, pair)]
    return table({"step": int, **dict.fromkeys(columns, str)}, rows)


def _doubt(data: dict[str, Any]) -> int:
    """Rank an edge by its verdict, from 0; what no claim says counts as unchecked."""
    verdict = data.get("verdict", "")
    return VERDICTS.index(verdict if verdict in VERDICTS else "unchecked")


def _step(network: nx.MultiDiGraph[str], number: int, pair: tuple[str, str]) -> list[tuple[object, ...]]:
    """Give what is said of two neighbours: what is best confirmed first."""
    found = [
        (_doubt(data), f"{label(network, one)} — {data.get('label', '')} → {label(network, other)}", data)
        for one, other in {pair, pair[::-1]}
        if network.has_edge(one, other)
        for data in network[one][other].values()
    ]
    names = ("verdict", "stance", "source_label", "sentences", "statement", "claim")
    ordered = sorted(found, key=lambda said: (said[0], said[1], said[2].get("claim", "")))
    return [(number, words, *(data.get(name, "") for name in names)) for _, words, data in ordered]


def ego(network: nx.MultiDiGraph[str], name: str, *, hops: int = 1) -> nx.MultiDiGraph[str]:
    """Give what is near a thing: the network of all that few steps lead to, in either direction.

    Args:
        network: whatever is to be looked at.
        name: the thing: an IRI, the end of an entity's IRI, or a label.
        hops: how near.

    Returns:
        a network of its own, with all that is said among those in it.

    Raises:
        UnknownNameError, AmbiguousNameError: nothing in the network is called so, or several things are.
        AnalysisError: ``hops`` is less than 0.
    """
    import networkx as nx  # noqa: PLC0415 — lazy, as above

    if hops < 0:
        raise AnalysisError(f"{hops} hops lead nowhere", "give 0 or more")
    near: nx.MultiDiGraph[str] = nx.ego_graph(network, find(network, name), radius=hops, undirected=True)
    return near
