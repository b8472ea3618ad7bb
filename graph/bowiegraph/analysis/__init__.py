"""What a network tells that no single statement does; each question is a function, its answer a table or a network.

All of them take a network that ``graph.network()`` made, or a part of one, leave it as it is, and give the same answer
each time. Who is linked to whom counts, and not in which direction or by how many claims, unless it is said otherwise.
Tables are polars DataFrames (``.to_pandas()`` where pandas is wanted). The counting is networkx's, so that whatever
backend its user has chosen does it (https://networkx.org/documentation/stable/backends.html), and igraph's where it is
much faster.
"""

from bowiegraph.analysis.bearing import sentences, without_disputed
from bowiegraph.analysis.connecting import communities, connectors
from bowiegraph.analysis.dating import timeline
from bowiegraph.analysis.leading import ego, path

__all__ = [
    "communities",
    "connectors",
    "ego",
    "path",
    "sentences",
    "timeline",
    "without_disputed",
]
