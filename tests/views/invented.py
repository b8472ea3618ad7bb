"""A small invented story for the view: who is in it, what is claimed, and by whom; nothing of it is true."""

from __future__ import annotations

import io
from typing import Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.locations import shipped

#: the text fragment of one sentence, as a build writes it
SENTENCE_URL: Final = "https://daily.example/blue#:~:text=Ada%20wrote,in%20Oslo"
QUOTE: Final = "Ada wrote The Blue Hour in one night in Oslo"

PREFIXES: Final = {**vocab.PREFIXES, "daily": f"{vocab.CLAIM}daily/", "weekly": f"{vocab.CLAIM}weekly/"}

STORY: Final = f"""
:ada a schema:Person ; rdfs:label "Ada Ölund"@en ; skos:altLabel "The Night Owl"@en ;
    schema:sameAs <http://www.wikidata.org/entity/Q1> .
:ben a schema:Person ; rdfs:label "Ben Straße"@en .
:cy a schema:MusicGroup ; rdfs:label "Cy and the Sirens"@en .
:blue a schema:MusicComposition ; rdfs:label "The Blue Hour"@en ; rdfs:comment "A song."@en .
:blue-album a schema:MusicAlbum ; rdfs:label "The Blue Hour"@en .
:oslo a schema:City ; rdfs:label "Oslo"@en .
:bergen a schema:City ; rdfs:label "Bergen"@en .
:film a schema:Movie ; rdfs:label "Night Ferry"@en .
:cover rdfs:label "The Blue Hour by Cy"@en .
:stay rdfs:label "Ben in Bergen"@en .
:island a schema:Place ; rdfs:label "A far island"@en .
:keeper a schema:Person ; rdfs:label "Its keeper"@en .

source:daily a bg:Source ; rdfs:label "The Daily"@en ; schema:url <https://daily.example/blue> .
source:weekly a bg:Source ; rdfs:label "The Weekly"@en .
<{vocab.SOURCE}daily#p2s1> a bg:Sentence ; bg:paragraphNumber 2 ; bg:sentenceNumber 1 ; schema:url <{SENTENCE_URL}> ;
    oa:hasSelector <{vocab.SOURCE}daily#p2s1-quote> .
<{vocab.SOURCE}daily#p2s1-quote> oa:exact "{QUOTE}" .

GRAPH daily:written {{ :blue schema:author :ada }}
daily:written a bg:Claim ; rdfs:label "Ada wrote the song"@en ; bg:stance bg:asserted ; bg:verdict bg:supported ;
    prov:wasDerivedFrom source:daily ; prov:wasQuotedFrom <{vocab.SOURCE}daily#p2s1> .
GRAPH weekly:written {{ :blue schema:author :ada }}
weekly:written a bg:Claim ; rdfs:label "The song is by Ada"@en ; bg:stance bg:asserted ; bg:verdict bg:supported ;
    prov:wasDerivedFrom source:weekly ; bg:supports daily:written .
daily:written bg:supports weekly:written .

GRAPH daily:born {{ :ada schema:birthDate "1950-05-05"^^xsd:date }}
daily:born a bg:Claim ; rdfs:label "Ada was born in 1950"@en ; bg:stance bg:asserted ; bg:verdict bg:unchecked ;
    prov:wasDerivedFrom source:daily .
GRAPH daily:album {{ :blue-album schema:byArtist :ada ; schema:datePublished "1971"^^xsd:gYear }}
daily:album a bg:Claim ; rdfs:label "The album is Ada's, of 1971"@en ; bg:stance bg:implied ; bg:verdict bg:qualified ;
    prov:wasDerivedFrom source:daily ; rdfs:comment "Read from a picture."@en .

GRAPH daily:heard {{ :film schema:musicBy :ada }}
daily:heard a bg:Claim ; rdfs:label "Ada scored the film"@en ; bg:stance bg:asserted ; bg:verdict bg:refuted ;
    prov:wasDerivedFrom source:daily .
GRAPH weekly:heard {{ :film schema:musicBy :ben ; schema:datePublished "1990"^^xsd:gYear }}
weekly:heard a bg:Claim ; rdfs:label "Ben scored the film"@en ; bg:stance bg:asserted ; bg:verdict bg:disputed ;
    prov:wasDerivedFrom source:weekly ; bg:contradicts daily:heard .

GRAPH weekly:cover {{ :cover a bg:Cover ; schema:byArtist :cy ; schema:recordingOf :blue ; schema:datePublished "2001"^^xsd:gYear }}
weekly:cover a bg:Claim ; rdfs:label "Cy covered the song"@en ; bg:stance bg:asserted ; bg:verdict bg:unchecked ;
    prov:wasDerivedFrom source:weekly .
GRAPH weekly:stay {{ :stay a bg:LifeEpisode ; bg:person :ben ; schema:location :bergen }}
weekly:stay a bg:Claim ; rdfs:label "Ben lived in Bergen"@en ; bg:stance bg:hedged ; bg:verdict bg:unchecked ;
    prov:wasDerivedFrom source:weekly .
GRAPH daily:oslo {{ :blue schema:location :oslo . :blue bg:inspiredBy :oslo }}
daily:oslo a bg:Claim ; rdfs:label "The song is of Oslo"@en ; bg:stance bg:opinion ; bg:verdict bg:unchecked ;
    prov:wasDerivedFrom source:daily .
GRAPH daily:island {{ :keeper schema:location :island }}
daily:island a bg:Claim ; rdfs:label "The keeper lives on the island"@en ; bg:stance bg:asserted ; bg:verdict bg:unchecked ;
    prov:wasDerivedFrom source:daily .
"""

