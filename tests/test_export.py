"""What is exported is what was there."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

import networkx as nx
import pyoxigraph as ox
import pytest
from tests import small_data

from bowiegraph import vocab
from bowiegraph.errors import UnknownNameError
from bowiegraph.export import FORMATS, export
from bowiegraph.nanopub import NP
from bowiegraph.network import to_networkx

STORE = small_data.store()
NANOPUB = NP


def written(format_: str, store: ox.Store = STORE) -> bytes:
    return b"".join(export(store, format_))


def read(format_: str, kind: ox.RdfFormat) -> set[ox.Quad]:
    return set(ox.parse(BytesIO(written(format_)), format=kind))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("trig", ox.RdfFormat.TRIG), ("nquads", ox.RdfFormat.N_QUADS), ("jsonld", ox.RdfFormat.JSON_LD)],
)
def test_formats_of_quads_hold_everything(name: str, kind: ox.RdfFormat) -> None:
    """Parsed again they are the same quads."""
    assert read(name, kind) == set(STORE)


def test_turtle_holds_the_default_graph() -> None:
    """What holds, and nothing of the named graphs."""
    held = {q for q in STORE if q.graph_name == ox.DefaultGraph()}
    assert read("turtle", ox.RdfFormat.TURTLE) == held


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_data_give_the_same_bytes(name: str) -> None:
    """Whatever the order in which they were loaded."""
    other = ox.Store()
    for quad in sorted(STORE, key=str, reverse=True):
        other.add(quad)
    assert written(name) == written(name, other)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_data_set(name: str) -> None:
    """It has an empty export, not an error."""
    assert isinstance(written(name, ox.Store()), bytes)


def test_nquads_are_canonical() -> None:
    """The bytes are those of RDFC-1.0, sorted by code point, whatever stands in them."""
    store = small_data.store()
    for text in ("\U0001d11e", "\uffee", '\x7f\t\n\r"\\\x0b', "é", ""):
        store.add(ox.Quad(ox.NamedNode("a:b"), ox.NamedNode("a:c"), ox.Literal(text)))
    canonical = ox.Dataset(store)
    canonical.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"" for quad in canonical)
    assert written("nquads", store) == b"".join(lines)
    assert sha256(written("nquads", store)).hexdigest() == sha256(b"".join(lines)).hexdigest()


@pytest.mark.parametrize(("name", "near"), [("trigg", "trig"), ("", ""), ("n-quads", "nquads")])
def test_unknown_formats(name: str, near: str) -> None:
    """They come with the nearest."""
    with pytest.raises(UnknownNameError, match=near or "format"):
        export(STORE, name)


def test_graphml_is_the_network() -> None:
    """networkx reads the same nodes, edges and attributes out of it."""
    network = to_networkx(STORE, fold=False, accepted_only=False)
    found = nx.read_graphml(BytesIO(written("graphml")), force_multigraph=True)
    assert sorted(found.nodes(data=True)) == sorted(network.nodes(data=True))
    ours = sorted((s, o, sorted(data.items())) for s, o, data in network.edges(data=True))
    theirs = sorted(
        (s, o, sorted((k, v) for k, v in data.items() if k != "id")) for s, o, data in found.edges(data=True)
    )
    assert theirs == ours
    assert len(ours) == 4


def test_nanopublications() -> None:
    """Each claim has a head that joins assertion, provenance and publication info, and the assertion is the claim's."""
    quads = read("nanopub", ox.RdfFormat.TRIG)
    graphs = {q.graph_name for q in quads}
    heads = {q.subject for q in quads if q.object == ox.NamedNode(NANOPUB + "Nanopublication")}
    claims = {q.graph_name for q in STORE if isinstance(q.graph_name, ox.NamedNode)}
    assert len(heads) == len(claims) == 5
    assert {q.object for q in quads if q.predicate == ox.NamedNode(NANOPUB + "hasAssertion")} == claims
    assert len(graphs) == 4 * len(claims)
    assert {q for q in quads if q.graph_name in claims} == {q for q in STORE if q.graph_name in claims}
    for part in ("hasProvenance", "hasPublicationInfo"):
        assert {q.object for q in quads if q.predicate == ox.NamedNode(NANOPUB + part)} <= graphs


def test_prefixes_are_used() -> None:
    """People can read what is exported."""
    assert b"schema:author :anna" in written("trig")
    assert vocab.SCHEMA.encode() + b"author>" not in written("turtle")


def test_graphml_of_a_label_that_xml_cannot_hold() -> None:
    """One bad character of somebody else's data set does not make the whole file unreadable."""
    store = small_data.store()
    node = ox.NamedNode(vocab.ENTITY + "anna")
    store.remove(*store.quads_for_pattern(node, vocab.LABEL, None))
    store.add(ox.Quad(node, vocab.LABEL, ox.Literal("a\x1b[2J\x07\ufffe b")))
    network = nx.parse_graphml(b"".join(export(store, "graphml")).decode())
    assert network.nodes[node.value]["label"] == "a\ufffd[2J\ufffd\ufffd b"


@pytest.mark.parametrize("format_", ["nquads", "trig", "jsonld", "turtle"])
def test_blank_nodes_are_named_by_what_is_said_of_them(format_: str) -> None:
    """Read twice, a file gives the same bytes, and the same hash (https://www.w3.org/TR/rdf-canon/)."""
    texts = set()
    for names in (("a", "b"), ("zz", "q")):
        store = ox.Store()
        turtle = f'_:{names[0]} <x:p> _:{names[1]} . _:{names[1]} <x:q> "1" . <x:s> <x:p> [ <x:q> "2" ] .'
        store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
        texts.add(b"".join(export(store, format_)))
    assert len(texts) == 1
