"""Violations of shapes become problems that name the claim, the line and the shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import small_facts

from bowiegraph.building.builder import build_lines
from bowiegraph.errors import FactsError, FactsSyntaxError, ShapeError

if TYPE_CHECKING:
    from pathlib import Path

    from bowiegraph.errors import Problem

SHAPE = "https://w3id.org/bowiegraph/shape/Song-author"


def violations(tmp_path: Path, triples: str, **changes: str) -> tuple[Problem, ...]:
    """Build with one more claim, and give what the shapes say."""
    text = f'{small_facts.ALMANAC}c:x {{\n    {triples}\n}}\nc:x rdfs:label "x"@en ; bg:stance bg:asserted .\n'
    facts = small_facts.write(tmp_path / "facts", **{"sources/almanac.trig": text, **changes})
    with pytest.raises(FactsError) as caught:
        build_lines([facts], ontology=small_facts.write_ontology(tmp_path / "ontology"))
    return caught.value.problems


def test_violation_names_claim_line_and_shape(tmp_path: Path) -> None:
    """The place is that of the value, in the claim that says it."""
    (problem,) = violations(tmp_path, ":river-song schema:author\n    :river-song .")
    lines = problem.file.read_text(encoding="utf-8").split("\n")
    assert problem.file.name == "almanac.trig"
    assert problem.line is not None
    assert lines[problem.line - 1].strip() == ":river-song schema:author"
    assert problem.message == (
        f":river-song schema:author :river-song (claim claim:almanac/x): A song is by a person. [shape {SHAPE}]"
    )


def test_subclasses_are_of_the_class(tmp_path: Path) -> None:
    """A hymn is a song, by the ontology; a shape for songs is one for hymns."""
    hymn = f'{small_facts.ENTITIES}:psalm rdfs:label "Psalm"@en .\n'
    (problem,) = violations(tmp_path, ":psalm a bg:Hymn ; schema:author :denial .", **{"entities/all.trig": hymn})
    assert problem.message.startswith(":psalm schema:author :denial (claim claim:almanac/x)")


def test_claims_that_are_not_accepted_are_looked_at(tmp_path: Path) -> None:
    """A hedged claim is in no default graph, and must be well formed all the same."""
    text = small_facts.ALMANAC + (
        'c:x { :river-song schema:author :denial . }\nc:x rdfs:label "x" ; bg:stance bg:hedged .\n'
    )
    facts = small_facts.write(tmp_path / "facts", **{"sources/almanac.trig": text})
    ontology = small_facts.write_ontology(tmp_path / "ontology")
    with pytest.raises(FactsError, match="A song is by a person"):
        build_lines([facts], ontology=ontology)
    assert build_lines([facts], ontology=ontology, shapes=False).lines


def test_a_wrong_literal_is_told_of_what_says_it(tmp_path: Path) -> None:
    """A shape for the values of a property has the value for its focus, and no subject: the claims have."""
    shapes = f"""{small_facts.SHAPES}shape:Date a sh:NodeShape ; sh:targetObjectsOf schema:dateCreated ;
        sh:nodeKind sh:Literal ; sh:minLength 4 ; sh:message "A year has four digits."@en ."""
    text = f"""{small_facts.ALMANAC}c:x {{
        :anna a schema:Person ;
            schema:dateCreated "15" . }}
c:x rdfs:label "15"@en ; bg:stance bg:asserted ."""
    facts = small_facts.write(tmp_path / "facts", **{"sources/almanac.trig": text})
    ontology = small_facts.write_ontology(tmp_path / "ontology")
    (ontology / "shapes.ttl").write_text(shapes, encoding="utf-8")
    with pytest.raises(FactsError) as caught:
        build_lines([facts], ontology=ontology)
    (problem,) = caught.value.problems
    assert problem.file.name == "almanac.trig"
    assert problem.line == text.split("\n").index('            schema:dateCreated "15" . }') + 1
    assert problem.message.startswith(':anna schema:dateCreated "15" (claim claim:almanac/x): A year has four digits.')


@pytest.mark.parametrize(
    ("shapes", "error"),
    [
        ("nonsense", FactsSyntaxError),
        (
            small_facts.SHAPES.replace("sh:path schema:author", "sh:path schema:author, schema:url"),
            ShapeError,
        ),
        (small_facts.SHAPES.replace("sh:maxCount 1", 'sh:maxCount "one"'), ShapeError),
        (small_facts.SHAPES.replace("sh:maxCount 1", 'sh:pattern "("'), ShapeError),
    ],
)
def test_broken_shapes(facts_dir: Path, ontology_dir: Path, shapes: str, error: type[Exception]) -> None:
    """Shapes that cannot be read or evaluated are no fault of the facts."""
    (ontology_dir / "shapes.ttl").write_text(shapes, encoding="utf-8")
    with pytest.raises(error, match=r"shapes\.ttl"):
        build_lines([facts_dir], ontology=ontology_dir)
