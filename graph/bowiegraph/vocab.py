"""The vocabularies in use: their prefixes, and the terms that the code names.

Every term of the data set is declared in ``ontology/bowiegraph.ttl``; here stand only those that a rule of the
program depends on.
"""

from __future__ import annotations

import re
from typing import Final

from pyoxigraph import NamedNode

BASE: Final = "https://w3id.org/bowiegraph/"
ENTITY: Final = BASE + "entity/"
CLAIM: Final = BASE + "claim/"
SOURCE: Final = BASE + "source/"
BG: Final = BASE + "ontology#"
SCHEMA: Final = "https://schema.org/"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
DCTERMS: Final = "http://purl.org/dc/terms/"

#: prefix → namespace; known to every query without being written, and used wherever an IRI is shown to people.
PREFIXES: Final[dict[str, str]] = {
    "": ENTITY,
    "bg": BG,
    "claim": CLAIM,
    "dcterms": DCTERMS,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "source": SOURCE,
    "xsd": XSD,
}


#: local names of which every character may stand there, if need be escaped
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[\w.~!$&'()*+,;=/?#@-]*[\w/#-])?", re.ASCII)
_ESCAPED: Final = re.compile(r"[~!$&'()*+,;=/?#@]")


def compact(iri: str) -> str:
    """Shorten an IRI with the longest namespace of ``PREFIXES`` that it begins with; others come back whole."""
    spaces = ((space, prefix) for prefix, space in PREFIXES.items() if iri.startswith(space))
    space, prefix = max(spaces, key=lambda pair: len(pair[0]), default=("", ""))
    return f"{prefix}:{iri[len(space) :]}" if space else iri


def prefixed(iri: str) -> str:
    r"""Write an IRI as SPARQL and Turtle read it: with a prefix, what a name may not hold escaped; others stay whole.

    See https://www.w3.org/TR/sparql11-query/#rPN_LOCAL: ``claim:miscelana-heroes\/song-turns-49``.
    """
    prefix, colon, local = compact(iri).partition(":")
    # A second fragment makes it no IRI (RFC 3987), which the parser sees once it has put the name together.
    if not colon or prefix not in PREFIXES or not _LOCAL.fullmatch(local) or iri.count("#") > 1:
        return iri
    return f"{prefix}:{_ESCAPED.sub(lambda found: chr(92) + found[0], local)}"


def expand(name: str) -> str | None:
    """Give the IRI of a prefixed name such as ``bg:stance``, or None where the prefix is not one of ours."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else None


def _term(namespace: str, local: str) -> NamedNode:
    return NamedNode(namespace + local)


TYPE: Final = _term(RDF, "type")
VALUE: Final = _term(RDF, "value")
LABEL: Final = _term(RDFS, "label")
COMMENT: Final = _term(RDFS, "comment")
ALT_LABEL: Final = _term(SKOS, "altLabel")
SAME_AS: Final = _term(SCHEMA, "sameAs")
URL: Final = _term(SCHEMA, "url")

CLAIM_CLASS: Final = _term(BG, "Claim")
SENTENCE_CLASS: Final = _term(BG, "Sentence")
SOURCE_CLASS: Final = _term(BG, "Source")

STANCE: Final = _term(BG, "stance")
VERDICT: Final = _term(BG, "verdict")
SUPPORTS: Final = _term(BG, "supports")
CONTRADICTS: Final = _term(BG, "contradicts")
QUALIFIES: Final = _term(BG, "qualifies")
SOUGHT_IN: Final = _term(BG, "soughtIn")
RULE: Final = _term(BG, "rule")
PREMISE: Final = _term(BG, "premise")
INVERTIBLE: Final = _term(BG, "invertible")
AT_LEAST_METRES: Final = _term(BG, "atLeastMetres")
AT_MOST_METRES: Final = _term(BG, "atMostMetres")
CARRIES_NO_CLAIM: Final = _term(BG, "carriesNoClaim")
PARAGRAPH_NUMBER: Final = _term(BG, "paragraphNumber")
SENTENCE_NUMBER: Final = _term(BG, "sentenceNumber")
SHA256: Final = _term(BG, "sha256")

QUOTED_FROM: Final = _term(PROV, "wasQuotedFrom")
DERIVED_FROM: Final = _term(PROV, "wasDerivedFrom")
ATTRIBUTED_TO: Final = _term(PROV, "wasAttributedTo")

HAS_SOURCE: Final = _term(OA, "hasSource")
HAS_SELECTOR: Final = _term(OA, "hasSelector")
EXACT: Final = _term(OA, "exact")

SINGLE_VALUED: Final = _term(BG, "singleValued")
NEGATIVE_ASSERTION: Final = _term(OWL, "NegativePropertyAssertion")
SOURCE_INDIVIDUAL: Final = _term(OWL, "sourceIndividual")
ASSERTION_PROPERTY: Final = _term(OWL, "assertionProperty")
TARGET_INDIVIDUAL: Final = _term(OWL, "targetIndividual")
TARGET_VALUE: Final = _term(OWL, "targetValue")

#: how a source says what it says
STANCES: Final = tuple(_term(BG, name) for name in ("asserted", "hedged", "figurative", "opinion", "implied"))
#: how a claim stands against the other sources, worst first
VERDICTS: Final = tuple(_term(BG, name) for name in ("refuted", "disputed", "qualified", "supported", "unchecked"))
