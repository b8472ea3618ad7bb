"""Networks as files: whole on the way out and back, and clear about what a format cannot hold."""

from __future__ import annotations

import json
import random
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, cast
from xml.etree import ElementTree as ET

import networkx as nx
import numpy as np
import polars as pl
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bowiegraph.cli import main
from bowiegraph.errors import MissingPackageError, NetworkFormatError, OutputPlaceError, UnknownNameError
from bowiegraph.network import save, serialize, to_networkx, to_quads
from bowiegraph.network.formats import FORMATS
from bowiegraph.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

NETWORK: Final = to_networkx(open_store(), accepted_only=False)
GEXF: Final = "{http://www.gexf.net/1.2draft}"
#: what XML cannot hold is replaced, so it does not come back
texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"))
values = texts | st.integers(-(2**31), 2**31 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans()


def edges(network: nx.MultiDiGraph[str]) -> list[tuple[str, str, str, dict[str, Any]]]:
    return sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])


def nodes(network: nx.MultiDiGraph[str]) -> dict[str, dict[str, Any]]:
    return {node: network.nodes[node] for node in network}


def from_json(data: bytes) -> nx.MultiDiGraph[str]:
    return cast("nx.MultiDiGraph[str]", nx.node_link_graph(json.loads(data), edges="edges"))


def one(**attributes: object) -> nx.MultiDiGraph[str]:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_edge("a", "b", "k", **attributes)
    return network


# ---- there and back


def test_node_link_json_comes_back_as_it_was() -> None:
    back = from_json(serialize(NETWORK, "json"))
    assert edges(back) == edges(NETWORK)
    assert nodes(back) == nodes(NETWORK)
    assert to_quads(back) == to_quads(NETWORK)


def test_parquet_tables_come_back_as_they_were(tmp_path: Path) -> None:
    things, links = save(NETWORK, tmp_path / "heroes.parquet")
    assert (things.name, links.name) == ("heroes.nodes.parquet", "heroes.edges.parquet")
    frame = pl.read_parquet(links).to_pandas()
    back = nx.from_pandas_edgelist(frame, edge_key="key", edge_attr=True, create_using=nx.MultiDiGraph)
    assert {edge[:3] for edge in edges(back)} == {edge[:3] for edge in edges(NETWORK)}
    assert pl.read_parquet(things).schema["begin"] == pl.Int64
    labels = {node: data["label"] for node, data in nodes(NETWORK).items()}
    assert dict(pl.read_parquet(things).select("node", "label").iter_rows()) == labels


def test_gexf_has_the_years_as_its_time() -> None:
    """As Gephi reads it: https://gexf.net/dynamics.html."""
    root = ET.fromstring(serialize(NETWORK, "gexf"))  # noqa: S314 — our own
    (graph,) = root.iter(f"{GEXF}graph")
    assert (graph.get("mode"), graph.get("timeformat"), graph.get("defaultedgetype")) == ("dynamic", "date", "directed")
    named = {node.get("label"): node for node in root.iter(f"{GEXF}node")}
    assert (named["David Bowie"].get("start"), named["David Bowie"].get("end")) == ("1947-01-01", "2016-12-31")
    assert named["Berlin Wall"].get("start") is None
    ids = [edge.get("id") for edge in root.iter(f"{GEXF}edge")]
    assert len(set(ids)) == len(ids) == NETWORK.number_of_edges()


@pytest.mark.parametrize(("begin", "end"), [(1977, 1978), (-43, 14), (0, 10_000)])
def test_years_are_dates_as_xml_has_them(begin: int, end: int) -> None:
    """Of four digits at least, before Christ too: https://www.w3.org/TR/xmlschema11-2/#date."""
    root = ET.fromstring(serialize(one(begin=begin, end=end), "gexf"))  # noqa: S314 — our own
    (edge,) = root.iter(f"{GEXF}edge")
    for said, year in ((edge.get("start"), begin), (edge.get("end"), end)):
        assert said
        assert int(said[:-6]) == year
        assert re.fullmatch(r"-?([1-9][0-9]{3,}|0[0-9]{3})-(01-01|12-31)", said)


