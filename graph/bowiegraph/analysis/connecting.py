"""Who connects the story, and into which groups it falls."""

from __future__ import annotations

import random
from collections import Counter
from math import comb
from typing import TYPE_CHECKING, Final

from bowiegraph.analysis.linked import in_igraph, label, simple, table
from bowiegraph.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx
    import polars as pl

_SEED: Final = 7
#: of Leiden's method: more of them take longer, and better what is better than Louvain's already
_ROUNDS: Final = 2


def connectors(network: nx.MultiDiGraph[str], *, sample: int | None = 500) -> pl.DataFrame:
    """Tell who connects the story: on how many of the shortest ways a thing lies, and what falls apart without it.

    Args:
        network: whatever is to be looked at.
        sample: from how many things ways are followed, where there are more: betweenness is then an estimate
            (Brandes and Pich 2007, https://doi.org/10.1142/S0218127407018403). None follows all, which takes
            igraph two minutes for 20,000 things and 100,000 edges, and networkx an hour.

    Returns:
        a row a thing, those that connect most first: ``thing`` (IRI), ``label``, ``types``, ``links`` (to how many
        others), ``betweenness`` (which share of the shortest ways between two others leads over it, on average over
        all pairs of others, from 0 to 1; pairs that no way joins count as 0; Freeman 1977,
        https://doi.org/10.2307/3033543), ``parts`` (into how many parts what hangs together with it falls if it is
        taken away; 2 and more make it an articulation point, 0 has no links).

    Raises:
        AnalysisError: ``sample`` is less than 1.
        MissingPackageError: polars is not installed.
    """
    import networkx as nx  # noqa: PLC0415 — lazy: it costs 400 ms

    linked = simple(network)
    scores = betweenness(linked, sample)
    # What hangs together falls into as many parts as there are blocks that only this thing joins.
    blocks: Iterator[set[str]] = nx.biconnected_components(linked)  # type: ignore[assignment]  # its stubs err
    parts = Counter(node for block in blocks for node in block)
    rows = (
        (node, label(network, node), network.nodes[node].get("types", ""), linked.degree[node], score, parts[node])
        for node, score in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    columns = {"thing": str, "label": str, "types": str, "links": int, "betweenness": float, "parts": int}
    return table(columns, rows)


def betweenness(linked: nx.Graph[str], sample: int | None = None) -> dict[str, float]:
    """Give the betweenness of each thing, from 0 to 1; networkx and igraph count it alike."""
    import networkx as nx  # noqa: PLC0415 — lazy, as above

    nodes = list(linked)
    if sample is not None and sample < 1:
        raise AnalysisError(f"a sample of {sample} things tells nothing", "give 1 or more, or None for all")
    if len(nodes) < 3:  # noqa: PLR2004 — it takes three for one to lie between two
        return dict.fromkeys(nodes, 0.0)
    starts = nodes
    if sample is not None and sample < len(nodes):
        starts = random.Random(_SEED).sample(nodes, sample)  # noqa: S311 — no secret: the same each time
    large = in_igraph(linked)
    if large is None:
        counted = nx.betweenness_centrality_subset(linked, starts, nodes)
        found = [counted[node] for node in nodes]
    else:
        places = {node: place for place, node in enumerate(nodes)}
        found = large.betweenness(directed=False, sources=[places[node] for node in starts])
    scale = len(nodes) / len(starts) / comb(len(nodes) - 1, 2)
    # Sums of fractions differ in their last digits with the order of summing, which would differ in ranks as well.
    return {node: round(score * scale, 12) for node, score in zip(nodes, found, strict=True)}


def communities(network: nx.MultiDiGraph[str], *, resolution: float = 1.0) -> pl.DataFrame:
    """Tell into which groups the story falls: things with more links among them than to others.

    Small networks are divided by networkx's Louvain (Blondel et al. 2008,
    https://doi.org/10.1088/1742-5468/2008/10/P10008), those of more than 1,000 things by igraph's Leiden (Traag et
    al. 2019, https://doi.org/10.1038/s41598-019-41695-z) if it is installed. Both look for the highest modularity;
    where several divisions are about as good, they may settle for different ones.

    Args:
        network: whatever is to be looked at.
        resolution: more than 1 gives more groups, less gives fewer.

    Returns:
        a row a thing: ``community`` (1 is the largest), ``around`` (the member with most links within it), ``size``,
        ``thing`` (IRI), ``label``, ``types``, ``links`` (to others of its community). Within a community, those with
        most links come first.

    Raises:
        MissingPackageError: polars is not installed.
    """
    linked = simple(network)
    groups = sorted(_groups(linked, resolution), key=lambda group: (-len(group), group))
    columns = {
        "community": int, "around": str, "size": int, "thing": str, "label": str, "types": str, "links": int,
    }  # fmt: skip
    rows = (row for number, group in enumerate(groups, start=1) for row in _members(network, linked, number, group))
    return table(columns, rows)


def _groups(linked: nx.Graph[str], resolution: float) -> Iterator[list[str]]:
    import networkx as nx  # noqa: PLC0415 — lazy, as above

    large = in_igraph(linked)
    if large is None:
        found = nx.community.louvain_communities(linked, resolution=resolution, seed=_SEED)
        yield from map(sorted, found)
        return
    import igraph as ig  # noqa: PLC0415 — lazy: only for what is large

    nodes = list(linked)
    ig.set_random_number_generator(random.Random(_SEED))  # noqa: S311 — no secret: the same each time
    try:
        division = large.community_leiden("modularity", resolution=resolution, n_iterations=_ROUNDS)
    finally:
        ig.set_random_number_generator(random)
    for group in division:
        yield sorted(nodes[place] for place in group)


def _members(
    network: nx.MultiDiGraph[str], linked: nx.Graph[str], number: int, group: list[str]
) -> Iterator[tuple[object, ...]]:
    inside = linked.subgraph(group)
    members = sorted(group, key=lambda node: (-inside.degree[node], node))
    around = label(network, members[0])
    for node in members:
        types = network.nodes[node].get("types", "")
        yield number, around, len(group), node, label(network, node), types, inside.degree[node]
