"""Each SHACL shape, with the least data that breaks it: the report must name exactly that shape."""

from __future__ import annotations

from typing import Any

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from bowiegraph import vocab
from bowiegraph.locations import shipped

SHAPE = vocab.BASE + "shape/"
PREFIXES = "".join(f"@prefix {p}: <{space}> .\n" for p, space in vocab.PREFIXES.items())
#: well-formed things for the examples to lean on
WORLD = """
:song a schema:MusicComposition . :bowie a schema:Person . :band a schema:MusicGroup . :film a schema:Movie .
:album a schema:MusicAlbum . :place a schema:Place . :theme a bg:Theme . :role a bg:Role . :kind a bg:EpisodeKind .
:extent a bg:Extent ; bg:atLeastMetres 1.0 ; bg:atMostMetres 2.0 .
:take a schema:MusicRecording ; schema:recordingOf :song ; schema:byArtist :bowie .
:hero a bg:Character . source:w a bg:Source ; rdfs:label "s"@en .
source:wp a oa:TextPositionSelector ; oa:start 0 ; oa:end 9 .
"""
BROKEN = {
    "Claim-stance": "claim:a a bg:Claim ; rdfs:label 'x'@en ; bg:verdict bg:unchecked ; prov:wasDerivedFrom source:s .",
    "Claim-verdict": "claim:a a bg:Claim ; rdfs:label 'x'@en ; bg:stance bg:asserted ; prov:wasDerivedFrom source:s .",
    "Claim-label": "claim:a a bg:Claim ; bg:stance bg:asserted ; bg:verdict bg:unchecked ; prov:wasDerivedFrom source:s .",
    "Source-label": "source:s a bg:Source .",
    "Source-url": "source:s a bg:Source ; rdfs:label 'x'@en ; schema:url 'https://example.org/' .",
    "Position-start": "source:p a oa:TextPositionSelector ; oa:start 9 ; oa:end 3 .",
    "Recording-composition": ":x a schema:MusicRecording ; schema:byArtist :bowie ; schema:recordingOf :take .",
    "Recording-artist": ":x a schema:MusicRecording ; schema:recordingOf :song .",
    "Recording-album": ":x a schema:MusicRecording ; schema:byArtist :bowie ; schema:inAlbum :film .",
    "Cover-composition": ":x a bg:Cover ; schema:byArtist :band .",
    "Cover-artist": ":x a bg:Cover ; schema:recordingOf :song .",
    "LiveSnippet-host": ":x a bg:LiveSnippet ; bg:snippetOf :song ; schema:byArtist :band .",
    "Reference-agent": ":x a bg:Reference ; bg:refersTo :song .",
    "Contribution-contributor": ":x a bg:Contribution ; bg:contributionTo :album ; bg:role :role .",
    "Contribution-role": ":x a bg:Contribution ; bg:contributor :bowie ; bg:contributionTo :album .",
    "Technique-recording": ":x a bg:RecordingTechnique .",
    "Production-place": ":x a bg:Production ; bg:productionOf :album .",
    "Release-date": ":x a bg:ReleaseEvent .",
    "MusicUse-music": ":x a bg:MusicUse ; bg:usedIn :film .",
    "MusicUse-host": ":x a bg:MusicUse ; bg:workUsed :song .",
    "MusicUse-work": ":x a bg:MusicUse ; bg:workUsed :take ; bg:usedIn :film .",
    "RecordingUse-recording": ":x a bg:RecordingUse ; bg:workUsed :song ; bg:usedIn :film .",
    "Echo-work": ":x a bg:Echo .",
    "Portrayal-character": ":x a bg:Portrayal ; bg:actor :bowie ; bg:portrayedIn :film .",
    "StreamCount-count": ":x a bg:StreamCount ; bg:streamed :take ; bg:streamCount -1 .",
    "Encounter-participant": ":x a bg:Encounter ; schema:location :place .",
    "Relationship-partner": ":x a bg:Relationship .",
    "LifeEpisode-kind": ":x a bg:LifeEpisode ; bg:person :bowie .",
    "Distance-extent": ":x a bg:Distance ; bg:from :place ; bg:to :place .",
    "Extent-bounds": ":x a bg:Extent ; bg:atLeastMetres 3.0 ; bg:atMostMetres 2.0 .",
    "ChartEntry-where": ":x a bg:ChartEntry ; bg:charted :song .",
    "ChartEntry-peak": ":x a bg:ChartEntry ; bg:charted :song ; bg:market :place ; bg:peakPosition 0 .",
    "Anniversary-date": ":x a bg:Anniversary ; bg:ordinal 1 ; bg:commemorates :film .",
    "Interpretation-meaning": ":x a bg:Interpretation ; bg:interprets :song .",
    "Interpretation-theme": ":x a bg:Interpretation ; bg:interprets :song ; bg:theme :film .",
    "Reception-work": ":x a bg:Reception .",
    "Date-datePublished": ":film schema:datePublished 'a long time ago' .",
    "NegativeAssertion-property": ":x a owl:NegativePropertyAssertion ; owl:sourceIndividual :bowie .",
    "Claim-source": "claim:a a bg:Claim ; rdfs:label 'x'@en ; bg:stance bg:asserted ; bg:verdict bg:unchecked .",
    "Claim-sentence": "claim:a a bg:Claim ; rdfs:label 'x'@en ; bg:stance bg:asserted ; bg:verdict bg:unchecked ; prov:wasDerivedFrom source:s ; prov:wasQuotedFrom :film .",
    "Claim-rule": "claim:a a bg:Claim ; rdfs:label 'x'@en ; bg:stance bg:asserted ; bg:verdict bg:unchecked ; prov:wasDerivedFrom source:s ; bg:rule :film .",
    "Claim-premise": "claim:a a bg:Claim ; rdfs:label 'x'@en ; bg:stance bg:asserted ; bg:verdict bg:unchecked ; prov:wasDerivedFrom source:s ; bg:premise :film .",
    "Claim-evidence": "claim:a a bg:Claim ; rdfs:label 'x'@en ; bg:stance bg:asserted ; bg:verdict bg:unchecked ; prov:wasDerivedFrom source:s ; bg:supports :film .",
    "Sentence-source": "source:t a bg:Sentence ; bg:paragraphNumber 1 ; bg:sentenceNumber 1 ; bg:sha256 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'^^xsd:hexBinary ; oa:hasSelector source:wp .",
    "Sentence-paragraph": "source:t a bg:Sentence ; oa:hasSource source:w ; bg:paragraphNumber -1 ; bg:sentenceNumber 1 ; bg:sha256 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'^^xsd:hexBinary ; oa:hasSelector source:wp .",
    "Sentence-number": "source:t a bg:Sentence ; oa:hasSource source:w ; bg:paragraphNumber 1 ; bg:sentenceNumber 0 ; bg:sha256 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'^^xsd:hexBinary ; oa:hasSelector source:wp .",
    "Sentence-digest": "source:t a bg:Sentence ; oa:hasSource source:w ; bg:paragraphNumber 1 ; bg:sentenceNumber 1 ; bg:sha256 'abc' ; oa:hasSelector source:wp .",
    "Sentence-selector": "source:t a bg:Sentence ; oa:hasSource source:w ; bg:paragraphNumber 1 ; bg:sentenceNumber 1 ; bg:sha256 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'^^xsd:hexBinary ; oa:hasSelector :film .",
    "Position-end": "source:q a oa:TextPositionSelector ; oa:start 0 .",
    "Cover-register": ":x a bg:Cover ; schema:byArtist :band ; schema:recordingOf :song ; bg:register :film .",
    "LiveSnippet-song": ":x a bg:LiveSnippet ; schema:byArtist :band ; bg:insertedIn :song .",
    "LiveSnippet-artist": ":x a bg:LiveSnippet ; bg:snippetOf :song ; bg:insertedIn :song .",
    "Reference-song": ":x a bg:Reference ; bg:referringAgent :band .",
    "Contribution-work": ":x a bg:Contribution ; bg:contributor :bowie ; bg:role :role .",
    "Technique-equipment": ":x a bg:RecordingTechnique ; bg:usedOn :take ; bg:equipment :film .",
    "Technique-inventor": ":x a bg:RecordingTechnique ; bg:usedOn :take ; bg:devisedBy :film .",
    "Production-album": ":x a bg:Production ; schema:location :place .",
    "MusicUse-recording": ":x a bg:MusicUse ; bg:workUsed :song ; bg:usedIn :film ; bg:recordingUsed :film .",
    "MusicUse-placement": ":x a bg:MusicUse ; bg:workUsed :song ; bg:usedIn :film ; bg:placement :film .",
    "MusicUse-person": ":x a bg:MusicUse ; bg:workUsed :song ; bg:usedIn :film ; bg:suggestedBy :film .",
    "Portrayal-actor": ":x a bg:Portrayal ; bg:character :hero ; bg:portrayedIn :film .",
    "Portrayal-work": ":x a bg:Portrayal ; bg:actor :bowie ; bg:character :hero .",
    "StreamCount-recording": ":x a bg:StreamCount ; bg:streamCount 1 .",
    "Encounter-witness": ":x a bg:Encounter ; bg:participant :bowie ; schema:location :place ; bg:witness :film .",
    "Encounter-place": ":x a bg:Encounter ; bg:participant :bowie .",
    "LifeEpisode-person": ":x a bg:LifeEpisode ; bg:episodeKind :kind .",
    "Distance-from": ":x a bg:Distance ; bg:to :place ; bg:extent :extent .",
    "Distance-to": ":x a bg:Distance ; bg:from :place ; bg:extent :extent .",
    "Extent-upper": ":x a bg:Extent ; bg:atLeastMetres 3.0 .",
    "ChartEntry-record": ":x a bg:ChartEntry ; bg:market :place .",
    "Anniversary-ordinal": ":x a bg:Anniversary ; schema:startDate '2026-01-08'^^xsd:date ; bg:commemorates :film ; bg:ordinal 0 .",
    "Anniversary-event": ":x a bg:Anniversary ; schema:startDate '2026-01-08'^^xsd:date ; bg:ordinal 1 .",
    "Interpretation-object": ":x a bg:Interpretation ; bg:theme :theme .",
    "Date-startDate": ":film schema:startDate 'then' .",
    "Date-dateCreated": ":film schema:dateCreated 'then' .",
    "Date-birthDate": ":bowie schema:birthDate 'then' .",
    "Date-deathDate": ":bowie schema:deathDate 'then' .",
    "NegativeAssertion-subject": ":x a owl:NegativePropertyAssertion ; owl:assertionProperty bg:during .",
}


