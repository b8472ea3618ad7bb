"""The ontology, its alignments and its context are data that people read: complete, and true to the facts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from bowiegraph import vocab
from bowiegraph.locations import shipped

ONTOLOGY = shipped("ontology")
QUADS = list(parse(path=ONTOLOGY / "bowiegraph.ttl", format=RdfFormat.TURTLE))
OWN = sorted({q.subject.value for q in QUADS if q.subject.value.startswith(vocab.BG)})
PROPERTY_KINDS = {vocab.OWL + "ObjectProperty", vocab.OWL + "DatatypeProperty", vocab.OWL + "AnnotationProperty"}
TYPES = {
    (q.subject.value, q.object.value) for q in QUADS if q.predicate == vocab.TYPE and isinstance(q.object, NamedNode)
}
PROPERTIES = sorted({subject for subject, kind in TYPES if kind in PROPERTY_KINDS})
CLASSES = {subject for subject, kind in TYPES if kind == vocab.OWL + "Class"}


def facts() -> list[Quad]:
    """Read all facts, from all files."""
    files = [path for path in sorted(shipped("facts").rglob("*")) if path.suffix in {".trig", ".ttl"}]
    assert len(files) > 10
    return [quad for path in files for quad in parse(path=path, format=RdfFormat.TRIG)]


FACTS = facts()


def values(subject: str, *predicates: str) -> list[str]:
    """List what the ontology gives for some predicates of a term."""
    return [q.object.value for q in QUADS if q.subject.value == subject and q.predicate.value in predicates]


def test_no_blank_node() -> None:
    """The ontology joins the data set, whose sorted bytes are its canonical form only without blank nodes."""
    assert not [q for q in QUADS if BlankNode in {type(q.subject), type(q.object)}]


@pytest.mark.parametrize("term", sorted({subject for subject, _ in TYPES} - {vocab.BASE + "ontology"}))
def test_every_term_is_described(term: str) -> None:
    """Each term has one label, one comment and an example."""
    assert len(values(term, vocab.RDFS + "label")) == 1
    assert len(values(term, vocab.RDFS + "comment")) == 1
    assert values(term, vocab.SKOS + "example")


@pytest.mark.parametrize("term", OWN)
def test_own_terms_say_where_they_are_defined(term: str) -> None:
    """A reader who meets one of our terms elsewhere finds its ontology."""
    assert values(term, vocab.RDFS + "isDefinedBy") == [vocab.BASE + "ontology"]


@pytest.mark.parametrize("term", PROPERTIES)
def test_every_property_has_domain_and_range(term: str) -> None:
    """Both are said, and those of our own are declared classes or datatypes."""
    for side in ("domain", "range"):
        named = values(term, vocab.RDFS + side, f"{vocab.SCHEMA}{side}Includes")
        assert named
        unknown = [c for c in named if c.startswith(vocab.BG) and c not in CLASSES]
        assert not unknown


def test_no_label_twice_among_terms_of_one_kind() -> None:
    """Two classes, or two properties, of one name would be told apart by nobody."""
    for kind in (sorted(CLASSES), PROPERTIES):
        labels = [label for term in kind for label in values(term, vocab.RDFS + "label")]
        assert sorted(labels) == sorted(set(labels))


def test_examples_name_entities_that_exist() -> None:
    """An example that points at nothing teaches nothing."""
    known = {q.subject.value for q in FACTS if isinstance(q.subject, NamedNode)}
    examples = {q.object.value for q in QUADS if q.predicate.value == vocab.SKOS + "example"}
    named = {name for text in examples for name in re.findall(r"(?<![\w:~]):([a-z0-9-]+)", text)}
    assert len(named) > 30
    assert {name for name in named if vocab.ENTITY + name not in known} == set()


def test_examples_name_claims_that_exist() -> None:
    """The same for the claims that examples point at."""
    known = {q.graph_name.value for q in FACTS if isinstance(q.graph_name, NamedNode)}
    examples = {q.object.value for q in QUADS if q.predicate.value == vocab.SKOS + "example"}
    named = {name for text in examples for name in re.findall(r"claim:([a-z0-9/-]+)", text)}
    assert named
    assert {name for name in named if vocab.CLAIM + name not in known} == set()


def test_own_terms_are_in_use() -> None:
    """A class or property that no fact, rule or shape uses is to be deleted."""
    used = {t.value for q in FACTS for t in (q.predicate, q.object) if isinstance(t, NamedNode)}
    derived = {vocab.CLAIM_CLASS, vocab.VERDICT, vocab.SUPPORTS, vocab.CONTRADICTS, vocab.QUALIFIES}
    derived |= {vocab.INVERTIBLE, vocab.SINGLE_VALUED}  # said of terms
    kinds = {kind for _, kind in TYPES}
    unused = set(OWN) - used - {term.value for term in derived} - kinds - {v.value for v in vocab.VERDICTS}
    superclasses = {q.object.value for q in QUADS if q.predicate.value == vocab.RDFS + "subClassOf"}
    assert unused - superclasses == set()


def test_stances_and_verdicts_of_the_code_are_those_of_the_ontology() -> None:
    """The program's lists and the ontology say the same."""
    for terms, kind in ((vocab.STANCES, "Stance"), (vocab.VERDICTS, "Verdict")):
        assert {t.value for t in terms} == {s for s, k in TYPES if k == vocab.BG + kind}


