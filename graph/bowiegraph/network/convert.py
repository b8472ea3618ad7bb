"""The graph as a networkx network, and back: things as nodes, and an edge for each claim that links two of them."""

from __future__ import annotations

import gc
from collections import defaultdict
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from bowiegraph import catalogue, vocab
from bowiegraph.errors import UnknownNameError, ViewError
from bowiegraph.network import told
from bowiegraph.network.folding import Edge, edges, rules
from bowiegraph.network.statements import Statement, select
from bowiegraph.network.things import short, span
from bowiegraph.network.told import Claim, Told, iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

_TYPE: Final = f"<{vocab.TYPE.value}>"
_NO_CLAIM: Final = Claim("", "", "", "", "")
#: what stands between the parts of an attribute that has several
_AND: Final = "; "


def to_networkx(
    store: ox.Store, what: str | None = None, *, fold: bool = True, accepted_only: bool = True
) -> nx.MultiDiGraph[str]:
    """Make a network.

    Args:
        store: the data set.
        what: a named view, or SPARQL: CONSTRUCT, or SELECT of subject, predicate, object and perhaps a claim; None
            for all that is claimed of entities.
        fold: make one edge of what takes several statements to say, such as a cover, where ``ontology/views.ttl``
            says how.
        accepted_only: leave out what is hedged, figurative or opinion, and what is disputed or refuted.

    Returns:
        nodes are the IRIs of things, with ``label``, ``types``, and ``begin`` and ``end`` (years) if they are dated.
        An edge is keyed by the IRI of its claim (with the property's behind it where a claim says two things of the
        same two). It has ``label`` and ``relation`` (the property, or the class that was folded, in words and as
        IRI), ``claim``, ``statement``, ``stance``, ``verdict``, ``source_label``, ``sentences`` and, if what was
        folded is dated, ``begin`` and ``end``. What ``to_quads`` needs stands in ``trig``. Attributes are text and
        whole numbers, which all formats and pandas take.

    Raises:
        ViewError: the query gives no edges.
        UnknownNameError: no view is called so.
        QueryError: the query is no SPARQL, or is refused.
    """
    import networkx as nx  # noqa: PLC0415 — lazy: it costs 400 ms

    with _no_collection():
        rows = told.everything(store) if what is None else told.of(select(store, _query(what)))
        names = told.names(store)
        known = told.claims(store, names)
        if accepted_only:
            rows = [row for row in rows if row.claim not in known or known[row.claim].accepted]
        making = _Making(store, known, names, rows, only_entities=what is None)
        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        network.add_edges_from(making.edges(fold=fold))  # type: ignore[arg-type]  # its stubs know no keys
        if what is not None and not network:
            raise ViewError(
                "the query gives no edges", "select links from things to things, and not only texts or dates"
            )
        network.add_nodes_from(making.nodes(network))
    return network


def _query(what: str) -> str:
    """Give the query of a named view, or what is one itself."""
    if not what.strip() or any(sign in what for sign in "{ \n"):
        return what
    try:
        return catalogue.view(what).text
    except UnknownNameError as error:
        raise UnknownNameError("view", what, error.suggestions) from None


def to_quads(network: nx.MultiDiGraph[str]) -> list[ox.Quad]:
    """Give back what a network was made of: the triples of its claims, each in the graph of its claim.

    Args:
        network: one that ``to_networkx`` made, or a part of it; edges and nodes may have been taken away.
    """
    texts = {data.get("trig", "") for _, data in network.nodes(data=True)}
    texts |= {data.get("trig", "") for _, _, data in network.edges(data=True)}
    found = {quad for text in texts if text for quad in ox.parse(text, format=ox.RdfFormat.TRIG)}
    return sorted(found, key=str)