def test_an_end_that_is_no_year() -> None:
    with pytest.raises(NetworkFormatError, match="from None to 'open', which are no years"):
        serialize(one(end="open"), "gexf")


def test_simple_graphs_can_be_written(tmp_path: Path) -> None:
    """What networkx makes of a network, without direction or parallel edges."""
    simple: nx.Graph[str] = nx.Graph(NETWORK)
    for format_ in FORMATS:
        assert save(simple, tmp_path / f"simple.{format_}")
    assert len(pl.read_parquet(tmp_path / "simple.edges.parquet")) == simple.number_of_edges()


def test_gexf_comes_back_with_its_claims() -> None:
    back = nx.read_gexf(BytesIO(serialize(NETWORK, "gexf")))
    ours = sorted((start, end, data["claim"], data["verdict"]) for start, end, data in NETWORK.edges(data=True))
    assert sorted((start, end, data["claim"], data["verdict"]) for start, end, data in back.edges(data=True)) == ours


@pytest.mark.parametrize("format_", ["graphml", "gexf", "json"])
def test_the_same_facts_give_the_same_bytes(format_: str) -> None:
    """In whatever order the store has them, and on whatever day."""
    quads = list(open_store())
    random.Random(7).shuffle(quads)  # noqa: S311 — any order will do
    store = ox.Store()
    store.bulk_extend(quads)
    assert serialize(to_networkx(store, accepted_only=False), format_) == serialize(NETWORK, format_)
    assert b"lastmodified" not in serialize(NETWORK, format_)


def test_a_format_of_its_own_for_other_names(tmp_path: Path) -> None:
    (path,) = save(NETWORK, tmp_path / "heroes.xml", "graphml")
    assert len(nx.read_graphml(path)) == len(NETWORK)


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
@pytest.mark.parametrize("where", ["node", "key", "name"])
def test_names_that_xml_cannot_hold(format_: str, where: str) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    bad = "a\x07"
    network.add_edge(
        bad if where == "node" else "a", "b", bad if where == "key" else "k", **{bad if where == "name" else "n": 1}
    )
    with pytest.raises(NetworkFormatError, match="cannot be the name of anything in it"):
        serialize(network, format_)


@pytest.mark.parametrize("name", ["viz", "spells", "slices", "parents", "pid"])
def test_names_that_gexf_keeps_for_itself(name: str) -> None:
    network = one()
    network.add_node("a", **{name: "x"})
    with pytest.raises(NetworkFormatError, match="a name that is taken"):
        serialize(network, "gexf")


def test_attributes_of_the_whole_are_left_out() -> None:
    network = one()
    network.graph["made by"] = {"whoever"}
    for format_ in ("graphml", "gexf", "json"):
        assert b"made by" not in serialize(network, format_)


@given(st.dictionaries(st.sampled_from(["label", "weight", "x", "größe"]), values), texts)
def test_whatever_is_plain_comes_back(attributes: dict[str, Any], label: str) -> None:
    network = one(**attributes)
    network.add_node("a", label=label)
    assert edges(from_json(serialize(network, "json"))) == edges(network)
    found = nx.read_graphml(BytesIO(serialize(network, "graphml")), force_multigraph=True)
    assert found.nodes["a"]["label"] == label
    assert found["a"]["b"]["k"] == attributes


def test_the_network_stays_as_it_was() -> None:
    network = one(begin=1977, end=1977, text="\x07")
    for format_ in ("graphml", "gexf", "json"):
        serialize(network, format_)
    assert network["a"]["b"]["k"] == {"begin": 1977, "end": 1977, "text": "\x07"}


def test_what_networkx_works_out_can_be_written() -> None:
    """numpy's numbers too, as pandas gives them."""
    network = one()
    nx.set_node_attributes(network, nx.degree_centrality(network), "rank")
    nx.set_node_attributes(network, {"a": np.int64(3), "b": np.float64(0.5)}, "score")
    back: dict[str, nx.Graph[str]] = {"json": from_json(serialize(network, "json"))}
    back |= {"graphml": nx.read_graphml(BytesIO(serialize(network, "graphml")))}
    back |= {"gexf": nx.read_gexf(BytesIO(serialize(network, "gexf")))}
    assert {
        name: (found.nodes["a"]["score"], found.nodes["b"]["score"]) for name, found in back.items()
    } == dict.fromkeys(back, (3, 0.5))


