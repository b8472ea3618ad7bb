"""Claims as nanopublications: assertion, provenance and publication info as graphs, and a head that joins them.

See http://www.nanopub.org/guidelines/working_draft/. They are unsigned and have no trusty URIs: publishing them under
a name is for who publishes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bowiegraph import vocab

if TYPE_CHECKING:
    from collections.abc import Iterator

NP: Final = "http://www.nanopub.org/nschema#"
_LICENSE: Final = ox.NamedNode(vocab.DCTERMS + "license")
_MIT: Final = ox.NamedNode("https://spdx.org/licenses/MIT")
_PREFIXES: Final = {**vocab.PREFIXES, "np": NP}


def nanopublications(store: ox.Store) -> Iterator[bytes]:
    """Write each claim as a nanopublication in TriG, in the order of their IRIs.

    The assertion graph bears the claim's own IRI, so that what is said of the claim in the data set is said of it here.
    """
    claims = {q.subject for q in store.quads_for_pattern(None, vocab.TYPE, vocab.CLAIM_CLASS, ox.DefaultGraph())}
    quads = (quad for claim in sorted(claims, key=str) for quad in _parts(store, claim))  # type: ignore[arg-type]  # claims are named
    yield ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=_PREFIXES) or b""


def _parts(store: ox.Store, claim: ox.NamedNode) -> Iterator[ox.Quad]:
    whole, head, provenance, publication = (
        ox.NamedNode(f"{claim.value}#{part}") for part in ("nanopub", "head", "provenance", "publication")
    )
    for predicate, value in (
        (vocab.TYPE, ox.NamedNode(NP + "Nanopublication")),
        (ox.NamedNode(NP + "hasAssertion"), claim),
        (ox.NamedNode(NP + "hasProvenance"), provenance),
        (ox.NamedNode(NP + "hasPublicationInfo"), publication),
    ):
        yield ox.Quad(whole, predicate, value, head)
    yield from sorted(store.quads_for_pattern(None, None, None, claim), key=str)
    for quad in sorted(store.quads_for_pattern(claim, None, None, ox.DefaultGraph()), key=str):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, provenance)
    yield ox.Quad(whole, vocab.ATTRIBUTED_TO, ox.NamedNode(vocab.SOURCE + "editors"), publication)
    yield ox.Quad(whole, _LICENSE, _MIT, publication)
