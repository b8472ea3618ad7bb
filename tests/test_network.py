"""The graph as a network, and back."""

from __future__ import annotations

import networkx as nx
import pyoxigraph as ox
import pytest
from tests import small_data
from tests.views import invented

from bowiegraph import vocab
from bowiegraph.errors import QueryError, UnknownNameError, ViewError
from bowiegraph.network import to_networkx, to_quads
from bowiegraph.store import open_store

STORE = small_data.store()
NETWORK = to_networkx(STORE)
WRITTEN = vocab.CLAIM + "gazette/written"


def iri(name: str) -> str:
    return vocab.ENTITY + name


def said(store: ox.Store) -> set[ox.Quad]:
    """Give all that claims say of entities."""
    return {
        quad
        for quad in store
        if isinstance(quad.graph_name, ox.NamedNode)
        and isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value.startswith(vocab.ENTITY)
    }


def test_nodes_are_things_that_are_linked() -> None:
    assert set(NETWORK) == {iri(name) for name in ("heroes", "heroes-hymn", "anna", "bert")}
    assert NETWORK.nodes[iri("anna")] == {"label": "Anna Weiß", "types": "person"}


def test_an_edge_is_keyed_by_its_claim() -> None:
    """The same statement by several claims is several edges, each with who says so and how it stands."""
    found = NETWORK.get_edge_data(iri("heroes"), iri("anna"))
    assert set(found) >= {WRITTEN, vocab.CLAIM + "almanac/written"}
    assert found[WRITTEN] == {
        "label": "author",
        "relation": vocab.SCHEMA + "author",
        "claim": WRITTEN,
        "statement": "Anna Weiß wrote the song",
        "stance": "asserted",
        "verdict": "supported",
        "source_label": "The Gazette",
        "source_iri": vocab.SOURCE + "gazette",
        "sentences": "p1s1 p1s2",
    }


def test_what_does_not_hold_is_left_out_unless_it_is_asked_for() -> None:
    everything = to_networkx(STORE, accepted_only=False)
    verdicts = {data["verdict"] for _, _, data in everything.edges(data=True)}
    assert verdicts > {data["verdict"] for _, _, data in NETWORK.edges(data=True)}
    assert not {"disputed", "refuted"} & {data["verdict"] for _, _, data in NETWORK.edges(data=True)}


def test_attributes_are_text_and_whole_numbers() -> None:
    """So that every format, and pandas, can hold them."""
    network = to_networkx(open_store(), accepted_only=False)
    data = [*(d for _, d in network.nodes(data=True)), *(d for _, _, d in network.edges(data=True))]
    assert {type(value) for attributes in data for value in attributes.values()} == {str, int}
    assert nx.to_pandas_edgelist(network).shape[0] == network.number_of_edges()


@pytest.mark.parametrize("store", [STORE, invented.store(), open_store()], ids=["small", "invented", "shipped"])
@pytest.mark.parametrize("accepted_only", [False, True])
def test_the_way_back_loses_nothing(store: ox.Store, accepted_only: bool) -> None:  # noqa: FBT001 — a table
    """Of the things in the network, all that claims say comes back, in the graph of its claim."""
    network = to_networkx(store, fold=False, accepted_only=accepted_only)
    back = set(to_quads(network))
    expected = {quad for quad in said(store) if str(getattr(quad.subject, "value", "")) in network}
    if accepted_only:
        claims = {data["claim"] for _, _, data in network.edges(data=True)}
        assert back <= expected
        assert {quad for quad in expected if str(getattr(quad.graph_name, "value", "")) in claims} <= back
    else:
        assert back == expected


@pytest.mark.parametrize("store", [invented.store(), open_store()], ids=["invented", "shipped"])
def test_what_folds_comes_back_as_well(store: ox.Store) -> None:
    """A folded edge brings back the statements of the thing that it was, and no others."""
    network = to_networkx(store, accepted_only=False)
    back = set(to_quads(network))
    assert back <= said(store)
    plain = to_networkx(store, fold=False, accepted_only=False)
    assert len(network) < len(plain)
    gone = set(plain) - set(network)
    assert {quad.subject.value for quad in back if isinstance(quad.subject, ox.NamedNode)} & gone


def test_a_part_of_a_network_leads_back_to_its_part() -> None:
    network = to_networkx(open_store(), fold=False)
    start, end, _ = next(iter(network.edges(keys=True)))
    part = network.subgraph([start, end])
    assert 0 < len(to_quads(part)) < len(to_quads(network))