def test_alignments_begin_or_end_at_declared_terms() -> None:
    """An alignment links a term of ours, or one of schema.org in use here, with one elsewhere."""
    declared = {subject for subject, _ in TYPES}
    alignments = list(parse(path=ONTOLOGY / "alignments.ttl", format=RdfFormat.TURTLE))
    assert len(alignments) > 20
    stray = [
        q for q in alignments if q.subject.value not in declared and getattr(q.object, "value", "") not in declared
    ]
    assert not stray
    assert {q.predicate.value.removesuffix("Match") for q in alignments} <= {
        vocab.SKOS + kind for kind in ("close", "related", "narrow", "broad", "exact")
    }


def test_context_covers_the_prefixes_and_only_declared_terms() -> None:
    """The JSON-LD context reads as the prefixes of the code do, and maps names to declared terms."""
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    for prefix, space in vocab.PREFIXES.items():
        assert context[prefix or "entity"] == space
    declared = {subject for subject, _ in TYPES}
    terms = [entry["@id"] for entry in context.values() if isinstance(entry, dict)]
    assert len(terms) > 20
    expanded = {vocab.expand(term) for term in terms}
    assert expanded - declared - {vocab.RDFS + "label", vocab.RDFS + "comment"} == set()


def test_alignments_are_kept_apart() -> None:
    """No other music vocabulary enters the ontology itself, so that nothing is inferred by accident."""
    text = Path(ONTOLOGY / "bowiegraph.ttl").read_text(encoding="utf-8")
    assert not re.search(r"purl\.org/ontology/mo|polifonia|doremus|purl\.org/spar/cito", text)


def test_context_reads_a_plain_object() -> None:
    """An object written with the context's short names is the triples that it looks like."""
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))
    thing = {
        **context,
        "id": "kiss-by-the-wall",
        "type": "bg:Encounter",
        "participant": "antonia-maass",
        "label": "Kiss",
    }
    triples = {
        (q.subject, q.predicate, q.object)
        for q in parse(json.dumps(thing), format=RdfFormat.JSON_LD, base_iri=vocab.ENTITY)
    }
    kiss = NamedNode(vocab.ENTITY + "kiss-by-the-wall")
    assert triples == {
        (kiss, vocab.TYPE, NamedNode(vocab.BG + "Encounter")),
        (kiss, NamedNode(vocab.BG + "participant"), NamedNode(vocab.ENTITY + "antonia-maass")),
        (kiss, vocab.LABEL, Literal("Kiss", language="en")),
    }


def superclasses(kind: str) -> set[str]:
    """Give a class and all above it."""
    above = {
        q.object.value for q in QUADS if q.subject.value == kind and q.predicate.value == vocab.RDFS + "subClassOf"
    }
    return {kind, *(higher for parent in above for higher in superclasses(parent))}


def kinds_of(term: NamedNode | Literal, types: dict[str, set[str]]) -> set[str]:
    """Give the classes of a thing, or the datatype of a literal, with all above them."""
    if isinstance(term, Literal):
        return {term.datatype.value}
    if term.value.startswith("http") and term.value not in types:
        return {vocab.SCHEMA + "URL"}
    return {higher for kind in types.get(term.value, set()) for higher in superclasses(kind)}


@pytest.mark.parametrize("side", ["domain", "range"])
def test_the_facts_respect_domains_and_ranges(side: str) -> None:
    """What a property is said of, and what it points at, is of the kinds that the ontology names."""
    types: dict[str, set[str]] = {subject: {kind} for subject, kind in TYPES}
    for quad in FACTS:
        if quad.predicate == vocab.TYPE and isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
            types.setdefault(quad.subject.value, set()).add(quad.object.value)
    for claim in {q.graph_name.value for q in FACTS if isinstance(q.graph_name, NamedNode)}:
        types[claim] = {vocab.BG + "Claim"}
    wrong = set()
    for quad in FACTS:
        allowed = set(values(quad.predicate.value, f"{vocab.RDFS}{side}", f"{vocab.SCHEMA}{side}Includes"))
        allowed -= {vocab.SCHEMA + "Thing", vocab.RDFS + "Resource", vocab.RDFS + "Literal", vocab.RDF + "Property"}
        term = quad.subject if side == "domain" else quad.object
        if allowed and isinstance(term, NamedNode | Literal) and not kinds_of(term, types) & allowed:
            wrong.add(f"{vocab.compact(str(quad.subject)[1:-1])} {vocab.compact(quad.predicate.value)} {quad.object}")
    assert wrong == set()


def test_what_views_fold_is_of_the_ontology() -> None:
    """Each class that folds has both its ends, and every term that views.ttl uses of ours is declared."""
    said = list(parse(path=shipped("ontology") / "views.ttl"))
    declared = {q.subject.value for q in said if q.predicate == vocab.TYPE} | set(CLASSES) | set(PROPERTIES)
    used = {t.value for q in said for t in (q.subject, q.predicate, q.object) if isinstance(t, NamedNode)}
    assert {term for term in used if term.startswith(vocab.BG)} <= declared
    folding = {q.subject.value for q in said if q.predicate.value.startswith(vocab.BG)}
    assert len(folding) > 10
    for end in ("foldsFrom", "foldsTo"):
        assert {q.subject.value for q in said if q.predicate.value == vocab.BG + end} == folding
