"""Things that are called and described in several languages are listed once, in English where there is any."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from bowiegraph import vocab
from bowiegraph.claims import claims
from bowiegraph.entities import entities, entity
from bowiegraph.labels import in_english

TOLD = """
:anna a schema:Person ; rdfs:label "Anna"@en, "Änne"@de ; rdfs:comment "A singer."@en, "Eine Sängerin."@de .
:bert a schema:Person ; rdfs:label "Bertl"@de, "Bertin"@fr .
schema:Person a owl:Class ; rdfs:label "person"@en, "Person"@de .
source:s a bg:Source ; rdfs:label "The Paper"@en, "Das Blatt"@de .
<https://w3id.org/bowiegraph/claim/s/c> a bg:Claim ; rdfs:label "Anna sings"@en, "Anna singt"@de ; bg:stance bg:asserted ;
    rdfs:comment "By ear."@en, "Nach Gehör."@de ; bg:verdict bg:unchecked ; prov:wasDerivedFrom source:s .
bg:asserted rdfs:label "asserted"@en . bg:unchecked rdfs:label "unchecked"@en .
GRAPH <https://w3id.org/bowiegraph/claim/s/c> { :anna schema:knows :bert }
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = ox.Store()
    header = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in vocab.PREFIXES.items())
    made.load((header + TOLD).encode(), format=ox.RdfFormat.TRIG)
    return made


def test_an_entity_is_listed_once(store: ox.Store) -> None:
    assert [(one.label, one.comment, one.types) for one in entities(store)] == [
        ("Anna", "A singer.", ("person",)),
        ("Bertl", None, ("person",)),
    ]
    assert entity(store, "Änne").label == "Anna"
    assert entity(store, "Anna").comment == "A singer."


def test_a_claim_is_told_once(store: ox.Store) -> None:
    (claim,) = claims(store)
    assert (claim.statement, claim.comment, claim.source.label) == ("Anna sings", "By ear.", "The Paper")


@pytest.mark.parametrize(
    ("texts", "chosen"),
    [
        ([("a", "de"), ("b", "en")], "b"),
        ([("a", "de"), ("b", "en-GB")], "b"),
        ([("a", "de"), ("b", None)], "b"),
        ([("b", "fr"), ("a", "de")], "a"),
        ([], None),
    ],
)
def test_english_first(texts: list[tuple[str, str | None]], chosen: str | None) -> None:
    literals = [ox.Literal(text, language=language) if language else ox.Literal(text) for text, language in texts]
    assert in_english(literals) == chosen
