"""What the data must look like: SHACL (https://www.w3.org/TR/shacl/), evaluated by pySHACL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.checks.every import locate
from bowiegraph.checks.lines import Finding, show
from bowiegraph.errors import ShapeError
from bowiegraph.facts.parsing import parse_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bowiegraph.errors import Problem
    from bowiegraph.facts.parsing import Term
    from bowiegraph.facts.reading import Facts


class _Result(NamedTuple):
    """What SHACL says of one violation; None where it says nothing, or the term has no name."""

    focus: Term | None
    path: Term | None
    value: Term | None
    shape: Term | None
    message: Term | None


def check_shapes(statements: Iterable[str], facts: Facts, *, shapes: Path) -> list[Problem]:
    """See whether all claims together, with all descriptions and the ontology, have their shapes.

    Args:
        statements: N-Triples.
        facts: from which they come, for finding the claim and the line of what is wrong.
        shapes: a Turtle file.

    Returns:
        a problem for each violation, with the shape's message and IRI, sorted by file and line.

    Raises:
        ShapeError: the shapes cannot be evaluated.
        FactsSyntaxError, FactsEncodingError, FactsReadError: they cannot be read.
    """
    parse_file(shapes)  # for errors that name line and column as everywhere else
    report = _validate(statements, shapes)
    return locate(facts, (_finding(facts, result) for result in _results(report)))


def _validate(statements: Iterable[str], shapes: Path) -> Any:  # noqa: ANN401 — rdflib's graph, loaded late
    """Run pySHACL; it follows rdfs:subClassOf for classes, and infers nothing."""
    import rdflib  # noqa: PLC0415 — lazy: costs 180 ms
    from pyshacl import validate  # noqa: PLC0415 — lazy: costs 300 ms

    data = rdflib.Graph().parse(data="".join(statements), format="nt")
    try:
        rules = rdflib.Graph().parse(shapes, format="turtle")
        _, report, _ = validate(data, shacl_graph=rules, inference="none", inplace=True)
    except Exception as error:
        raise ShapeError(shapes, str(getattr(error, "message", error))) from error
    if not isinstance(report, rdflib.Graph):
        raise ShapeError(shapes, str(getattr(report, "message", report)))
    return report


def _results(report: Any) -> Iterator[_Result]:  # noqa: ANN401 — rdflib's graph, loaded late
    """Give each result; see https://www.w3.org/TR/shacl/#results-validation-result."""
    from rdflib import RDF, SH  # noqa: PLC0415 — lazy: costs 180 ms

    keys = (SH.focusNode, SH.resultPath, SH.value, SH.sourceShape, SH.resultMessage)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        yield _Result(*(_term(report.value(result, key)) for key in keys))


def _term(node: Any) -> Term | None:  # noqa: ANN401 — one of rdflib's terms, loaded late
    from rdflib import Literal, URIRef  # noqa: PLC0415 — lazy: costs 180 ms

    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None)
    return None


def _finding(facts: Facts, result: _Result) -> Finding:
    """Say what is wrong with what, and point to the place that says so."""
    focus, path, value, shape, message = result
    what = " ".join(show(term) for term in (focus, path, value) if term is not None)
    said = message.value if message is not None else "it has not the shape that it should have"
    named = f" [shape {shape.value}]" if shape is not None else ""
    file, claim = _place(facts, focus, path, value)
    where = f" (claim {show(claim)})" if claim is not None and claim != focus else ""
    mend = "add what is missing, or mend what is there; the shape is in ontology/shapes.ttl"
    return Finding(file, f"{what}{where}: {said}{named}", mend, value if value is not None else focus, claim)


def _place(facts: Facts, focus: Term | None, path: Term | None, value: Term | None) -> tuple[Path, ox.NamedNode | None]:
    """Find the claim, or the description, that says so of the node, else that speaks of the node at all."""
    speaking = [claim for claim in facts.claims.values() if any(focus == s for s, _, _ in claim.triples)]
    saying = [c for c in speaking if any((s, p, o) == (focus, path, value) for s, p, o in c.triples)]
    typing = [c for c in speaking if any((s, p) == (focus, vocab.TYPE) for s, p, _ in c.triples)]
    for claim in (*saying, *typing, *speaking):
        return claim.file, claim.iri
    if isinstance(focus, ox.NamedNode):
        if focus in facts.claims:
            return facts.claims[focus].file, focus
        groups = (facts.entities, facts.sources, facts.sentences, facts.parts)
        for found in (group[focus] for group in groups if focus in group):
            return found.files[-1], None
    return next(iter(facts.files)), None
