"""What a network tells: answers worked out by hand on a small story, and properties that hold on any."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING, Any, Final

import networkx as nx
import polars as pl
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bowiegraph import analysis
from bowiegraph.analysis import connecting, linked
from bowiegraph.errors import AmbiguousNameError, AnalysisError, MissingPackageError, UnknownNameError
from bowiegraph.network import to_networkx
from bowiegraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable

Edge = tuple[str, str, dict[str, Any]]
HEROES: Final = to_networkx(open_store())
EVERYTHING: Final = to_networkx(open_store(), accepted_only=False)


def network(edges: Iterable[Edge], **labels: str) -> nx.MultiDiGraph[str]:
    """Make a network; the claim of each edge is its number."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, (start, end, said) in enumerate(edges):
        made.add_edge(start, end, f"c{number}", claim=f"c{number}", **said)
    for node, label in labels.items():
        made.add_node(node, label=label)
    return made


def said(
    sentences: str = "", verdict: str = "unchecked", source: str = "Paper", label: str = "knows"
) -> dict[str, Any]:
    return {"sentences": sentences, "verdict": verdict, "source_label": source, "label": label, "statement": sentences}


#:   a — b — c — d, and b — e — c, so that b and c hold the ends; a — b is said twice
STORY: Final = network(
    [
        ("a", "b", said("p1s1")),
        ("b", "a", said("p1s2")),
        ("b", "c", said("p1s2", "disputed")),
        ("c", "d", said("p2s1", "supported")),
        ("b", "e", said("p2s1", "supported")),
        ("e", "c", said("p2s1 p2s2", "supported")),
        ("f", "f", said("p3s1")),
    ],
    a="Ada Ölund",
    d="Dora",
    f="Alone",
)


def row(frame: pl.DataFrame, thing: str, key: str = "thing") -> dict[str, Any]:
    return frame.row(by_predicate=pl.col(key) == thing, named=True)


# ---- who connects


def test_who_connects_by_hand() -> None:
    """Of ten pairs of others (six things), b lies on a-c, a-d, a-e, and on half of none else: 3 of 10; so does c."""
    found = analysis.connectors(STORY)
    assert found["thing"].to_list()[:2] == ["b", "c"]
    assert row(found, "b") == {"thing": "b", "label": "b", "types": "", "links": 3, "betweenness": 0.3, "parts": 2}
    assert [row(found, thing)["parts"] for thing in "acdef"] == [1, 2, 1, 1, 0]
    assert row(found, "a")["label"] == "Ada Ölund"


def test_the_song_connects_its_story() -> None:
    found = analysis.connectors(HEROES)
    assert found["label"].to_list()[:3] == ["“Heroes”", "David Bowie", "Stranger Things"]
    assert len(found) == len(HEROES)


def _random(seed: int) -> nx.Graph[str]:
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(map(str, range(20)))
    plain.add_edges_from((str(a), str(b)) for a, b in nx.gnm_random_graph(20, 30, seed=seed).edges)
    return plain


graphs = st.integers(0, 10_000).map(_random)


@given(graphs)
def test_betweenness_is_that_of_networkx(plain: nx.Graph[str]) -> None:
    expected = nx.betweenness_centrality(plain)
    assert connecting.betweenness(plain) == pytest.approx(expected)


@given(graphs)
@settings(max_examples=25, deadline=None)
def test_igraph_counts_the_same(plain: nx.Graph[str]) -> None:
    """Of all, and of a sample: whichever is installed, the answer is one."""
    with pytest.MonkeyPatch.context() as patch:
        small = [connecting.betweenness(plain, sample) for sample in (None, 5)]
        patch.setattr(linked, "LARGE", 0)
        assert linked.in_igraph(plain) is not None
        assert [connecting.betweenness(plain, sample) for sample in (None, 5)] == [
            pytest.approx(each) for each in small
        ]


def test_a_sample_comes_near() -> None:
    plain = linked.simple(HEROES)
    whole, part = connecting.betweenness(plain), connecting.betweenness(plain, 60)
    assert max(whole, key=whole.__getitem__) == max(part, key=part.__getitem__)
    assert sum(part.values()) == pytest.approx(sum(whole.values()), rel=0.25)


