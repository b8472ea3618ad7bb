"""From the facts to the data set: a pure function, whose result is the data set's canonical form.

Without blank nodes, the canonical form of a data set under RDFC-1.0 (https://www.w3.org/TR/rdf-canon/) is its
statements as canonical N-Quads, each once, in code point order. So no canonicalisation need run, and the
hash of the bytes is the hash of the data set.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.building.report import Report, count_claims, count_entities, cover
from bowiegraph.building.stored import written
from bowiegraph.verdicts.cases import cases_of
from bowiegraph.verdicts.judging import DISPUTED, REFUTED, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bowiegraph.facts.ontology import Ontology
    from bowiegraph.facts.parsing import Term, Triple
    from bowiegraph.facts.reading import Claim, Description, Facts
    from bowiegraph.verdicts.judging import Judgement

_QUOTE: Final = ox.NamedNode(vocab.OA + "TextQuoteSelector")
_ACCEPTED: Final = frozenset({vocab.STANCES[0], vocab.STANCES[-1]})
_LINES_A_CHUNK: Final = 10_000


class Derived(NamedTuple):
    """A data set, and what it holds."""

    #: canonical N-Quads statements, each with its line feed, sorted by code point
    lines: list[str]
    report: Report

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes of the file, some thousand lines at a time."""
        return _chunks(self.lines)


def derive(facts: Facts, ontology: Ontology, *, quotes: Mapping[str, str] | None = None) -> Derived:
    """Derive the data set: the same facts give the same lines.

    Args:
        facts: which passed their checks.
        ontology: becomes part of the default graph.
        quotes: IRI of a sentence → its words, for those whose text is at hand.
    """
    judgement = judge(cases_of(facts), single_valued=ontology.single_valued, invertible=ontology.invertible)
    lines = {f"{line} .\n" for line in _default_graph(facts, ontology, judgement, quotes or {})}
    lines.update(
        f"{s} {p} {written(o)} {claim.iri} .\n" for claim in facts.claims.values() for s, p, o in claim.triples
    )
    ordered = sorted(lines)
    digest = sha256()
    for chunk in _chunks(ordered):
        digest.update(chunk)
    report = Report(
        entities=count_entities(facts, ontology, _accepted(facts, judgement)),
        claims=count_claims(facts, judgement.verdicts),
        coverage=cover(facts),
        quads=len(ordered),
        sha256=digest.hexdigest(),
    )
    return Derived(ordered, report)


def _chunks(lines: list[str]) -> Iterator[bytes]:
    for start in range(0, len(lines), _LINES_A_CHUNK):
        yield "".join(lines[start : start + _LINES_A_CHUNK]).encode()


def _default_graph(facts: Facts, ontology: Ontology, judgement: Judgement, quotes: Mapping[str, str]) -> Iterator[str]:
    """Say what holds: accepted triples, all descriptions, and what is worked out from them."""
    described = (found.triples for found in facts.descriptions())
    claimed = (claim.description for claim in facts.claims.values())
    said = chain(ontology.triples, *described, *claimed, _accepted(facts, judgement))
    worked_out = chain(_standing(facts, judgement), _addresses(facts), _quotes(quotes))
    return (f"{s} {p} {written(o)}" for s, p, o in chain(said, worked_out))


def _accepted(facts: Facts, judgement: Judgement) -> Iterator[Triple]:
    """Give the triples that hold: said without reserve, and neither disputed nor refuted, nor what they follow from."""
    waiting = {
        iri: {premise for premise in claim.values(vocab.PREMISE) if isinstance(premise, ox.NamedNode)}
        for iri, claim in facts.claims.items()
        if judgement.verdicts[iri] not in {DISPUTED, REFUTED} and _said_outright(claim)
    }
    accepted: set[ox.NamedNode] = set()
    while ready := [iri for iri, premises in waiting.items() if premises <= accepted]:
        accepted.update(ready)
        for iri in ready:
            del waiting[iri]
    for iri in facts.claims:
        if iri in accepted:
            yield from facts.claims[iri].triples


def _said_outright(claim: Claim) -> bool:
    return claim.value(vocab.STANCE) in _ACCEPTED


def _standing(facts: Facts, judgement: Judgement) -> Iterator[Triple]:
    """Say of each claim what it is, where it comes from, and how it stands."""
    for iri, claim in facts.claims.items():
        yield iri, vocab.TYPE, vocab.CLAIM_CLASS
        yield iri, vocab.DERIVED_FROM, ox.NamedNode(vocab.SOURCE + claim.source)
        yield iri, vocab.VERDICT, judgement.verdicts[iri]
    sides = ((vocab.SUPPORTS, judgement.supports), (vocab.CONTRADICTS, judgement.contradicts))
    for predicate, pairs in sides:
        for iri, evidence in pairs.items():
            yield from ((other, predicate, iri) for other in evidence)


def _addresses(facts: Facts) -> Iterator[Triple]:
    """Give each sentence the address that opens the live document at that very sentence.

    See https://wicg.github.io/scroll-to-text-fragment/: the directive follows the ``#`` of the document.
    """
    for sentence in facts.sentences.values():
        for source in sentence.values(vocab.HAS_SOURCE):
            address, fragment = _first(facts.sources, source, vocab.URL), _fragment(facts, sentence)
            if address and fragment:
                mark = "" if "#" in address else "#"
                yield sentence.iri, vocab.URL, ox.NamedNode(f"{address}{mark}{fragment}")


def _fragment(facts: Facts, sentence: Description) -> str:
    selectors = sentence.values(vocab.HAS_SELECTOR)
    found = (_first(facts.parts, selector, vocab.VALUE) for selector in selectors)
    return next((fragment for fragment in found if fragment.startswith(":~:")), "")


def _first(group: Mapping[ox.NamedNode, Description], thing: Term, predicate: ox.NamedNode) -> str:
    values = group[thing].values(predicate) if isinstance(thing, ox.NamedNode) and thing in group else []
    return min((value.value for value in values), default="")


def _quotes(quotes: Mapping[str, str]) -> Iterator[Triple]:
    """Say the words of the sentences, as https://www.w3.org/TR/annotation-model/#text-quote-selector."""
    for sentence, words in quotes.items():
        selector = ox.NamedNode(f"{sentence}-quote")
        yield ox.NamedNode(sentence), vocab.HAS_SELECTOR, selector
        yield selector, vocab.TYPE, _QUOTE
        yield selector, vocab.EXACT, ox.Literal(words)


def claims_together(facts: Facts, derived: Derived) -> set[str]:
    """Give, as N-Triples, the default graph and what all claims say, accepted or not: what shapes look at."""
    named = {f"{s} {p} {written(o)} {claim.iri} .\n" for claim in facts.claims.values() for s, p, o in claim.triples}
    said = (f"{s} {p} {written(o)} .\n" for claim in facts.claims.values() for s, p, o in claim.triples)
    return {line for line in derived.lines if line not in named}.union(said)
