"""The graph as a network: entities as nodes, and an edge for each statement of each claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bowiegraph.query import run_query

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph as ox

_EDGES: Final = """
SELECT ?s ?p ?o ?label ?claim ?statement ?stance ?verdict ?source WHERE {
  GRAPH ?claim { ?s ?p ?o }
  FILTER(STRSTARTS(STR(?s), STR(:)) && STRSTARTS(STR(?o), STR(:)))
  OPTIONAL { ?p rdfs:label ?name }
  BIND(COALESCE(?name, STR(?p)) AS ?label)
  ?claim rdfs:label ?statement ; bg:stance/rdfs:label ?stance ; bg:verdict/rdfs:label ?verdict ;
         prov:wasDerivedFrom ?document .
  ?document a bg:Source ; rdfs:label ?source .
} ORDER BY ?s ?o ?claim ?p
"""
_NODES: Final = """
SELECT ?node ?label (GROUP_CONCAT(DISTINCT ?name; separator=", ") AS ?types) WHERE {
  ?node rdfs:label ?label . FILTER(STRSTARTS(STR(?node), STR(:)))
  OPTIONAL { { ?node a ?type } UNION { GRAPH ?claim { ?node a ?type } } ?type rdfs:label ?name }
} GROUP BY ?node ?label ORDER BY ?node
"""


def to_networkx(store: ox.Store) -> nx.MultiDiGraph[str]:
    """Make a network of all that is claimed, whatever its verdict.

    Returns:
        nodes are the IRIs of entities, with ``label`` and ``types``; an edge goes from subject to object, with the
        claim's IRI and the property's as key, and with ``property``, ``claim``, ``statement``, ``stance``,
        ``verdict`` and ``source``.
        All attributes are text, so that every format can hold them.
    """
    import networkx as nx  # noqa: PLC0415 — lazy: it costs 400 ms

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in run_query(store, _NODES).rows:
        network.add_node(row.node, label=row.label, types=row.types or "")
    for row in run_query(store, _EDGES).rows:
        attributes = {name: getattr(row, name) for name in ("claim", "statement", "stance", "verdict", "source")}
        network.add_edge(row.s, row.o, key=f"{row.claim} {row.p}", property=row.label, **attributes)
    return network
