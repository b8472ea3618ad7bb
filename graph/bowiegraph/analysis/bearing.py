"""On what the story rests: the sentences that carry it, and what is left without what others dispute."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from bowiegraph.analysis.connecting import betweenness
from bowiegraph.analysis.linked import label, simple, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx
    import polars as pl

_DISPUTED: Final = ("disputed", "refuted")
#: an edge between two things, and which of several
_Edge = tuple[str, str, str]


def sentences(network: nx.MultiDiGraph[str], *, most: int | None = 50) -> pl.DataFrame:
    """Tell which sentences carry the most: what is said in them, and what would hang loose without them.

    A claim that is quoted from two sentences needs both.

    Args:
        network: whatever is to be looked at. Claims of sources whose sentences are not recorded are not counted.
        most: of how many sentences, those with most edges, it is told; None for all.

    Returns:
        a row a sentence, that with most edges first: ``source``, ``sentence`` (locator such as ``p4s2``), ``claims``,
        ``edges``, ``only`` (how many links between two things nobody else draws), ``loose`` (how many things would
        not hang together with the largest part any more), ``statements`` (what its claims say).

    Raises:
        MissingPackageError: polars is not installed.
    """
    carried = _carried(network)
    ranked = sorted(carried.items(), key=lambda item: (-len(item[1]), item[0]))
    columns = {
        "source": str, "sentence": str, "claims": int, "edges": int, "only": int, "loose": int, "statements": str,
    }  # fmt: skip
    linked = simple(network)
    held = _largest(linked)
    rows = [_sentence(network, linked, held, where, edges) for where, edges in ranked[:most]]
    return table(columns, rows)


def _carried(network: nx.MultiDiGraph[str]) -> dict[tuple[str, str], list[_Edge]]:
    """Give the edges that each sentence carries, by source and locator."""
    found: defaultdict[tuple[str, str], list[_Edge]] = defaultdict(list)
    for start, end, key, data in network.edges(keys=True, data=True):
        for locator in data.get("sentences", "").replace(";", " ").split():
            found[data.get("source_label", ""), locator].append((start, end, key))
    return found


def _sentence(
    network: nx.MultiDiGraph[str], linked: nx.Graph[str], held: int, where: tuple[str, str], edges: list[_Edge]
) -> tuple[object, ...]:
    said = [network.edges[edge] for edge in edges]
    gone = set(edges)
    pairs = {(min(edge[:2]), max(edge[:2])) for edge in edges if edge[0] != edge[1]}
    only = [pair for pair in pairs if _between(network, *pair) <= gone]
    loose = 0
    if only:
        left = linked.copy()
        left.remove_edges_from(only)
        loose = held - _largest(left)
    claims = {claim for data in said for claim in data.get("claim", "").split()}
    statements = "; ".join(dict.fromkeys(data.get("statement", "") for data in said))
    return *where, len(claims), len(edges), len(only), loose, statements


def _between(network: nx.MultiDiGraph[str], one: str, other: str) -> set[_Edge]:
    """Give all edges between two things, in both directions."""
    both = ((one, other), (other, one))
    return {(*ends, key) for ends in both if network.has_edge(*ends) for key in network[ends[0]][ends[1]]}


def _largest(linked: nx.Graph[str]) -> int:
    import networkx as nx  # noqa: PLC0415 — lazy: it costs 400 ms

    return max(map(len, nx.connected_components(linked)), default=0)


def without_disputed(
    network: nx.MultiDiGraph[str], *, verdicts: Iterable[str] = _DISPUTED, sample: int | None = 500
) -> pl.DataFrame:
    """Tell how the picture changes when disputed claims are taken away.

    Args:
        network: one with disputed claims in it: ``graph.network(accepted_only=False)``.
        verdicts: of the claims that are taken away.
        sample: as in ``connectors``.

    Returns:
        a row for each thing that loses something or has another rank, those that lose most links first: ``thing``
        (IRI), ``label``, ``links`` and ``links_left`` (to how many others), ``rank`` and ``rank_left`` (among those
        that connect others, by betweenness, from 1; null if it connects none), ``lost`` (what was said of it that is
        gone).

    Raises:
        MissingPackageError: polars is not installed.
    """
    unwanted = frozenset(verdicts)
    left = network.copy()
    gone = [
        (start, end, key)
        for start, end, key, data in network.edges(keys=True, data=True)
        if data.get("verdict") in unwanted
    ]
    left.remove_edges_from(gone)
    before, after = simple(network), simple(left)
    ranks, ranks_left = _ranks(before, sample), _ranks(after, sample)
    lost: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for edge in gone:
        for node in edge[:2]:
            lost[node][network.edges[edge].get("statement", "")] = None
    rows = [
        (node, label(network, node), before.degree[node], after.degree[node], ranks.get(node), ranks_left.get(node))
        for node in before
        if node in lost or ranks.get(node) != ranks_left.get(node)
    ]
    columns = {
        "thing": str, "label": str, "links": int, "links_left": int, "rank": int, "rank_left": int, "lost": str,
    }  # fmt: skip
    ordered = sorted(rows, key=lambda row: (row[3] - row[2], row[4] or len(ranks), row[0]))
    return table(columns, [(*row, "; ".join(lost[row[0]])) for row in ordered])


def _ranks(linked: nx.Graph[str], sample: int | None) -> dict[str, int]:
    """Rank the things that connect others; equal scores share a rank."""
    scores = {node: score for node, score in betweenness(linked, sample).items() if score}
    first: dict[float, int] = {}
    for place, score in enumerate(sorted(scores.values(), reverse=True), start=1):
        first.setdefault(score, place)
    return {node: first[score] for node, score in scores.items()}
