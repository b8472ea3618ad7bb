"""Make a networkx network of triples with kglab, as its documentation says, and print the seconds that it takes.

It runs in an environment of its own, which ``networks.py`` makes, for kglab needs a networkx, pandas and rdflib of years ago.
The argument is a file of N-Triples.
"""

from __future__ import annotations

import sys
import time

import kglab
import networkx as nx

LINKS = "SELECT ?subject ?object WHERE { ?subject ?property ?object }"


def main() -> None:
    """Load the triples, make the network, and print the seconds of the latter."""
    data = kglab.KnowledgeGraph()
    data.load_rdf(sys.argv[1], format="nt")
    start = time.perf_counter()
    network = kglab.SubgraphMatrix(data, LINKS).build_nx_graph(nx.DiGraph())
    took = time.perf_counter() - start
    print(f"nodes: {len(network)}", file=sys.stderr)
    print(took)


if __name__ == "__main__":
    main()
