"""Mistakes that an editor underlines; each line that ends with a mark must be told, and no other."""

from __future__ import annotations

import bowiegraph
from bowiegraph import analysis, plots
from bowiegraph.network import save

graph = bowiegraph.open(store=3)  # mistake
graph = bowiegraph.open()
graph.quary("ASK {}")  # mistake
graph.query(42)  # mistake
graph.query("SELECT ?who { ?who ?p ?o }", who=[1, 2])  # mistake
graph.claims(verdict="refuted")  # mistake
print(graph.claims()[0].statment)  # mistake
graph.view("covers", hops="two")  # mistake
graph.network(folded=True)  # mistake
save(graph, "covers.gexf")  # mistake
analysis.path(graph.network(), "Antonia Maass")  # mistake
plots.timeline(graph.claims())  # mistake
number: int = graph.run("covers").csv()  # mistake
print(graph.run("covers").terms[0][0].value)  # mistake
print(len(graph.query("ASK {}").boolean))  # mistake
bowiegraph.network.to_quad(graph.network())  # mistake
bowiegraph.network.to_quads(graph)  # mistake
bowiegraph.iri(7)  # mistake
bowiegraph.opne()  # mistake
graph.view("covers").save()  # mistake
graph.export(3)  # mistake
graph.entity()  # mistake
try:
    graph.entity("Motorheed")
except bowiegraph.BowiegraphError as error:
    print(error.suggestions)  # mistake