#: every statement of the story between things; eleven things and ten lines, two of them folded
QUERY: Final = "SELECT ?s ?p ?o ?claim { GRAPH ?claim { ?s ?p ?o } FILTER(isIRI(?o) && ?p != rdf:type) }"


def store(story: str = STORY) -> ox.Store:
    """Make a data set of a story and the ontology."""
    made = ox.Store()
    header = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
    made.load((header + story).encode(), format=ox.RdfFormat.TRIG)
    made.load(io.BytesIO((shipped("ontology") / "bowiegraph.ttl").read_bytes()), format=ox.RdfFormat.TURTLE)
    return made


def chain(length: int, *, leaves: int = 0) -> ox.Store:
    """Make a data set of things in a row, and of some more that hang on the first."""
    lines = [f'<{vocab.ENTITY}n{i}> <{vocab.LABEL.value}> "Thing {i}" .' for i in range(length + leaves)]
    ends = [(i, i + 1) for i in range(length - 1)] + [(0, length + i) for i in range(leaves)]
    for i, (a, b) in enumerate(ends):
        claim = f"<{vocab.CLAIM}s/{i}>"
        lines.append(f"<{vocab.ENTITY}n{a}> <{vocab.BG}to> <{vocab.ENTITY}n{b}> {claim} .")
        lines.append(f"{claim} {vocab.TYPE} {vocab.CLAIM_CLASS} .")
        lines.append(f'{claim} {vocab.LABEL} "Claim {i}" .')
        lines.append(f"{claim} {vocab.STANCE} <{vocab.BG}asserted> .")
        lines.append(f"{claim} {vocab.VERDICT} <{vocab.BG}unchecked> .")
        lines.append(f"{claim} {vocab.DERIVED_FROM} <{vocab.SOURCE}s> .")
    lines += [f"<{vocab.SOURCE}s> {vocab.TYPE} {vocab.SOURCE_CLASS} .", f'<{vocab.SOURCE}s> {vocab.LABEL} "S" .']
    lines += [f'<{vocab.BG}{word}> {vocab.LABEL} "{word}" .' for word in ("asserted", "unchecked", "to")]
    made = ox.Store()
    made.load("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    return made
