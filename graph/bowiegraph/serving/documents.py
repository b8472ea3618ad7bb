"""What the server says of a thing as RDF: its own description, and in formats that have named graphs, who says so.

Also the description of the service itself (https://www.w3.org/TR/sparql11-service-description/,
https://www.w3.org/TR/void/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.result import GRAPHS
from bowiegraph.serving import media

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bowiegraph.serving.settings import Settings

_DEFAULT: Final = ox.DefaultGraph()
_FORMATS: Final = GRAPHS | {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS}
_DEFINED_BY: Final = ox.NamedNode(vocab.RDFS + "isDefinedBy")
_ONTOLOGY: Final = ox.NamedNode(vocab.BG.removesuffix("#"))
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_FORMAT_NAMES: Final = "http://www.w3.org/ns/formats/"
#: https://www.w3.org/ns/formats/
_KNOWN: Final = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads"),
)

Term = ox.NamedNode | ox.BlankNode | ox.Literal


def write(quads: Iterable[ox.Quad], format: str) -> bytes:  # noqa: A002 — the word that rdflib uses
    """Write quads, sorted; a format without named graphs gets the default graph's only."""
    kind = _FORMATS[format]
    ordered = sorted(set(quads), key=str)
    prefixes = {name: space for name, space in vocab.PREFIXES.items() if name or format != "jsonld"}
    if kind.supports_datasets:
        return ox.serialize(ordered, format=kind, prefixes=prefixes) or b""
    triples = [quad.triple for quad in ordered if quad.graph_name == _DEFAULT]
    return ox.serialize(triples, format=kind, prefixes=prefixes) or b""


def is_known(store: ox.Store, iri: ox.NamedNode) -> bool:
    """Tell whether anything is said of a thing."""
    return next(store.quads_for_pattern(iri, None, None), None) is not None


def describe(store: ox.Store, iri: ox.NamedNode) -> Iterator[ox.Quad]:
    """Say what holds of a thing and of its parts, what things there are called, and which claims speak of it."""
    yield from _about(store, iri)
    for quad in store.quads_for_pattern(None, None, iri, _DEFAULT):
        yield quad
        yield from _called(store, quad.subject)
    for claim in _claims(store, iri):
        yield from store.quads_for_pattern(None, None, None, claim)
        yield from _about(store, claim)


def _about(store: ox.Store, iri: ox.NamedNode) -> Iterator[ox.Quad]:
    for quad in store.quads_for_pattern(iri, None, None, _DEFAULT):
        yield quad
        yield from _called(store, quad.object)
        if isinstance(quad.object, ox.BlankNode | ox.NamedNode) and _is_part(iri, quad.object):
            yield from store.quads_for_pattern(quad.object, None, None, _DEFAULT)


def _is_part(whole: ox.NamedNode, part: ox.NamedNode | ox.BlankNode) -> bool:
    """Sentences are parts of their source, selectors of their sentence."""
    return isinstance(part, ox.BlankNode) or part.value.startswith((f"{whole.value}#", f"{whole.value}-"))


def _called(store: ox.Store, term: object) -> Iterator[ox.Quad]:
    if isinstance(term, ox.NamedNode):
        yield from store.quads_for_pattern(term, vocab.LABEL, None, _DEFAULT)


def _claims(store: ox.Store, iri: ox.NamedNode) -> list[ox.NamedNode]:
    """List the claims that speak of a thing; of a claim, itself; of a source, all that it makes."""
    speaking = [*store.quads_for_pattern(iri, None, None), *store.quads_for_pattern(None, None, iri)]
    graphs = {quad.graph_name for quad in speaking}
    made = {quad.subject for quad in store.quads_for_pattern(None, vocab.DERIVED_FROM, iri, _DEFAULT)}
    every = {term for term in graphs | made | {iri} if isinstance(term, ox.NamedNode)}
    kinds = (term for term in every if _is_claim(store, term))
    return sorted(kinds, key=lambda term: term.value)


def _is_claim(store: ox.Store, term: ox.NamedNode) -> bool:
    return next(store.quads_for_pattern(term, vocab.TYPE, vocab.CLAIM_CLASS, _DEFAULT), None) is not None


