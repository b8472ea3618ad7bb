"""The graph as a networkx network, and back: things as nodes, and an edge for each claim that links two of them."""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from contextlib import contextmanager
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from bowiegraph import catalogue, vocab
from bowiegraph.errors import UnknownNameError, ViewError
from bowiegraph.network import told
from bowiegraph.network.folding import Edge, edges, rules
from bowiegraph.network.statements import Statement, select
from bowiegraph.network.things import short, span
from bowiegraph.network.told import Claim, Reading, Told, iri, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import networkx as nx

    from bowiegraph.network.folding import Rule

_TYPE: Final = f"<{vocab.TYPE.value}>"
_NO_CLAIM: Final = Claim("", "", "", "", "", "")
#: what stands between the parts of an attribute that has several
_AND: Final = "; "
#: how things are written: IRIs and blank nodes
_THINGS: Final = ("<", "_")
_ENTITIES: Final = (f"<{vocab.ENTITY}",)
_NO_CLASSES: Final[frozenset[str]] = frozenset()


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
        accepted_only: leave out what does not hold: what is hedged, figurative or opinion, what is disputed or
            refuted, and what follows from any of these.

    Returns:
        nodes are the IRIs of things, with ``label``, ``types``, and ``begin`` and ``end`` (years) if they are dated.
        An edge is keyed by the IRI of its claim (with the property's behind it where a claim says two things of the
        same two). It has ``label`` and ``relation`` (the property, or the class that was folded, in words and as
        IRI), ``claim``, ``statement``, ``stance``, ``verdict``, ``source_label``, ``source_iri``, ``sentences`` and,
        if what was folded is dated, ``begin`` and ``end``. What it takes more than that to say again stands in
        ``trig``, for ``to_quads``: what was folded, and what is said of a thing in texts and dates. Attributes are
        text and whole numbers, which all formats and pandas take.

    Raises:
        ViewError: the query gives no edges.
        UnknownNameError: no view is called so.
        QueryError: the query is no SPARQL, or is refused.
    """
    with _no_collection():
        selected = None if what is None else told.of(select(store, _query(what)))
        read = told.read(store, entities=selected is None)
        making = _Making(read, selected, accepted_only=accepted_only)
        network = making.network(rules(store) if fold else {})
        if what is not None and not network:
            raise _no_edges(all_left_out=making.reduced)
    return network


def _no_edges(*, all_left_out: bool) -> ViewError:
    if all_left_out:
        return ViewError("no claim behind what is selected is accepted", "ask for them too: accepted_only=False")
    return ViewError("the query gives no edges", "select links from things to things, and not only texts or dates")


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
    found |= {
        _quad(start, end, data["relation"], data.get("claim", ""))
        for start, end, data in network.edges(data=True)
        if not data.get("trig") and "relation" in data
    }
    return sorted(found, key=str)


def _quad(start: str, end: str, relation: str, claim: str) -> ox.Quad:
    graph = ox.NamedNode(claim) if claim else ox.DefaultGraph()
    return ox.Quad(_thing(start), ox.NamedNode(relation), _thing(end), graph)


def _thing(node: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(node[2:]) if node.startswith("_:") else ox.NamedNode(node)


class _Making:
    """A network in the making.

    It may have hundreds of thousands of edges, so what is done for each of them and for each node is spelled out where
    they are made, and what few have stands apart.
    """

    def __init__(self, read: Reading, selected: list[Told] | None, *, accepted_only: bool) -> None:
        import networkx as nx  # noqa: PLC0415 — lazy: it costs 400 ms

        self._network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self._names, self._known, self._types = read.names, read.claims, read.types
        whole = selected is None
        self._linking, rest = _parted(read.told if selected is None else selected, _ENTITIES if whole else _THINGS)
        # what anybody says in numbers, dates and texts, of each thing, whether it was selected or not
        self._dates = _by_subject(row for row in (rest if whole else read.told) if row[2][0] not in "<_")
        self._refused = read.refused
        #: whether anything was left out
        self.reduced = False
        if accepted_only and self._refused:
            before = len(self._linking)
            self._linking = [row for row in self._linking if row[3] not in self._refused]
            self.reduced = len(self._linking) < before
            rest = [row for row in rest if row[3] not in self._refused]
        self._texts = _by_subject(rest)

    def network(self, foldable: dict[str, Rule]) -> nx.MultiDiGraph[str]:
        """Make the edges, first those of single triples, then those that were folded; then describe the nodes."""
        kinds = {f"<{class_}>" for class_ in foldable}
        folding = {subject for subject, classes in self._types.items() if not kinds.isdisjoint(classes)}
        apart = [row for row in self._linking if row[0] in folding] if folding else []
        self._add_plain([row for row in self._linking if row[0] not in folding] if apart else self._linking)
        for edge in self._folded(apart, foldable) if apart else ():
            self._add_folded(edge)
        self._describe_nodes()
        return self._network

    # ---- edges

    def _add_plain(self, rows: list[Told]) -> None:
        """Add an edge for each triple."""
        relations = {iri(predicate) for predicate in {row[1] for row in rows}}
        named = {f"<{relation}>": (self._label(relation), relation) for relation in relations}
        add, known = self._network.add_edge, self._known
        # whose edges may share a key: those of a claim that says more than one thing, or where some have no claim
        counted = Counter([row[3] for row in rows])
        several = {claim for claim, times in counted.items() if times > 1 or "" in counted}
        if several:  # the first in order gets the key, in whatever order the store has them
            rows = sorted(rows)
        taken = set()
        for subject, predicate, object_, claim in rows:
            label, relation = named[predicate]
            statement, stance, verdict, source, source_iri, sentences = known.get(claim, _NO_CLAIM)
            made_by = claim[1:-1]
            key = made_by or relation
            if claim in several:
                place = (subject, object_, key)
                if place in taken:
                    key = f"{key} {relation}"
                taken.add(place)
            add(
                subject[1:-1] if subject[0] == "<" else subject,
                object_[1:-1] if object_[0] == "<" else object_,
                key,
                label=label,
                relation=relation,
                claim=made_by,
                statement=statement,
                stance=stance,
                verdict=verdict,
                source_label=source,
                source_iri=source_iri,
                sentences=sentences,
            )

    def _folded(self, rows: list[Told], foldable: dict[str, Rule]) -> list[Edge]:
        claims: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        for subject, predicate, object_, claim in rows:
            claims[iri(subject), predicate[1:-1], object_].update({claim[1:-1]} - {""})
        statements = [
            Statement(subject, predicate, _term(object_), tuple(sorted(made)))
            for (subject, predicate, object_), made in sorted(claims.items())
        ]
        types = {s.subject: [iri(c) for c in sorted(self._types[f"<{s.subject}>"])] for s in statements}
        labels = {s.target: self._label(s.target) for s in statements}
        return edges(statements, types, labels, foldable, pointed_at={iri(row[2]) for row in self._linking})

    def _add_folded(self, edge: Edge) -> None:
        """Add a folded edge once for each claim that makes all of it; or once, if it takes several to make it."""
        making = [set(s.claims) for s in edge.statements]
        common = sorted(set.intersection(*making))
        several = sorted(set.union(*making))
        for claims in [[claim] for claim in common] or [several]:
            key = " ".join(claims) or edge.relation
            if self._network.has_edge(edge.start, edge.end, key):
                key = f"{key} {edge.relation}"
            self._network.add_edge(edge.start, edge.end, key, **self._attributes(edge, claims))

    def _attributes(self, edge: Edge, claims: list[str]) -> dict[str, Any]:
        """Give what a folded edge has of some of its claims: it stands as the weakest of them."""
        marked = [f"<{claim}>" for claim in claims]
        known = [self._known[claim] for claim in marked if claim in self._known] or [_NO_CLAIM]
        weakest = next((self._known[claim] for claim in marked if claim in self._refused), known[0])
        making = {"", *marked}
        rows = [row for s in edge.statements for row in told.of([s]) if row[3] in making]
        texts = [row for row in self._texts.get(f"<{edge.via}>", ()) if row[3] in making]
        return {
            "label": edge.label or self._label(edge.relation),
            "relation": edge.relation,
            "claim": " ".join(claims),
            "statement": _AND.join(dict.fromkeys(claim.statement for claim in known)),
            "stance": weakest.stance,
            "verdict": weakest.verdict,
            "source_label": _AND.join(dict.fromkeys(claim.source for claim in known)),
            "source_iri": " ".join(filter(None, dict.fromkeys(claim.source_iri for claim in known))),
            "sentences": _AND.join(filter(None, dict.fromkeys(claim.sentences for claim in known))),
            "trig": "\n".join(sorted({*map(written, rows), *map(written, texts)})),
            **(self._dated(edge.via) if edge.via else {}),
        }

    def _label(self, iri: str) -> str:
        return self._names.get(f"<{iri}>") or short(iri)

    # ---- nodes

    def _describe_nodes(self) -> None:
        """Describe the nodes of the network, which has its edges: all of them, and then those that have more."""
        names, types = self._names, self._types
        words = {classes: self._words(classes) for classes in {_NO_CLASSES, *types.values()}}
        for node, data in self._network.nodes(data=True):
            term = node if node[:2] == "_:" else f"<{node}>"
            data["label"] = names.get(term) or short(node)
            data["types"] = words[types.get(term, _NO_CLASSES)]
        nodes = self._network.nodes
        for term in self._texts:
            if (node := iri(term)) in nodes:
                nodes[node]["trig"] = "\n".join(sorted(set(map(written, self._texts[term]))))
        for term in self._dates:
            if (node := iri(term)) in nodes:
                nodes[node].update(self._dated(node))

    def _words(self, classes: frozenset[str]) -> str:
        words = {self._names.get(class_, "") for class_ in classes} - {""}
        return _AND.join(sorted(words))

    def _dated(self, node: str) -> dict[str, int]:
        rows = self._dates.get(f"<{node}>", ())
        statements = [Statement(node, row[1][1:-1], _term(row[2]), (row[3][1:-1],)) for row in rows]
        years = span(statements, self._accepted) if statements else None
        return {} if years is None else {"begin": years[0], "end": years[1]}

    @cached_property
    def _accepted(self) -> dict[str, bool]:
        return {claim[1:-1]: claim not in self._refused for claim in self._known}


def _parted(rows: list[Told], starts: tuple[str, ...]) -> tuple[list[Told], list[Told]]:
    """Part what links two things, whose terms start so, from all else that is said."""
    linking, rest = [], []
    for row in rows:
        subject, predicate, object_, _ = row
        if object_.startswith(starts) and subject.startswith(starts) and predicate != _TYPE:
            linking.append(row)
        else:
            rest.append(row)
    return linking, rest


def _by_subject(rows: Iterable[Told]) -> dict[str, list[Told]]:
    found: defaultdict[str, list[Told]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


@lru_cache(maxsize=10_000)
def _term(text: str) -> Any:  # noqa: ANN401 — a term of pyoxigraph
    if text[0] in "<_":
        return _thing(iri(text))
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
