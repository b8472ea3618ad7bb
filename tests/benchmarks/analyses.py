"""Measure analyses of a large network beside plain networkx; ``networks.py`` prints the rows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import networkx as nx
from tests.benchmarks.run import Row, in_turns, seconds, show

from bowiegraph import analysis
from bowiegraph.analysis.connecting import betweenness
from bowiegraph.analysis.linked import simple

if TYPE_CHECKING:
    from collections.abc import Iterator

THINGS: Final = 20_000
EDGES: Final = 100_000
#: things from which shortest ways are followed: from all, networkx takes an hour
SAMPLE: Final = 50
_BOUND: Final = "≥ 15 × faster"


def network() -> nx.MultiDiGraph[str]:
    """Make a network at random, always the same."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    made.add_nodes_from(f"n{number:05}" for number in range(THINGS))
    plain = nx.gnm_random_graph(THINGS, EDGES, seed=7)
    made.add_edges_from((f"n{one:05}", f"n{other:05}") for one, other in plain.edges)
    return made


def rows() -> Iterator[Row]:
    """Measure betweenness and communities, each with the answer that it gives."""
    made = network()
    plain = simple(made)
    theirs = partial(nx.betweenness_centrality, plain, k=SAMPLE, seed=7)
    ours, other, ratio = in_turns(partial(betweenness, plain, SAMPLE), theirs, times=3)
    what = f"betweenness, {EDGES:,} edges, {SAMPLE} pivots"
    yield Row(what, show(ours), f"networkx {show(other)}", f"{1 / ratio:.0f} × faster", _BOUND)

    took = seconds(lambda: analysis.communities(made))
    groups = [set(group["thing"]) for _, group in analysis.communities(made).group_by("community")]
    found: list[set[str]] = []
    theirs_took = seconds(lambda: found.extend(nx.community.louvain_communities(plain, seed=7)))
    quality = [nx.community.modularity(plain, division) for division in (groups, found)]
    yield Row(
        f"communities, {EDGES:,} edges, as a table",
        f"{show(took)}, modularity {quality[0]:.3f}",
        f"networkx {show(theirs_took)}, modularity {quality[1]:.3f}",
        f"{theirs_took / took:.0f} × faster",
        _BOUND,
    )