def ontology(store: ox.Store) -> Iterator[ox.Quad]:
    """Give the terms that the ontology defines, and those of others that it explains."""
    yield from store.quads_for_pattern(_ONTOLOGY, None, None, _DEFAULT)
    for term in terms(store):
        yield from store.quads_for_pattern(term, None, None, _DEFAULT)


def terms(store: ox.Store) -> list[ox.NamedNode]:
    """List the classes, the properties and the stances, verdicts and rules, by IRI."""
    kinds = [ox.NamedNode(vocab.OWL + kind) for kind in ("Class", "ObjectProperty", "DatatypeProperty")]
    quads = [quad for kind in kinds for quad in store.quads_for_pattern(None, vocab.TYPE, kind, _DEFAULT)]
    quads += store.quads_for_pattern(None, _DEFINED_BY, None, _DEFAULT)
    return sorted({q.subject for q in quads if isinstance(q.subject, ox.NamedNode)}, key=lambda term: term.value)


def service(store: ox.Store, settings: Settings) -> Iterator[ox.Quad]:
    """Describe the endpoint and its data set."""
    root = settings.base_url or f"http://{settings.host}:{settings.port}"
    endpoint, data = ox.NamedNode(f"{root}/sparql"), ox.NamedNode(f"{root}/void#data")
    here, graph = ox.NamedNode(f"{root}/void#service"), ox.NamedNode(f"{root}/void#holds")
    formats = [ox.NamedNode(_FORMAT_NAMES + name) for name in _KNOWN]
    features = ["BasicFederatedQuery"] if settings.services else []

    def said(subject: ox.NamedNode, predicate: str, *objects: Term) -> Iterator[ox.Quad]:
        for value in objects:
            yield ox.Quad(subject, ox.NamedNode(predicate), value)

    yield from said(here, vocab.RDF + "type", ox.NamedNode(_SD + "Service"))
    yield from said(here, _SD + "endpoint", endpoint)
    yield from said(here, _SD + "supportedLanguage", ox.NamedNode(_SD + "SPARQL11Query"))
    yield from said(here, _SD + "resultFormat", *formats)
    yield from said(here, _SD + "feature", *(ox.NamedNode(_SD + name) for name in features))
    yield from said(here, _SD + "defaultDataset", data)
    yield from said(data, vocab.RDF + "type", ox.NamedNode(_SD + "Dataset"), ox.NamedNode(_VOID + "Dataset"))
    yield from said(data, _SD + "defaultGraph", graph)
    yield from said(data, _VOID + "sparqlEndpoint", endpoint)
    yield from said(data, _VOID + "uriSpace", ox.Literal(vocab.BASE))
    yield from said(data, _VOID + "exampleResource", ox.NamedNode(vocab.ENTITY + "david-bowie"))
    yield from said(data, _VOID + "vocabulary", *map(ox.NamedNode, (vocab.BG, vocab.SCHEMA, vocab.PROV, vocab.OA)))
    yield from said(data, vocab.DCTERMS + "title", ox.Literal("Bowiegraph", language="en"))
    yield from said(data, vocab.DCTERMS + "license", ox.NamedNode("https://spdx.org/licenses/MIT"))
    yield from said(graph, vocab.RDF + "type", ox.NamedNode(_SD + "Graph"))
    counted = {
        "triples": sum(1 for _ in store.quads_for_pattern(None, None, None, _DEFAULT)),
        "distinctSubjects": len({quad.subject for quad in store.quads_for_pattern(None, None, None, _DEFAULT)}),
        "properties": len({quad.predicate for quad in store.quads_for_pattern(None, None, None, _DEFAULT)}),
    }
    for name, count in counted.items():
        yield from said(graph, _VOID + name, ox.Literal(count))


#: how a file's name ends → the format
ENDINGS: Final = {
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".rdf": "rdfxml",
    ".jsonld": "jsonld",
    ".trig": "trig",
    ".nq": "nquads",
}
MEDIA: Final = {form.format: form for form in media.GRAPHS}