class _Making:
    """A network in the making."""

    def __init__(
        self, store: ox.Store, known: dict[str, Claim], names: dict[str, str], rows: list[Told], *, only_entities: bool
    ) -> None:
        self._store = store
        self._known = known
        self._names = names
        self._classes: dict[frozenset[str], str] = {}
        start = f"<{vocab.ENTITY}"
        self._linking = [
            row
            for row in rows
            if row.predicate != _TYPE
            and row.object[0] in "<_"
            and (not only_entities or (row.subject.startswith(start) and row.object.startswith(start)))
        ]
        self._texts: defaultdict[str, list[Told]] = defaultdict(list)
        linking = set(map(id, self._linking))
        for row in rows:
            if id(row) not in linking:
                self._texts[row.subject].append(row)
        self._types = defaultdict[str, set[str]](set)
        for subject, class_ in told.types(store):
            self._types[subject].add(class_)

    def edges(self, *, fold: bool) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """Make the edges: first those of single triples, then those that were folded."""
        foldable = rules(self._store) if fold else {}
        kinds = {f"<{class_}>" for class_ in foldable}
        folding = {subject for subject, classes in self._types.items() if classes & kinds} if kinds else set()
        taken: set[tuple[str, str, str]] = set()
        for row in self._linking:
            if row.subject not in folding:
                yield self._plain(row, taken)
        apart = [row for row in self._linking if row.subject in folding]
        if apart:
            pointed_at = {row.object for row in self._linking}
            for edge in self._folded(apart, foldable, pointed_at):
                yield from self._of_claims(edge, taken)

    def _plain(self, row: Told, taken: set[tuple[str, str, str]]) -> tuple[str, str, str, dict[str, Any]]:
        start, end = iri(row.subject), iri(row.object)
        relation = row.predicate[1:-1]
        key = self._key(start, end, row.claim, relation, taken)
        label = self._names.get(row.predicate) or short(relation)
        claim = self._known.get(row.claim, _NO_CLAIM)
        return start, end, key, _attributes(label, relation, row.claim, claim, str(row))

    @staticmethod
    def _key(start: str, end: str, claim: str, relation: str, taken: set[tuple[str, str, str]]) -> str:
        key = claim[1:-1] or relation
        if (start, end, key) in taken:
            key = f"{key} {relation}"
        taken.add((start, end, key))
        return key

    def _folded(self, rows: list[Told], foldable: dict[str, Any], pointed_at: set[str]) -> list[Edge]:
        claims: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        for row in rows:
            claims[iri(row.subject), row.predicate[1:-1], row.object].update({row.claim[1:-1]} - {""})
        statements = [
            Statement(subject, predicate, _term(object_), tuple(sorted(made)))
            for (subject, predicate, object_), made in sorted(claims.items())
        ]
        types = {s.subject: [iri(c) for c in sorted(self._types[f"<{s.subject}>"])] for s in statements}
        labels = {s.target: self._label(s.target) for s in statements}
        return edges(statements, types, labels, foldable, pointed_at={iri(term) for term in pointed_at})

    def _of_claims(
        self, edge: Edge, taken: set[tuple[str, str, str]]
    ) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """Give a folded edge once for each claim that makes all of it; or once, if it takes several to make it."""
        making = [set(s.claims) for s in edge.statements]
        common = sorted(set.intersection(*making))
        several = sorted(set.union(*making))
        label = edge.label or self._label(edge.relation)
        for claims in [[claim] for claim in common] or [several]:
            marked = [f"<{claim}>" for claim in claims]
            known = [self._known[claim] for claim in marked if claim in self._known] or [_NO_CLAIM]
            key = self._key(edge.start, edge.end, f"<{' '.join(claims)}>", edge.relation, taken)
            yield edge.start, edge.end, key, self._attributes(edge, label, claims, known)

    def _attributes(self, edge: Edge, label: str, claims: list[str], known: list[Claim]) -> dict[str, Any]:
        rows = [row for s in edge.statements for row in told.of([s]) if iri(row.claim) in claims or not row.claim]
        via = f"<{edge.via}>" if edge.via else ""
        texts = [row for row in self._texts.get(via, ()) if not row.claim or iri(row.claim) in claims]
        weakest = min(known, key=lambda claim: claim.accepted)
        joined = Claim(
            _AND.join(dict.fromkeys(claim.statement for claim in known)),
            weakest.stance,
            weakest.verdict,
            _AND.join(dict.fromkeys(claim.source for claim in known)),
            _AND.join(filter(None, dict.fromkeys(claim.sentences for claim in known))),
        )
        trig = "\n".join(dict.fromkeys(map(str, (*rows, *texts))))
        dated = self._dated(edge.via) if edge.via else {}
        return _attributes(label, edge.relation, f"<{' '.join(claims)}>", joined, trig) | dated

    def _label(self, iri: str) -> str:
        return self._names.get(f"<{iri}>") or short(iri)

    # ---- nodes

    def nodes(self, network: nx.MultiDiGraph[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Describe the nodes of a network that has its edges."""
        for node in network:
            term = node if node.startswith("_:") else f"<{node}>"
            words = self._words(frozenset(self._types.get(term, ())))
            texts = "\n".join(dict.fromkeys(map(str, self._texts.get(term, ()))))
            attributes = {"label": self._names.get(term) or short(node), "types": words}
            yield node, attributes | ({"trig": texts} if texts else {}) | self._dated(node)

    def _words(self, classes: frozenset[str]) -> str:
        if classes not in self._classes:
            words = {self._names.get(class_, "") for class_ in classes} - {""}
            self._classes[classes] = _AND.join(sorted(words))
        return self._classes[classes]

    @cached_property
    def _dates(self) -> dict[str, list[Told]]:
        """What anybody says in numbers, dates and texts, of each thing, whether it was selected or not."""
        found: defaultdict[str, list[Told]] = defaultdict(list)
        for row in told.everything(self._store):
            if not row.links:
                found[row.subject].append(row)
        return found

    def _dated(self, node: str) -> dict[str, int]:
        rows = self._dates.get(f"<{node}>", ())
        statements = [Statement(node, row.predicate[1:-1], _term(row.object), (row.claim[1:-1],)) for row in rows]
        years = (
            span(statements, {claim: known.accepted for claim, known in self._known.items()}) if statements else None
        )
        return {} if years is None else {"begin": years[0], "end": years[1]}


def _attributes(label: str, relation: str, claim: str, known: Claim, trig: str) -> dict[str, Any]:
    return {
        "label": label,
        "relation": relation,
        "claim": claim[1:-1],
        "statement": known.statement,
        "stance": known.stance,
        "verdict": known.verdict,
        "source_label": known.source,
        "sentences": known.sentences,
        "trig": trig,
    }


def _term(text: str) -> Any:  # noqa: ANN401 — a term of pyoxigraph
    if text.startswith("<"):
        return ox.NamedNode(text[1:-1])
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    triple = next(iter(ox.parse(f"<urn:s> <urn:p> {text} .", format=ox.RdfFormat.TURTLE)))
    return triple.object


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from looking for rubbish while a great many objects are made, none of which is any."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