def violated(turtle: str) -> set[str]:
    """Validate a little data, and name the shapes that it breaks."""
    folder = shipped("ontology")
    data = rdflib.Graph().parse(data=PREFIXES + WORLD + turtle, format="turtle")
    data.parse(folder / "bowiegraph.ttl")  # as in the data set: stances and verdicts are individuals of the ontology
    result: tuple[Any, Any, Any] = pyshacl.validate(data, shacl_graph=str(folder / "shapes.ttl"))
    return {str(shape).removeprefix(SHAPE) for shape in result[1].objects(None, SH.sourceShape)}


def test_the_world_of_the_examples_is_well_formed() -> None:
    """Else every example would prove nothing."""
    assert violated("") == set()


@pytest.mark.parametrize("shape", sorted(BROKEN))
def test_broken_data_names_its_shape(shape: str) -> None:
    """The least broken data trips this shape and no other."""
    assert violated(BROKEN[shape]) == {shape}


def test_every_shape_is_broken_by_an_example() -> None:
    """One that none breaks could be gone, and nobody would know."""
    shapes = rdflib.Graph().parse(shipped("ontology") / "shapes.ttl")
    checking = set(shapes.subjects(RDF.type, SH.PropertyShape)) | set(shapes.subjects(SH["or"]))
    named = {str(s).removeprefix(SHAPE) for s in checking if isinstance(s, rdflib.URIRef)}
    assert named == set(BROKEN)


