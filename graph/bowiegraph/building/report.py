"""What a build holds, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from bowiegraph import vocab

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bowiegraph.facts.ontology import Ontology
    from bowiegraph.facts.parsing import Term, Triple
    from bowiegraph.facts.reading import Facts

NO_TYPE = "no accepted type"


@dataclass(frozen=True)
class Coverage:
    """What became of the sentences of one source."""

    source: str
    sentences: int
    #: quoted by at least one claim
    quoted: int
    #: marked as carrying none
    silent: int
    #: locators of the others, such as p4s2, in the order of the text
    uncovered: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What a data set holds."""

    #: label of a class → number of entities; the largest first. An entity of two classes counts in both
    entities: Mapping[str, int]
    #: (stance, verdict) → number of claims, such as ("asserted", "supported")
    claims: Mapping[tuple[str, str], int]
    #: sources that have sentences, by name
    coverage: tuple[Coverage, ...]
    quads: int
    #: of the file, and so of the data set's canonical form (RDFC-1.0)
    sha256: str


def count_entities(facts: Facts, ontology: Ontology, accepted: Iterable[Triple]) -> dict[str, int]:
    """Count the entities of each class, by what holds in the default graph."""
    described = (triple for entity in facts.entities.values() for triple in entity.triples)
    pairs = {(s, o) for s, p, o in (*described, *accepted) if p == vocab.TYPE and s in facts.entities}
    kinds = Counter(_name(kind, ontology) for _, kind in pairs)
    typeless = len(facts.entities) - len({entity for entity, _ in pairs})
    kinds.update({NO_TYPE: typeless} if typeless else {})
    return dict(sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])))


def _name(kind: object, ontology: Ontology) -> str:
    if isinstance(kind, ox.NamedNode):
        return ontology.labels.get(kind, vocab.compact(kind.value))
    return str(kind)


def count_claims(facts: Facts, verdicts: Mapping[ox.NamedNode, ox.NamedNode]) -> dict[tuple[str, str], int]:
    """Count the claims by stance and verdict."""
    counts = Counter((claim.value(vocab.STANCE), verdicts[iri]) for iri, claim in facts.claims.items())
    local = {(_local(stance), _local(verdict)): count for (stance, verdict), count in counts.items() if stance}
    return dict(sorted(local.items()))


def _local(term: ox.NamedNode) -> str:
    return term.value.removeprefix(vocab.BG)


def cover(facts: Facts) -> tuple[Coverage, ...]:
    """Tell, source by source, which sentences no claim is quoted from."""
    quoted = {value for claim in facts.claims.values() for value in claim.values(vocab.QUOTED_FROM)}
    sources: dict[str, list[ox.NamedNode]] = {}
    for iri in facts.sentences:
        name, _, _ = iri.value.removeprefix(vocab.SOURCE).partition("#")
        sources.setdefault(name, []).append(iri)
    return tuple(_coverage(name, facts, sources[name], quoted) for name in sorted(sources))


def _coverage(name: str, facts: Facts, sentences: list[ox.NamedNode], quoted: set[Term]) -> Coverage:
    with_claims = {iri for iri in sentences if iri in quoted}
    silent = {iri for iri in sentences if facts.sentences[iri].values(vocab.CARRIES_NO_CLAIM)}
    rest = sorted(set(sentences) - with_claims - silent, key=lambda iri: _place(facts, iri))
    locators = tuple(iri.value.partition("#")[2] for iri in rest)
    return Coverage(name, len(sentences), len(with_claims), len(silent), locators)


def _place(facts: Facts, sentence: ox.NamedNode) -> tuple[int, ...]:
    """Give a sentence's paragraph and number, by which sentences are in the order of the text."""
    found = facts.sentences[sentence]
    values = (found.values(term) for term in (vocab.PARAGRAPH_NUMBER, vocab.SENTENCE_NUMBER))
    return tuple(int(value[0].value) if value else 0 for value in values)
