"""The graph as a network."""

from __future__ import annotations

from tests import small_data

from bowiegraph import vocab
from bowiegraph.network import to_networkx

NETWORK = to_networkx(small_data.store())


def iri(name: str) -> str:
    return vocab.ENTITY + name


def test_nodes_are_entities() -> None:
    """Every entity, with its label and types, and nothing else."""
    assert len(NETWORK) == 8
    assert NETWORK.nodes[iri("heroes")] == {"label": "“Heroes”", "types": "song"}
    assert {node for node, degree in NETWORK.degree() if not degree} == {
        iri(name) for name in ("berta", "motorhead", "john-one", "john-two")
    }


def test_edges_are_statements_of_claims() -> None:
    """The same statement by three claims is three edges, each with who says so and how it stands."""
    edges = NETWORK.get_edge_data(iri("heroes"), iri("anna"))
    assert len(edges) == 3
    key = f"{vocab.CLAIM}gazette/written {vocab.SCHEMA}author"
    assert edges[key] == {
        "property": "author",
        "claim": vocab.CLAIM + "gazette/written",
        "statement": "Anna Weiß wrote the song",
        "stance": "asserted",
        "verdict": "supported",
        "source": "The Gazette",
    }


def test_all_attributes_are_text() -> None:
    """So that every format can hold them."""
    data = [*(d for _, d in NETWORK.nodes(data=True)), *(d for _, _, d in NETWORK.edges(data=True))]
    assert {type(value) for attributes in data for value in attributes.values()} == {str}


def test_an_empty_data_set() -> None:
    """It has an empty network."""
    assert len(to_networkx(small_data.of(""))) == 0
