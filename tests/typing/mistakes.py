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
graph.claims()[0].statment  # mistake
graph.view("covers", hops="two")  # mistake
graph.network(folded=True)  # mistake
save(graph, "covers.gexf")  # mistake
analysis.path(graph.network(), "Antonia Maass")  # mistake
plots.timeline(graph.claims())  # mistake
number: int = graph.run("covers").csv()  # mistake
