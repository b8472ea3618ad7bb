"""What the data must look like: SHACL (https://www.w3.org/TR/shacl/), evaluated by pySHACL."""

from __future__ import annotations

from itertools import chain
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
    #: the property whose values the shape is about
    object_of: Term | None = None


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
    report, rules = _validate(statements, shapes)
    told = (told for result in _results(report, rules) for told in _told(facts, result))
    return locate(facts, (_finding(facts, result) for result in told))


def _validate(statements: Iterable[str], shapes: Path) -> tuple[Any, Any]:
    """Run pySHACL, which follows rdfs:subClassOf for classes and infers nothing: its report, and the shapes."""
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
    return report, rules


def _results(report: Any, rules: Any) -> Iterator[_Result]:  # noqa: ANN401 — rdflib's graphs, loaded late
    """Give each result; see https://www.w3.org/TR/shacl/#results-validation-result."""
    from rdflib import RDF, SH  # noqa: PLC0415 — lazy: costs 180 ms

    keys = (SH.focusNode, SH.resultPath, SH.value, SH.sourceShape, SH.resultMessage)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        of = rules.value(report.value(result, SH.sourceShape), SH.targetObjectsOf)
        yield _Result(*map(_term, (*(report.value(result, key) for key in keys), of)))


def _term(node: Any) -> Term | None:  # noqa: ANN401 — one of rdflib's terms, loaded late
    from rdflib import Literal, URIRef  # noqa: PLC0415 — lazy: costs 180 ms

    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None)
    return None


def _told(facts: Facts, result: _Result) -> Iterator[_Result]:
    """Tell of a literal that is wrong by itself which statements have it: it is said of nothing in the report."""
    focus, object_of = result.focus, result.object_of
    if not isinstance(focus, ox.Literal):
        yield result
        return
    said = (claim.triples for claim in facts.claims.values())
    described = (found.triples for found in facts.descriptions())
    triples = [t for t in chain.from_iterable(chain(said, described)) if object_of in {None, t[1]}]
    same = [t for t in triples if t[2] == focus]
    # The data set writes numbers and times by value, so that the facts may have it in other words.
    alike = [t for t in triples if isinstance(t[2], ox.Literal) and t[2].datatype == focus.datatype]
    for subject, predicate, value in dict.fromkeys(same or alike):
        yield result._replace(focus=subject, path=predicate, value=value)
    if not same and not alike:
        yield result


def _finding(facts: Facts, result: _Result) -> Finding:
    """Say what is wrong with what, and point to the place that says so."""
    focus, path, value, shape, message, _ = result
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
