"""A program as a user writes it: every part of the public interface, with the types that an editor has to know."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any, assert_type

import networkx as nx
import pandas as pd
import polars as pl
import pyoxigraph as ox
import rdflib
from matplotlib.axes import Axes

import bowiegraph
from bowiegraph import BowiegraphError, Graph, Result, analysis, plots
from bowiegraph.catalogue import CatalogueQuery
from bowiegraph.claims import Claim
from bowiegraph.entities import Entity, Summary
from bowiegraph.network import save, to_quads
from bowiegraph.views import View

graph = bowiegraph.open()
assert_type(graph, Graph)
assert_type(len(graph), int)
assert_type(graph.hash, str)

# Asking.
answer = graph.run("path-between", **{"from": "Antonia Maass", "to": "Stranger Things"})
assert_type(answer, Result)
for row in answer:
    print(row.path, row.hops)
bowie = bowiegraph.iri("https://w3id.org/bowiegraph/entity/david-bowie")
born = graph.query("SELECT ?who ?born { ?who schema:birthDate ?born }", who=bowie)
assert_type(born.rows, list[Any])
assert_type(born.variables, list[str])
assert_type(born.csv(), str)
assert_type(born.serialize("json"), bytes)
assert_type(born.terms, list[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...]])
frame: pl.DataFrame = born.polars()
table: pd.DataFrame = born.pandas()
by_rdflib: rdflib.query.Result = born.rdflib()
graph.query("SELECT ?name ?copies ?sure ?day {}", name="Low", copies=3, sure=True, day=date(1977, 1, 14))
assert_type(graph.query("ASK { ?s ?p ?o }").boolean, bool)
assert_type(graph.query("CONSTRUCT WHERE { ?s schema:birthDate ?o }").triples, list[ox.Triple])
day: date = born.rows[0].born

# Looking up.
for claim in graph.claims("Release of Heroes", verdicts=["refuted"]):
    assert_type(claim, Claim)
    assert_type(claim.statement, str)
    assert_type(claim.stance, str)
    assert_type(claim.verdict, str)
    assert_type(claim.speaker, str | None)
    assert_type(claim.premises, tuple[str, ...])
    assert_type(claim.link, str | None)
    assert_type(claim.source.label, str)
    print([sentence.locator for sentence in claim.sentences], [str(other) for other in claim.contradicted_by])
assert_type(graph.claims().polars(), pl.DataFrame)
assert_type(graph.entity("Motorhead"), Entity)
assert_type(graph.entity("Motorhead").also, tuple[str, ...])
assert_type(graph.entities("person")[0], Summary)
assert_type([summary.claims for summary in graph.entities("person")], list[int])
assert_type(graph.queries()[0], CatalogueQuery)
assert_type([question.name for question in graph.queries()], list[str])

# Handing on.
data: rdflib.Dataset = graph.dataset()
assert_type(graph.export("turtle"), bytes)
view = graph.view("covers", title="Who covered it")
assert_type(view, View)
with tempfile.TemporaryDirectory() as folder:
    assert_type(view.save(Path(folder) / "covers.html"), Path)
    assert_type(save(graph.network("covers"), Path(folder) / "covers.gexf"), tuple[Path, ...])
assert_type(view.svg, str)

# Networks.
network: nx.MultiDiGraph[str] = graph.network(fold=False)
assert_type(to_quads(network), list[ox.Quad])
assert_type(bowiegraph.network.to_quads(network), list[ox.Quad])
for start, end, key, data_of_edge in network.edges(keys=True, data=True):
    assert_type(start, str)
    assert_type(end, str)
    assert_type(data_of_edge, dict[str, Any])
    print(key, data_of_edge["verdict"])
for thing, data_of_node in network.nodes(data=True):
    print(thing.upper(), data_of_node["label"])
for component in nx.weakly_connected_components(network):
    to_quads(network.subgraph(component).copy())
for start, end, data_of_edge in network.edges(data=True):
    print(start.upper(), end.upper(), data_of_edge["label"])
assert_type(analysis.connectors(network, sample=None), pl.DataFrame)
assert_type(analysis.communities(network), pl.DataFrame)
assert_type(analysis.path(network, "Antonia Maass", "Hansa studios"), pl.DataFrame)
near: nx.MultiDiGraph[str] = analysis.ego(network, "David Bowie", hops=1)
assert_type(analysis.sentences(network), pl.DataFrame)
assert_type(analysis.without_disputed(graph.network(accepted_only=False)), pl.DataFrame)
axes: Axes = plots.timeline(analysis.timeline(network))
assert_type(plots.verdicts(graph.claims(), axes=axes), Axes)

try:
    graph.run("no such question")
except BowiegraphError as error:
    print(error)
try:
    graph.entity("Motorheed")
except bowiegraph.errors.UnknownNameError as error:
    assert_type(error.suggestions, tuple[str, ...])
    assert_type(error.name, str)
    print(*error.suggestions)