def test_an_empty_network(tmp_path: Path) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for format_ in FORMATS:
        assert all(path.stat().st_size for path in save(network, tmp_path / f"none.{format_}"))
    assert pl.read_parquet(tmp_path / "none.edges.parquet").columns == ["source", "target", "key"]


# ---- what cannot be written


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"list": ["a"]}, "an edge from a to b has the attribute 'list', which is ['a']"),
        ({"none": None}, "an edge from a to b has the attribute 'none', which is None"),
        ({"far": float("inf")}, "'far', which is inf"),
        ({"source": "x"}, "an attribute 'source', a name that is taken"),
        ({"half": "\ud800"}, "'half', which is '\\ud800'"),
    ],
)
def test_attributes_that_no_format_holds(tmp_path: Path, format_: str, attributes: dict[str, Any], said: str) -> None:
    """The error names them, and what was there before stays."""
    file = tmp_path / ("n.edges.parquet" if format_ == "parquet" else f"n.{format_}")
    file.write_text("before")
    with pytest.raises(NetworkFormatError) as caught:
        save(one(**attributes), tmp_path / f"n.{format_}")
    assert said in str(caught.value)
    assert "Make it text, a number or a boolean" in str(caught.value)
    assert file.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_column_of_several_types_is_no_table(tmp_path: Path) -> None:
    network = one(x=1)
    network.add_edge("a", "c", "k", x="one")
    for format_ in ("parquet", "gexf"):
        with pytest.raises(NetworkFormatError, match="'x' is of several types: int and str"):
            save(network, tmp_path / f"n.{format_}")
    network.add_edge("a", "c", "k", x=2.5)
    assert pl.read_parquet(save(network, tmp_path / "n.parquet")[1])["x"].to_list() == [1.0, 2.5]
    (gexf,) = save(network, tmp_path / "n.gexf")
    assert sorted(data["x"] for _, _, data in nx.read_gexf(gexf).edges(data=True)) == [1.0, 2.5]


@pytest.mark.parametrize(
    ("name", "format_", "error", "said"),
    [
        ("n.csv", None, OutputPlaceError, "nothing is known of .csv files. Name it .graphml, .gexf, .json or .parquet"),
        ("n", None, OutputPlaceError, "Name it"),
        ("n.json", "gexf", OutputPlaceError, "Name it ….gexf"),
        ("n.xml", None, OutputPlaceError, "or say the format"),
        ("n.gexf", "gefx", UnknownNameError, "did you mean gexf"),
    ],
)
def test_names_that_fit_no_format(
    tmp_path: Path, name: str, format_: str | None, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        save(NETWORK, tmp_path / name, format_)


def test_a_package_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "polars", None)
    with pytest.raises(MissingPackageError, match=r"polars.*pip install 'bowiegraph\[tables\]'"):
        save(NETWORK, tmp_path / "n.parquet")


# ---- on the command line


def command(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["network", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_writes_files(tmp_path: Path) -> None:
    code, out, err = command("covers", "-o", str(tmp_path / "covers.gexf"))
    assert (code, out) == (0, "")
    assert err.splitlines() == [f"wrote {tmp_path / 'covers.gexf'}", "17 things, 41 edges"]


def test_the_command_writes_into_pipes() -> None:
    code, out, _ = command("-f", "json", "--every-claim")
    assert code == 0
    assert len(json.loads(out)["edges"]) == NETWORK.number_of_edges()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say where to write it"),
        (("-f", "parquet"), "say where to write it"),
        (("covers", "-q", "ASK {}", "-f", "json"), "not both"),
        (("cover", "-f", "json"), "did you mean covers"),
        (("-q", "SELECT ?s { ?s ?p ?o }", "-f", "json"), "the query selects ?s: links are selected by"),
        (("-q", "SELECT ?s ?p ?o { ?s rdfs:label ?o BIND(rdfs:label AS ?p) }", "-f", "json"), "gives no edges"),
        (("-f", "gefx"), "did you mean gexf"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], said: str) -> None:
    code, out, err = command(*arguments)
    assert (code, out) == (2, "")
    assert said in err
