"""A knowledge graph of David Bowie's "Heroes" in which every statement says who says so, and who else agrees.

>>> import bowiegraph
>>> graph = bowiegraph.open()
>>> graph.run("covers").rows
"""

from __future__ import annotations

from pyoxigraph import NamedNode as iri  # noqa: N813 — read as what it makes: iri("https://…")

from bowiegraph import errors, network
from bowiegraph.errors import BowiegraphError
from bowiegraph.graph import Graph, open  # noqa: A004 — bowiegraph.open reads as it should
from bowiegraph.notebook import load_ipython_extension, unload_ipython_extension
from bowiegraph.result import Result
from bowiegraph.version import __version__

__all__ = [
    "BowiegraphError",
    "Graph",
    "Result",
    "__version__",
    "errors",
    "iri",
    "load_ipython_extension",
    "network",
    "open",
    "unload_ipython_extension",
]
