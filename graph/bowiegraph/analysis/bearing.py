"""On what the story rests: the sentences that carry it, and what is left without what others dispute."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from bowiegraph.analysis.connecting import betweenness
from bowiegraph.analysis.linked import label, simple, table
from bowiegraph.claims import chosen_verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx
    import polars as pl

_DISPUTED: Final = ("disputed", "refuted")
#: sentences of which it is looked at what hangs loose without them, which takes a walk through the network each
_WEIGHED: Final = 1_000
#: an edge between two things, and which of several
_Edge = tuple[str, str, str]


def sentences(network: nx.MultiDiGraph[str], *, most: int | None = 50) -> pl.DataFrame:
    """Tell which sentences carry the most: what is said in them, and what would hang loose without them.

    A claim that is quoted from two sentences needs both.

    Args:
        network: whatever is to be looked at. Claims of sources whose sentences are not recorded are not counted.
        most: of how many sentences it is told; None for all.

    Returns:
        a row a sentence, those without which most hangs loose first: ``source``, ``sentence`` (locator such as
        ``p4s2``), ``claims``, ``edges``, ``only`` (how many links between two things nobody else draws), ``loose``
        (how many things of the largest part would not hang together with the most of it any more; looked at for the
        thousand sentences that draw most links alone, null for others), ``statements`` (what its claims say).

    Raises:
        MissingPackageError: polars is not installed.
    """
    linked = simple(network)
    held = _largest(linked)
    carried = [_Carried(network, document, locator, edges) for (document, locator), edges in _carried(network)]
    carried.sort(key=lambda one: (-len(one.only), -len(one.edges), one.document, one.locator))
    weighed = [(one, _loose(linked, held, one.only)) for one in carried[:_WEIGHED]]
    weighed.sort(key=lambda pair: -pair[1])
    columns = {
        "source": str, "sentence": str, "claims": int, "edges": int, "only": int, "loose": int, "statements": str,
    }  # fmt: skip
    rows = [one.row(loose) for one, loose in (*weighed, *((one, None) for one in carried[_WEIGHED:]))]
    return table(columns, rows[:most])


class _Carried:
    """What one sentence carries."""

    def __init__(self, network: nx.MultiDiGraph[str], document: str, locator: str, edges: list[_Edge]) -> None:
        self.document = document
        self.locator = locator
        self.edges = edges
        self._said = [network.edges[edge] for edge in edges]
        pairs = {(min(edge[:2]), max(edge[:2])) for edge in edges if edge[0] != edge[1]}
        gone = set(edges)
        self.only = sorted(pair for pair in pairs if _between(network, *pair) <= gone)

    def row(self, loose: int | None) -> tuple[object, ...]:
        """Tell it in one row."""
        claims = {claim for data in self._said for claim in data.get("claim", "").split()}
        statements = "; ".join(dict.fromkeys(data.get("statement", "") for data in self._said))
        source = self._said[0].get("source_label", "")
        return source, self.locator, len(claims), len(self.edges), len(self.only), loose, statements


def _carried(network: nx.MultiDiGraph[str]) -> list[tuple[tuple[str, str], list[_Edge]]]:
    """Give the edges that each sentence carries, by source and locator."""
    found: defaultdict[tuple[str, str], list[_Edge]] = defaultdict(list)
    for start, end, key, data in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        document = data.get("source_iri") or data.get("source_label", "")
        for locator in data.get("sentences", "").replace(";", " ").split():
            found[document, locator].append((start, end, key))
    return list(found.items())


def _between(network: nx.MultiDiGraph[str], one: str, other: str) -> set[_Edge]:
    """Give all edges between two things, in both directions."""
    both = ((one, other), (other, one))
    return {(*ends, key) for ends in both if network.has_edge(*ends) for key in network[ends[0]][ends[1]]}


def _loose(linked: nx.Graph[str], held: set[str], gone: list[tuple[str, str]]) -> int:
    """Count what no longer hangs together with the most of the largest part, if some links are gone."""
    if not gone:
        return 0
    left = linked.subgraph(held).copy()
    left.remove_edges_from(gone)
    return len(held) - len(_largest(left))


def _largest(linked: nx.Graph[str]) -> set[str]:
    import networkx as nx  # noqa: PLC0415 — lazy: it costs 400 ms

    return max(nx.connected_components(linked), key=lambda part: (len(part), min(part)), default=set())


def without_disputed(
    network: nx.MultiDiGraph[str], *, verdicts: Iterable[str] = _DISPUTED, sample: int | None = 500
) -> pl.DataFrame:
    """Tell how the picture changes when what is disputed or refuted is taken away.

    Args:
        network: one that has it: ``graph.network(accepted_only=False)``.
        verdicts: of the claims that are taken away.
        sample: as in ``connectors``.

    Returns:
        a row for each thing of which something was said that is gone, those that lose most links first: ``thing``
        (IRI), ``label``, ``links`` and ``links_left`` (to how many others), ``rank`` and ``rank_left`` (among those
        that connect others, by betweenness, from 1; null if it connects none), ``lost`` (what was said).

    Raises:
        UnknownNameError: there is no such verdict.
        TypeError: the verdicts are one text rather than a list.
        AnalysisError: ``sample`` is less than 1.
        MissingPackageError: polars is not installed.
    """
    unwanted = chosen_verdicts(verdicts)
    left = network.copy()
    gone = sorted(
        (start, end, key)
        for start, end, key, data in network.edges(keys=True, data=True)
        if data.get("verdict") in unwanted
    )
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
        if node in lost
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
