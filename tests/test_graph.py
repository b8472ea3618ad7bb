"""The graph as Python sees it."""

from __future__ import annotations

import dataclasses
import html
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from tests import small_data

import bowiegraph
from bowiegraph import BowiegraphError, iri, vocab
from bowiegraph.claims import Claim
from bowiegraph.errors import ParameterError, StoreError, UnknownNameError
from bowiegraph.inline import Listing

if TYPE_CHECKING:
    from pathlib import Path

GRAPH = bowiegraph.open(small_data.FILE)


def test_opening() -> None:
    """A path and its text are the same; None is what ships."""
    assert len(bowiegraph.open(str(small_data.FILE))) == len(GRAPH) == len(small_data.store())
    assert len(bowiegraph.open()) > 1000


def test_opening_nothing(tmp_path: Path) -> None:
    """The error is one of ours."""
    with pytest.raises(StoreError) as caught:
        bowiegraph.open(tmp_path / "none.nq")
    assert isinstance(caught.value, BowiegraphError)


def test_asking() -> None:
    """Bindings are keywords; an IRI is an iri(…), and text stays text."""
    query = "SELECT ?song ?who { ?song schema:author ?who }"
    assert len(GRAPH.query(query, who=iri(vocab.ENTITY + "anna"))) == 1
    assert len(GRAPH.query(query, who=vocab.ENTITY + "anna")) == 0


def test_variables_may_have_any_name() -> None:
    """A variable may be called as an argument of ours is."""
    for name in ("sparql", "name", "self", "store"):
        assert GRAPH.query(f"SELECT ?{name} {{}}", **{name: "x"}).rows == [("x",)]


def test_the_catalogue() -> None:
    """Questions are listed, and asked by name with names that people type."""
    assert "covers" in {query.name for query in GRAPH.queries()}
    assert len(GRAPH.run("covers")) == 0
    assert len(GRAPH.run("everything-about", entity="Anna Weiss")) > 0
    with pytest.raises(ParameterError):
        GRAPH.run("covers", nonsense=1)
    with pytest.raises(UnknownNameError, match="covers"):
        GRAPH.run("covrs")


def test_claims_and_entities() -> None:
    """Names are looked up."""
    assert len(GRAPH.claims()) == 5
    assert len(GRAPH.claims("anna weiss")) == 3
    assert len(GRAPH.claims("heroes", verdicts=["disputed"])) == 2
    assert GRAPH.entity("Motorhead").label == "Motörhead"
    assert len(GRAPH.entities("song")) == 2
    with pytest.raises(UnknownNameError):
        GRAPH.claims("Nobody at all")


def test_dataset() -> None:
    """rdflib has the same quads, in the same graphs."""
    data = GRAPH.dataset()
    lines = data.serialize(format="nquads").encode()
    assert set(ox.parse(lines, format=ox.RdfFormat.N_QUADS)) == set(small_data.store())
    assert len({graph.identifier for graph in data.graphs()}) == 6


def test_network_and_export() -> None:
    """They are those of the modules."""
    assert len(GRAPH.network()) == 4
    assert GRAPH.network(accepted_only=False).number_of_edges() > GRAPH.network().number_of_edges()
    assert set(ox.parse(GRAPH.export(), format=ox.RdfFormat.TRIG)) == set(small_data.store())
    with pytest.raises(UnknownNameError):
        GRAPH.export("pdf")


def test_hash() -> None:
    """It is the digest of the canonical N-Quads, and depends on nothing but the quads."""
    canonical = ox.Dataset(small_data.store())
    canonical.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"" for quad in canonical)
    assert GRAPH.hash == sha256(b"".join(lines)).hexdigest()


def test_how_it_shows_itself() -> None:
    """It says what it holds; markup in a name is escaped."""
    assert repr(GRAPH) == f"<Graph {small_data.FILE}: {len(GRAPH):,} quads, 5 claims of 2 sources>"
    assert "5 claims" in GRAPH._repr_html_()
    assert "<script>" not in bowiegraph.Graph(ox.Store(), "<script>")._repr_html_()
    assert "0 claims of 0 sources" in repr(bowiegraph.Graph(ox.Store(), "empty"))


def test_the_store_below() -> None:
    """It is there for what the graph does not offer."""
    assert isinstance(GRAPH.store, ox.Store)
    assert len(GRAPH.store) == len(GRAPH)


# ---- lists that show themselves


def test_lists_become_tables() -> None:
    """As lists they are what they were; a notebook shows them as tables, and they become DataFrames."""
    claims = GRAPH.claims()
    assert isinstance(claims, list)
    frame = claims.polars()
    assert frame.columns[:4] == ["verdict", "stance", "statement", "source"]
    assert frame["statement"].to_list() == [claim.statement for claim in claims]
    assert claims.pandas().shape == (5, 11)
    assert "Anna Weiß wrote the song" in claims._repr_html_()
    assert GRAPH.entities("song").polars()["name"].to_list() == sorted(e.label for e in GRAPH.entities("song"))
    assert "covers" in GRAPH.queries().polars()["name"].to_list()
    assert GRAPH.claims(verdicts=["refuted"]).polars().columns == frame.columns
    assert repr(claims) == f"<5 × Claim: {', '.join(frame.columns)}>"
    assert "<table" in claims[:2]._repr_html_()
    assert claims[:2] == list(claims)[:2]
    assert "0 rows" in GRAPH.claims(verdicts=["refuted"])._repr_html_()


def test_one_claim_shows_all_of_itself() -> None:
    graph = bowiegraph.open()
    (claim,) = [c for c in graph.claims(verdicts=["refuted"]) if "London" in c.statement]
    shown = claim._repr_html_()
    assert "<strong>At London 2012 “Heroes” opened the closing ceremony</strong>" in shown
    assert "refuted · asserted · Miscelana on “Heroes” in Stranger Things, p9s3" in shown
    assert "- UPI on London 2012: " in shown
    assert f'href="{claim.link}"' in shown.replace("&amp;", "&").replace("&#x27;", "'")


def test_one_entity_shows_what_is_said_of_it() -> None:
    shown = bowiegraph.open().entity("Motorhead")._repr_html_()
    assert "<strong>Motörhead</strong><br>band<br>also: Motorhead" in shown
    assert "“Heroes” by Motörhead" in shown
    assert 'href="https://musicbrainz.org/artist/57961a97-3796-4bf7-9f02-a985a8979ae9"' in shown


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_what_is_shown_is_escaped(hostile: str) -> None:
    entity = dataclasses.replace(GRAPH.entity("heroes"), label=hostile, comment=hostile, statements=((hostile,) * 3,))
    claim = dataclasses.replace(GRAPH.claims()[0], statement=hostile, comment=hostile)
    for shown in (entity._repr_html_(), claim._repr_html_(), Listing([claim], Claim)._repr_html_()):
        assert hostile not in shown
        assert html.escape(hostile) in shown
    link = dataclasses.replace(claim.source, url="javascript:alert(1)")
    assert "href" not in dataclasses.replace(claim, source=link, sentences=())._repr_html_()
