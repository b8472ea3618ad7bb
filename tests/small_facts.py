"""A small, invented facts directory, for tests to write, change and build."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from bowiegraph import vocab
from bowiegraph.facts.ontology import Ontology, read_ontology

if TYPE_CHECKING:
    from pathlib import Path

PREFIXES: Final = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in vocab.PREFIXES.items())

#: the text of the source "gazette": three sentences
TEXT: Final = "A river song\n\nAnna wrote it in 1977. What a summer that was!"

_SENTENCES: Final = (("p0s1", 0, 12), ("p1s1", 14, 36), ("p1s2", 37, 60))

ONTOLOGY: Final = (
    PREFIXES
    + """
bg:Claim a owl:Class . bg:Source a owl:Class . bg:Sentence a owl:Class . bg:Stance a owl:Class .
bg:Rule a owl:Class . bg:Verdict a owl:Class .
schema:Person a owl:Class ; rdfs:label "person"@en . bg:Song a owl:Class ; rdfs:label "song"@en .
bg:Hymn a owl:Class ; rdfs:subClassOf bg:Song ; rdfs:label "hymn"@en .
oa:TextPositionSelector a owl:Class . oa:FragmentSelector a owl:Class .
bg:asserted a bg:Stance . bg:hedged a bg:Stance . bg:figurative a bg:Stance . bg:opinion a bg:Stance .
bg:implied a bg:Stance . bg:rhetoric a bg:Reason .
bg:arithmetic a bg:Rule ; bg:invertible true . bg:partOfWhole a bg:Rule ; bg:invertible false .
bg:stance a owl:ObjectProperty . bg:rule a owl:ObjectProperty . bg:premise a owl:ObjectProperty .
bg:verdict a owl:ObjectProperty . bg:invertible a owl:DatatypeProperty .
bg:supports a owl:ObjectProperty . bg:contradicts a owl:ObjectProperty .
bg:qualifies a owl:ObjectProperty . bg:soughtIn a owl:ObjectProperty .
bg:carriesNoClaim a owl:ObjectProperty .
bg:paragraphNumber a owl:DatatypeProperty . bg:sentenceNumber a owl:DatatypeProperty .
bg:sha256 a owl:DatatypeProperty .
prov:wasQuotedFrom a owl:ObjectProperty . prov:wasAttributedTo a owl:ObjectProperty .
prov:wasDerivedFrom a owl:ObjectProperty .
oa:hasSource a owl:ObjectProperty . oa:hasSelector a owl:ObjectProperty .
oa:start a owl:DatatypeProperty . oa:end a owl:DatatypeProperty . oa:exact a owl:DatatypeProperty .
rdf:value a rdf:Property . dcterms:conformsTo a owl:ObjectProperty .
skos:altLabel a owl:AnnotationProperty . schema:url a owl:ObjectProperty .
schema:sameAs a owl:ObjectProperty .
schema:dateCreated a owl:DatatypeProperty ; bg:singleValued true .
schema:author a owl:ObjectProperty . schema:name a owl:DatatypeProperty .
"""
)

SHAPES: Final = (
    PREFIXES
    + """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/bowiegraph/shape/> .
shape:Song a sh:NodeShape ; sh:targetClass bg:Song ; sh:property shape:Song-author .
shape:Song-author a sh:PropertyShape ; sh:path schema:author ; sh:class schema:Person ;
    sh:message "A song is by a person."@en .
shape:Claim a sh:NodeShape ; sh:targetClass bg:Claim ; sh:property shape:Claim-verdict .
shape:Claim-verdict a sh:PropertyShape ; sh:path bg:verdict ; sh:minCount 1 ; sh:maxCount 1 ;
    sh:message "A claim has one verdict."@en .
"""
)

ENTITIES: Final = (
    PREFIXES
    + """
:anna a schema:Person ; rdfs:label "Anna"@en ; schema:sameAs <https://example.org/anna> .
:bert a schema:Person ; rdfs:label "Bert"@en .
:river-song a bg:Song ; rdfs:label "River Song"@en ; skos:altLabel "The River"@en .
:denial rdfs:label "Denial that Anna wrote it"@en .
"""
)

GAZETTE: Final = (
    PREFIXES
    + """