@pytest.mark.parametrize(
    "told",
    [
        ":x a bg:Portrayal ; bg:actor :bowie, :ada ; bg:character :hero ; bg:portrayedIn :film .",
        ":x a bg:LifeEpisode ; bg:person :bowie, :ada ; bg:episodeKind :kind .",
        ":x a bg:Contribution ; bg:contributor :bowie, :ada ; bg:contributionTo :album ; bg:role :role .",
        ":x a bg:Cover ; schema:byArtist :band ; schema:recordingOf :song, :another .",
    ],
)
def test_what_sources_may_disagree_on_breaks_nothing(told: str) -> None:
    """Two values are a dispute, which the verdicts tell of; the build has to go through."""
    others = ":ada a schema:Person . :another a schema:MusicComposition . "
    assert violated(others + told) == set()


def test_every_shape_has_a_message() -> None:
    """A violation without words helps nobody."""
    shapes = rdflib.Graph().parse(shipped("ontology") / "shapes.ttl")
    checking = set(shapes.subjects(RDF.type, SH.PropertyShape)) | set(shapes.subjects(SH["or"]))
    named = {s for s in checking if isinstance(s, rdflib.URIRef)}
    assert len(named) > 60
    assert not [s for s in named if not list(shapes.objects(s, SH.message))]