def test_a_sample_of_none_is_refused() -> None:
    with pytest.raises(AnalysisError, match="a sample of 0 things"):
        analysis.connectors(STORY, sample=0)


@given(graphs)
def test_parts_are_what_is_left(plain: nx.Graph[str]) -> None:
    """Counted by taking each thing away."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(plain)
    for found in analysis.connectors(made).rows(named=True):
        own = nx.node_connected_component(nx.Graph(made), found["thing"]) - {found["thing"]}
        assert found["parts"] == nx.number_connected_components(nx.Graph(made).subgraph(own))


# ---- communities


def test_two_cliques_are_two_communities() -> None:
    pairs = [(f"{side}{i}", f"{side}{j}", said()) for side in "xy" for i in range(5) for j in range(i)]
    found = analysis.communities(network([*pairs, ("x0", "y0", said())]))
    groups = {frozenset(group["thing"]) for _, group in found.group_by("community")}
    assert groups == {frozenset(f"{side}{i}" for i in range(5)) for side in "xy"}
    assert found["around"].to_list() == ["x0"] * 5 + ["y0"] * 5
    assert row(found, "y0") == {
        "community": 2, "around": "y0", "size": 5, "thing": "y0", "label": "y0", "types": "", "links": 4,
    }  # fmt: skip


def test_communities_are_the_same_each_time() -> None:
    assert analysis.communities(HEROES).equals(analysis.communities(HEROES))
    assert sorted(analysis.communities(HEROES)["thing"]) == sorted(HEROES)


@pytest.mark.parametrize("seed", range(5))
def test_communities_of_igraph_are_as_good(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the same ones, but of a modularity that is not below that of networkx's by more than a hundredth."""
    plain = nx.relabel_nodes(nx.connected_caveman_graph(12, 6), str)
    plain.add_edges_from(nx.relabel_nodes(nx.gnm_random_graph(72, 40, seed=seed), str).edges)
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(plain)

    def modularity() -> float:
        groups = [set(group["thing"]) for _, group in analysis.communities(made).group_by("community")]
        return float(nx.community.modularity(plain, groups))

    theirs = modularity()
    monkeypatch.setattr(linked, "LARGE", 0)
    assert modularity() > theirs - 0.01
    assert analysis.communities(made).equals(analysis.communities(made))


def test_without_igraph_networkx_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linked, "LARGE", 0)
    monkeypatch.setitem(sys.modules, "igraph", None)
    assert analysis.connectors(STORY)["thing"][0] == "b"
    assert len(analysis.communities(STORY)) == len(STORY)


# ---- how one thing leads to another


def test_the_better_confirmed_of_two_ways() -> None:
    """Both ways from b to c over one step or two: the short one, though it is disputed; a longer one is no rival."""
    found = analysis.path(STORY, "Ada Olund", "dora")
    assert found["words"].to_list() == [
        "Ada Ölund — knows → b",
        "b — knows → Ada Ölund",
        "b — knows → c",
        "c — knows → Dora",
    ]
    assert found["step"].to_list() == [1, 1, 2, 3]
    assert found["sentences"].to_list() == ["p1s1", "p1s2", "p1s2", "p2s1"]


def test_of_equal_ways_the_confirmed_one() -> None:
    made = network(
        [
            ("a", "x", said(verdict="disputed")),
            ("x", "b", said(verdict="supported")),
            ("a", "y", said()),
            ("b", "y", said()),
        ]
    )
    assert analysis.path(made, "a", "b")["words"].to_list() == ["a — knows → y", "b — knows → y"]


def test_from_maass_to_the_series() -> None:
    """Four steps, as the catalogue has it."""
    found = analysis.path(HEROES, "Antonia Maass", "Stranger Things")
    assert found["step"].max() == 4
    assert found["words"][0] == "Kiss by the Wall — participant → Antonia Maass"
    assert found["sentences"][1] == "p4s2"


