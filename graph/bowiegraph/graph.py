"""The graph as Python sees it: one object to ask, list, look up and hand on."""

from __future__ import annotations

from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

import pyoxigraph as ox

from bowiegraph import catalogue, claims, entities, export, network, vocab
from bowiegraph.inline import Listing
from bowiegraph.query import Value, run_query
from bowiegraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import networkx as nx
    import rdflib

    from bowiegraph.result import Result
    from bowiegraph.views import View


class Graph:
    """A data set, open for reading."""

    def __init__(self, store: ox.Store, name: str) -> None:
        self._store = store
        self._name = name

    def query(self, sparql: str, /, **bindings: Value) -> Result:
        """Ask in SPARQL; the prefixes of ``vocab.PREFIXES`` need not be declared.

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
            bindings: variable → term, or a value of Python's that becomes a literal (an IRI is an ``iri("…")``). They
                are substituted as terms, never pasted as text.

        Raises:
            QuerySyntaxError, RefusedError, ParameterError: as ``run_query``.
        """
        return run_query(self._store, sparql, bindings=bindings)

    def run(self, name: str, /, **parameters: object) -> Result:
        """Ask a question of the catalogue; names of entities are looked up.

        Raises:
            UnknownNameError: there is no such question, or nothing is called so.
            AmbiguousNameError: several things are called so.
            ParameterError: a parameter is unknown, missing or of the wrong kind.
        """
        question = catalogue.get(name)
        return run_query(self._store, question.text, bindings=question.bindings(self._store, parameters))

    def queries(self) -> Listing[catalogue.CatalogueQuery]:
        """List the questions of the catalogue."""
        return Listing(catalogue.catalogue(), catalogue.CatalogueQuery)

    def claims(self, about: str | None = None, *, verdicts: Iterable[str] = ()) -> Listing[claims.Claim]:
        """List who says what, where, and how it stands.

        Args:
            about: an entity, by any of its names; all claims if None.
            verdicts: only claims that stand so, such as ``["refuted", "disputed"]``.

        Raises:
            UnknownNameError, AmbiguousNameError: the name leads to nothing, or to several things.
        """
        iri = None if about is None else entities.resolve(self._store, about)
        return Listing(claims.claims(self._store, about=iri, verdicts=verdicts), claims.Claim)

    def entity(self, name: str) -> entities.Entity:
        """Tell what is known of an entity, by any of its names.

        Raises:
            UnknownNameError, AmbiguousNameError: the name leads to nothing, or to several things.
        """
        return entities.entity(self._store, name)

    def entities(self, type: str | None = None) -> Listing[entities.Summary]:  # noqa: A002 — what users call it
        """List the entities, all or of one type such as "person".

        Raises:
            UnknownNameError: no class is called so.
        """
        return Listing(entities.entities(self._store, type=type), entities.Summary)

    def network(
        self, what: str | None = None, *, fold: bool = True, accepted_only: bool = True
    ) -> nx.MultiDiGraph[str]:
        """Make a networkx network: things as nodes, and an edge for each claim that links two of them.

        Args:
            what: a named view, such as "covers", or SPARQL; None for all that is claimed of entities.
            fold: make one edge of what takes several statements to say, such as a cover.
            accepted_only: leave out what is hedged, figurative or opinion, and what is disputed or refuted.

        Returns:
            see ``bowiegraph.network.to_networkx``, which says what the attributes are; beside it, ``save`` writes a
            network to a file, and ``to_quads`` leads back to RDF. ``bowiegraph.analysis`` tells what is in it.

        Raises:
            ViewError: the query gives no edges.
            UnknownNameError: no view is called so.
            QueryError: the query is no SPARQL, or is refused.
        """
        return network.to_networkx(self._store, what, fold=fold, accepted_only=accepted_only)

    def view(  # noqa: PLR0913 — what a view may be told
        self,
        name: str | None = None,
        /,
        *,
        query: str | None = None,
        around: str | None = None,
        hops: int = 1,
        fold: bool | None = None,
        title: str | None = None,
    ) -> View:
        """Draw a network as a page: ``.save("heroes.html")`` writes it, and a notebook shows it.

        Args:
            name: a named view, such as "covers"; "overview" if nothing else is given.
            query: SPARQL in its place: CONSTRUCT, or SELECT of subject, predicate, object and perhaps a claim.
            around: a thing, by any of its names: only what is near it is drawn.
            hops: how near.
            fold: draw a cover, a contribution and the like as one line; by default, as the view has it.
            title: of the page.

        Raises:
            UnknownNameError, AmbiguousNameError: no view or thing is called so, or several are.
            ViewError: there is nothing to draw, or too much.
            QueryError: the query is no SPARQL, or is refused.
            MissingPackageError: there are more than 500 things, and igraph is not installed.
        """
        from bowiegraph.views import view  # noqa: PLC0415 — a page is not always wanted

        return view(self._store, name, query=query, around=around, hops=hops, fold=fold, title=title)

    def dataset(self) -> rdflib.Dataset:
        """Copy the data set into an ``rdflib.Dataset``: what holds in its default graph, and a named graph a claim."""
        import rdflib  # noqa: PLC0415 — lazy: it costs 180 ms

        data = rdflib.Dataset()
        data.parse(data=b"".join(export.export(self._store, "nquads")), format="nquads")
        return data

    def export(self, format: str = "trig") -> bytes:  # noqa: A002 — the word that rdflib uses
        """Write the whole data set as trig, nquads, jsonld, turtle, graphml or nanopub.

        Raises:
            UnknownNameError: there is no such format.
        """
        return b"".join(export.export(self._store, format))

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical data set (https://www.w3.org/TR/rdf-canon/), in hexadecimal."""
        return sha256(self.export("nquads")).hexdigest()

    @property
    def store(self) -> ox.Store:
        """The store of pyoxigraph below, for what this object does not offer."""
        return self._store

    def __len__(self) -> int:
        """Count the quads."""
        return len(self._store)

    def __repr__(self) -> str:
        """Say what it holds."""
        claims_, sources = (self._count(kind) for kind in ("Claim", "Source"))
        return f"<Graph {self._name}: {len(self):,} quads, {claims_} claims of {sources} sources>"

    def _count(self, kind: str) -> int:
        node = ox.NamedNode(vocab.BG + kind)
        return sum(1 for _ in self._store.quads_for_pattern(None, vocab.TYPE, node, ox.DefaultGraph()))

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self)[1:-1])}</p>"


def open(store: str | Path | None = None) -> Graph:  # noqa: A001 — bowiegraph.open reads as it should
    """Open a data set.

    Args:
        store: a file of N-Quads, TriG, Turtle, N-Triples, RDF/XML or JSON-LD; a folder that Oxigraph wrote; or None
            for the facts that ship with the package, which are built into the user's cache on first use.

    Raises:
        StoreError: there is no such data set.
    """
    return Graph(open_store(store), "bowiegraph" if store is None else str(store))