def test_a_cover_is_one_edge() -> None:
    """Who covered what: from the artist to the song, dated by the cover."""
    network = to_networkx(open_store(), "covers")
    found = network.get_edge_data(iri("depeche-mode"), iri("heroes"))
    assert found
    assert {(data["label"], data["begin"]) for data in found.values()} == {("covered", 2017)}


def test_a_query_makes_a_network() -> None:
    network = to_networkx(STORE, "SELECT ?s ?p ?o { ?s ?p ?o . ?o a schema:Person }")
    assert set(network) >= {iri("heroes"), iri("anna")}
    made_up = to_networkx(STORE, "CONSTRUCT { ?o <urn:of> ?s } WHERE { ?s schema:author ?o }")
    assert made_up.get_edge_data(iri("anna"), iri("heroes")) == {
        "urn:of": {
            "label": "of", "relation": "urn:of", "claim": "", "statement": "", "stance": "", "verdict": "", "source_label": "", "source_iri": "", "sentences": "",
        }
    }  # fmt: skip


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ("no-such-view", UnknownNameError),
        ("SELECT ?s ?p ?o { ?s rdfs:label ?o BIND(rdfs:label AS ?p) }", ViewError),
        ("SELECT ?s { ?s ?p ?o }", ViewError),
        ("SELEKT ?s { ?s ?p ?o }", QueryError),
        ("ASK { ?s ?p ?o }", ViewError),
    ],
)
def test_what_makes_no_network(what: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        to_networkx(STORE, what)


def test_years_are_those_of_accepted_claims() -> None:
    """The disputed one is another year; where nothing is accepted, all count."""
    story = small_data.FILE.read_text(encoding="utf-8")
    fixed = story.replace("bg:verdict bg:disputed", "bg:verdict bg:supported", 1)
    for text, years in ((story, (1976, 1977)), (fixed, (1977, 1977))):
        node = to_networkx(small_data.of(text), accepted_only=False).nodes[iri("heroes")]
        assert (node["begin"], node["end"]) == years


def test_sentences_are_in_the_order_of_the_text() -> None:
    story = small_data.FILE.read_text(encoding="utf-8").replace("g:p1s2 , g:p1s1", "g:p10s1 , g:p1s2 , g:p2s1")
    said = to_networkx(small_data.of(story)).edges[iri("heroes"), iri("anna"), WRITTEN]
    assert said["sentences"] == "p1s2 p2s1 p10s1"


def test_an_empty_data_set() -> None:
    """It has an empty network."""
    assert len(to_networkx(small_data.of(""))) == 0


def test_what_is_accepted_is_what_holds() -> None:
    """As the build has it: the network has no edge that the default graph lacks."""
    store = open_store()
    held = {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    for fold in (False, True):
        back = to_quads(to_networkx(store, fold=fold))
        assert len(back) > 100
        assert {str(quad.triple) for quad in back} <= held


def test_what_follows_from_what_does_not_hold_falls_with_it() -> None:
    """An implied claim is unchecked itself, and so is what is implied by it in turn."""
    story = """
        GRAPH claim:a { :anna schema:knows :bert } claim:a a bg:Claim ; bg:stance bg:asserted ; bg:verdict bg:VERDICT .
        GRAPH claim:b { :bert schema:knows :cleo } claim:b a bg:Claim ; bg:stance bg:implied ; bg:verdict bg:unchecked ; bg:premise claim:a .
        GRAPH claim:c { :cleo schema:knows :dora } claim:c a bg:Claim ; bg:stance bg:implied ; bg:verdict bg:unchecked ; bg:premise claim:b .
    """
    assert len(to_networkx(small_data.of(story.replace("VERDICT", "unchecked")))) == 4
    fallen = small_data.of(story.replace("VERDICT", "disputed"))
    assert len(to_networkx(fallen)) == 0
    assert len(to_networkx(fallen, accepted_only=False)) == 4


def test_a_query_of_what_does_not_hold_says_so() -> None:
    query = "SELECT ?s ?p ?o ?c { GRAPH ?c { ?s ?p ?o } ?c bg:verdict bg:refuted }"
    with pytest.raises(ViewError, match="no claim behind what is selected is accepted: ask for them too"):
        to_networkx(open_store(), query)
    assert len(to_networkx(open_store(), query, accepted_only=False)) > 0