@pytest.mark.parametrize(
    ("start", "end", "error", "message"),
    [
        ("Ada", "nobody", UnknownNameError, "unknown thing"),
        ("Ada Ölnd", "d", UnknownNameError, "did you mean Ada Ölund"),
        ("a", "f", AnalysisError, "no way leads from Ada Ölund to Alone"),
    ],
)
def test_ways_that_are_not_there(start: str, end: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        analysis.path(STORY, start, end)


def test_a_name_of_several_is_told_apart() -> None:
    made = network([("x", "y", said())], x="Heroes", y="“Heroes”")
    with pytest.raises(AmbiguousNameError, match="'heroes' may be any of these"):
        analysis.ego(made, "heroes")


def test_from_a_thing_to_itself_there_is_no_step() -> None:
    assert analysis.path(STORY, "a", "a").is_empty()


def test_what_is_near() -> None:
    """In both directions, and with all that is said among those."""
    near = analysis.ego(STORY, "c")
    assert set(near) == {"b", "c", "d", "e"}
    assert near.number_of_edges() == 4
    assert set(analysis.ego(STORY, "c", hops=2)) == {"a", "b", "c", "d", "e"}
    near.remove_node("d")
    assert "d" in STORY
    assert set(analysis.ego(HEROES, "berlin-wall", hops=0)) == {"https://w3id.org/bowiegraph/entity/berlin-wall"}
    with pytest.raises(AnalysisError, match="-1 hops"):
        analysis.ego(STORY, "c", hops=-1)


# ---- on what it rests


def test_which_sentences_carry_by_hand() -> None:
    """Without p2s1 there is neither c — d nor b — e nor e — c: d and e hang loose. Of a — b there are two sentences."""
    found = analysis.sentences(STORY)
    assert row(found, "p2s1", "sentence") == {
        "source": "Paper", "sentence": "p2s1", "claims": 3, "edges": 3, "only": 3, "loose": 2, "statements": "p2s1; p2s1 p2s2",
    }  # fmt: skip
    assert {r["sentence"]: (r["edges"], r["only"], r["loose"]) for r in found.rows(named=True)} == {
        "p2s1": (3, 3, 2),
        "p1s2": (2, 1, 0),
        "p1s1": (1, 0, 0),
        "p2s2": (1, 1, 0),
        "p3s1": (1, 0, 0),
    }
    assert analysis.sentences(STORY, most=1)["sentence"].to_list() == ["p2s1"]


def test_sentences_of_two_sources_are_not_mixed() -> None:
    """Though both are called alike."""
    one, other = (said("p1s1") | {"source_iri": f"urn:{name}"} for name in ("one", "other"))
    assert (
        analysis.sentences(network([("a", "b", one), ("a", "b", other)])).select("source", "only").rows()
        == [("Paper", 0)] * 2
    )


def test_loose_is_what_leaves_the_largest_part() -> None:
    """Of two rings of five that one sentence joins, five hang loose, though another part is then the largest."""
    rings = [
        (f"{ring}{i}", f"{ring}{(i + 1) % size}", said())
        for ring, size in (("x", 5), ("y", 5), ("z", 8))
        for i in range(size)
    ]
    found = analysis.sentences(network([*rings, ("x0", "y0", said("p1s1"))]))
    assert found.select("sentence", "only", "loose").rows() == [("p1s1", 1, 5)]


def test_what_most_hangs_on_comes_first() -> None:
    """A sentence with one link comes before one with many that others draw as well."""
    doubled = [("a", f"n{i}", said(where)) for i in range(5) for where in ("p1s1", "p1s2")]
    assert analysis.sentences(network([*doubled, ("a", "b", said("p9s9"))]), most=1)["sentence"].to_list() == ["p9s9"]


def test_the_article_rests_on_what_it_says_of_films() -> None:
    found = analysis.sentences(HEROES)
    assert found["source"].unique().to_list() == ["Miscelana on “Heroes” in Stranger Things"]
    assert found["sentence"][0] == "p9s2"  # all the films and ceremonies
    assert found["loose"].is_sorted(descending=True)


def test_what_is_left_without_what_is_disputed() -> None:
    """b — c falls: b has to share its place with e, which now connects as well."""
    found = analysis.without_disputed(STORY)
    assert set(found["thing"]) == {"b", "c"}
    assert row(found, "b") == {
        "thing": "b", "label": "b", "links": 3, "links_left": 2, "rank": 1, "rank_left": 2, "lost": "p1s2",
    }  # fmt: skip
    assert STORY.number_of_edges() == 7


def test_without_verdicts_of_ones_own() -> None:
    assert "d" in analysis.without_disputed(STORY, verdicts=["supported"])["thing"].to_list()
    assert analysis.without_disputed(STORY, verdicts=[]).is_empty()


@pytest.mark.parametrize(("verdicts", "error"), [("disputed", TypeError), (["disputd"], UnknownNameError)])
def test_verdicts_that_are_none(verdicts: Any, error: type[Exception]) -> None:  # noqa: ANN401 — what somebody may write
    with pytest.raises(error):
        analysis.without_disputed(STORY, verdicts=verdicts)


def test_what_the_story_loses() -> None:
    found = analysis.without_disputed(EVERYTHING)
    assert row(found, "Closing ceremony of London 2012", "label")["links_left"] == 0
    assert row(found, "“Heroes”", "label")["rank_left"] == 1
    assert analysis.without_disputed(HEROES).is_empty()


# ---- when


def test_what_happened_when() -> None:
    made = network(
        [
            ("a", "b", said() | {"begin": 1977, "end": 1978}),
            ("a", "b", said(source="Other") | {"begin": 1977, "end": 1978}),
        ]
    )
    made.add_node("a", begin=1947, end=2016, types="person")
    assert analysis.timeline(made).rows() == [
        (1947, 2016, "a", "person", None, None),
        (1977, 1978, "a — knows → b", None, "knows", 2),
    ]


def test_the_story_in_time() -> None:
    found = analysis.timeline(HEROES)
    assert found["begin"].is_sorted()
    assert row(found, "Release of “Heroes”", "what")["begin"] == 1977
    assert row(found, "Depeche Mode — covered → “Heroes”", "what") == {
        "begin": 2017, "end": 2017, "what": "Depeche Mode — covered → “Heroes”", "types": None, "relation": "covered", "sources": 3,
    }  # fmt: skip


# ---- whatever the network


EMPTY: Final = network([])
TABLES: Final = (
    analysis.connectors,
    analysis.communities,
    analysis.sentences,
    analysis.timeline,
    analysis.without_disputed,
)


@pytest.mark.parametrize("function", TABLES)
def test_of_nothing_there_is_an_empty_table(function: Any) -> None:  # noqa: ANN401 — any of them
    assert function(EMPTY).is_empty()
    assert function(EMPTY).columns == function(HEROES).columns
    assert function(EMPTY).schema == function(HEROES).schema


@pytest.mark.parametrize("function", TABLES)
def test_the_network_stays_as_it_is(function: Any) -> None:  # noqa: ANN401 — any of them
    before: nx.MultiDiGraph[str] = nx.MultiDiGraph(EVERYTHING)
    function(EVERYTHING)
    assert nx.utils.graphs_equal(before, EVERYTHING)


@pytest.mark.parametrize("function", TABLES)
def test_a_network_of_anybody_has_no_attributes(function: Any) -> None:  # noqa: ANN401 — any of them
    found = function(nx.MultiDiGraph([("a", "b"), ("b", "c")]))
    assert found.schema == function(HEROES).schema
    assert len(found) in {0, 3}


@pytest.mark.parametrize("function", TABLES)
def test_the_order_of_the_data_does_not_matter(function: Any) -> None:  # noqa: ANN401 — any of them
    quads = list(open_store())
    for seed in range(3):
        random.Random(seed).shuffle(quads)  # noqa: S311 — any order will do
        store = ox.Store()
        store.bulk_extend(quads)
        assert function(to_networkx(store, accepted_only=False)).equals(function(EVERYTHING))


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingPackageError, match=r"polars.*pip install 'bowiegraph\[tables\]'"):
        analysis.connectors(STORY)