@prefix c: <https://w3id.org/bowiegraph/claim/gazette/> .
@prefix s: <https://w3id.org/bowiegraph/source/gazette#> .

c:written {
    :river-song schema:author :anna .
}
c:written rdfs:label "Anna wrote the River Song"@en ;
    bg:stance bg:asserted ; prov:wasQuotedFrom s:p0s1, s:p1s1 .

c:date {
    :river-song schema:dateCreated "1977"^^xsd:gYear .
}
c:date rdfs:label "It was written in 1977"@en ; bg:stance bg:asserted ; prov:wasQuotedFrom s:p1s1 .

s:p1s2 bg:carriesNoClaim bg:rhetoric .
"""
)

ALMANAC: Final = (
    PREFIXES
    + """
@prefix c: <https://w3id.org/bowiegraph/claim/almanac/> .
<https://w3id.org/bowiegraph/source/almanac> a bg:Source ; rdfs:label "The Almanac"@en .
c:date { :river-song schema:dateCreated "1977-09-23"^^xsd:date . }
c:date rdfs:label "It was written on 23 September 1977"@en ; bg:stance bg:asserted .
"""
)

#: instead of the almanac's claim on the date, under the same name
CLAIM_ON_THE_AUTHOR: Final = """
c:date { :river-song schema:author :anna . }
c:date rdfs:label "Anna wrote it"@en ; bg:stance bg:asserted .
"""

EDITORS: Final = (
    PREFIXES
    + """
@prefix c: <https://w3id.org/bowiegraph/claim/editors/> .
<https://w3id.org/bowiegraph/source/editors> a bg:Source ; rdfs:label "The editors"@en .
c:note { <https://w3id.org/bowiegraph/claim/almanac/date> bg:qualifies
    <https://w3id.org/bowiegraph/claim/gazette/written> . }
c:note rdfs:label "The date narrows it"@en ; bg:stance bg:asserted .
"""
)


def sentences() -> str:
    """Write the sentences file of the gazette."""
    head = f"""{PREFIXES}@base <https://w3id.org/bowiegraph/source/gazette> .
<> a bg:Source ; rdfs:label "The Gazette"@en ; schema:url <https://example.org/gazette> .
"""
    return head + "".join(_sentence(*place) for place in _SENTENCES)


def _sentence(locator: str, start: int, end: int) -> str:
    text = TEXT[start:end]
    return f"""
<#{locator}> a bg:Sentence ; oa:hasSource <> ;
    bg:paragraphNumber {locator[1]} ; bg:sentenceNumber {locator[3]} ;
    bg:sha256 "{sha256(text.encode()).hexdigest()}"^^xsd:hexBinary ;
    oa:hasSelector <#{locator}-position>, <#{locator}-fragment> .
<#{locator}-position> a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} .
<#{locator}-fragment> a oa:FragmentSelector ; rdf:value ":~:text={text.split()[0]}" .
"""


def files() -> dict[str, str]:
    """Give the facts: file → its text."""
    return {
        "entities/all.trig": ENTITIES,
        "sources/gazette.trig": GAZETTE,
        "sources/gazette.sentences.ttl": sentences(),
        "sources/almanac.trig": ALMANAC,
        "sources/editors.trig": EDITORS,
    }


def write(directory: Path, **changes: str) -> Path:
    """Write the facts, with some files' texts instead of theirs or in addition ("sources/x.trig" → text)."""
    for name, text in {**files(), **changes}.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return directory


def write_ontology(directory: Path) -> Path:
    """Write the ontology and the shapes, as a directory that ``build`` takes."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "bowiegraph.ttl").write_text(ONTOLOGY, encoding="utf-8")
    (directory / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    return directory


def ontology(directory: Path) -> Ontology:
    """Read the small ontology, by way of a directory."""
    return read_ontology(write_ontology(directory) / "bowiegraph.ttl")
