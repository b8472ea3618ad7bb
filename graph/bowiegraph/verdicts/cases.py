"""Claims as the verdicts see them, and an index by what they say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.facts.reading import LINKS
from bowiegraph.verdicts.values import Value, coarser, value_of

if TYPE_CHECKING:
    from bowiegraph.facts.parsing import Term, Triple
    from bowiegraph.facts.reading import Facts

#: claim → the claims that are evidence on it
Pairs: TypeAlias = Mapping[ox.NamedNode, frozenset[ox.NamedNode]]
#: subject, property, value
_Said: TypeAlias = tuple[ox.NamedNode, ox.NamedNode, Value]

_ASSERTED, _HEDGED, *_REST, _IMPLIED = vocab.STANCES


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, as far as its verdict depends on it."""

    iri: ox.NamedNode
    #: the person whom the source quotes, else the source
    voice: ox.NamedNode
    stance: ox.NamedNode
    triples: tuple[Triple, ...]
    rule: ox.NamedNode | None = None
    premises: tuple[ox.NamedNode, ...] = ()
    #: whether the voice is a person's whom the source quotes
    is_testimony: bool = False
    #: the document, if that is not the voice
    document: ox.NamedNode | None = None

    @property
    def source(self) -> ox.NamedNode:
        """The document that makes the claim."""
        return self.document or self.voice

    def confirms(self, other: Case) -> bool:
        """Whether its agreement is worth anything: another voice, and neither is a document that quotes the other."""
        return self.voice not in {other.voice, other.source} and other.voice != self.source

    @property
    def is_evidence(self) -> bool:
        """Whether it counts for or against others: said without reserve, and about the world."""
        return self.stance in {_ASSERTED, _IMPLIED} and not _all_links(self.triples)

    @property
    def can_be_judged(self) -> bool:
        """Whether claims count for or against it by what they say; for others, only the editors can tell."""
        return self.stance in {_ASSERTED, _IMPLIED, _HEDGED} and not _all_links(self.triples)


def _all_links(triples: Iterable[Triple]) -> bool:
    return all(predicate in LINKS for _, predicate, _ in triples)


def draws_links(case: Case) -> bool:
    """Tell whether a claim draws links that are accepted."""
    return case.stance in {_ASSERTED, _IMPLIED} and bool(case.triples) and _all_links(case.triples)


def cases_of(facts: Facts) -> Iterator[Case]:
    """Take from the facts what the verdicts need; the facts must have passed their checks."""
    for claim in facts.claims.values():
        premises, person = claim.values(vocab.PREMISE), claim.value(vocab.ATTRIBUTED_TO)
        source = ox.NamedNode(vocab.SOURCE + claim.source)
        yield Case(
            claim.iri,
            person or source,
            claim.value(vocab.STANCE) or vocab.STANCES[0],
            claim.triples,
            claim.value(vocab.RULE),
            tuple(premise for premise in premises if isinstance(premise, ox.NamedNode)),
            person is not None,
            source,
        )


def add_pair(found: dict[ox.NamedNode, set[ox.NamedNode]], evidence: Case, target: Case) -> None:
    """Count a claim for or against another one, if it is evidence and another voice's."""
    if evidence.is_evidence and evidence.voice != target.voice:
        found.setdefault(target.iri, set()).add(evidence.iri)


def negated(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Give what a claim denies.

    See https://www.w3.org/TR/owl2-mapping-to-rdf/ for how OWL writes a negative property assertion.
    """
    parts: dict[ox.NamedNode, dict[ox.NamedNode, Term]] = {}
    nodes = []
    for subject, predicate, value in triples:
        if predicate in _DENIAL:
            parts.setdefault(subject, {})[_DENIAL[predicate]] = value
        elif predicate == vocab.TYPE and value == vocab.NEGATIVE_ASSERTION:
            nodes.append(subject)
    for found in (parts.get(node, {}) for node in nodes):
        who, what = found.get(vocab.SOURCE_INDIVIDUAL), found.get(vocab.ASSERTION_PROPERTY)
        target = found.get(vocab.TARGET_VALUE)
        if isinstance(who, ox.NamedNode) and isinstance(what, ox.NamedNode) and target is not None:
            yield who, what, target


#: a denial's object and value are one thing to us
_DENIAL: Final = {
    vocab.SOURCE_INDIVIDUAL: vocab.SOURCE_INDIVIDUAL,
    vocab.ASSERTION_PROPERTY: vocab.ASSERTION_PROPERTY,
    vocab.TARGET_INDIVIDUAL: vocab.TARGET_VALUE,
    vocab.TARGET_VALUE: vocab.TARGET_VALUE,
}


@dataclass(frozen=True)
class Index:
    """Claims by what they say, under each precision of a date, and then by voice."""

    said: dict[_Said, dict[ox.NamedNode, list[Case]]] = field(default_factory=dict)
    #: subject and property → value → claims that say just that
    by_subject: dict[tuple[ox.NamedNode, ox.NamedNode], dict[Value, list[Case]]] = field(default_factory=dict)

    @classmethod
    def of(cls, cases: Iterable[Case]) -> Index:
        """Look at each triple once."""
        index = cls()
        for case in cases:
            for subject, predicate, term in case.triples:
                value = value_of(term)
                index.by_subject.setdefault((subject, predicate), {}).setdefault(value, []).append(case)
                for known in coarser(value):
                    voices = index.said.setdefault((subject, predicate, known), {})
                    voices.setdefault(case.voice, []).append(case)
        return index

    def values_of(self, predicates: Collection[ox.NamedNode]) -> Iterator[dict[Value, list[Case]]]:
        """Give the values of each subject that has several of one of these properties."""
        for (_, predicate), groups in self.by_subject.items():
            if len(groups) > 1 and predicate in predicates:
                yield groups

    def say(self, subject: ox.NamedNode, predicate: ox.NamedNode, value: Value) -> list[Case]:
        """Find the claims that say this, or this more exactly."""
        voices = self.said.get((subject, predicate, value), {})
        return [case for cases in voices.values() for case in cases]

    def witnesses(self, case: Case, without: Collection[ox.NamedNode]) -> set[ox.NamedNode]:
        """Find the evidence of others that says all that a claim says; empty if any part is missing.

        A source that quotes somebody does not confirm itself; two people whom it quotes confirm each other.
        """
        found: set[ox.NamedNode] = set()
        said = [(s, p, value_of(o)) for s, p, o in case.triples]
        if not all(len(self.said.get(key, {})) > (case.voice in self.said.get(key, {})) for key in said):
            return found
        for key in said:
            agreeing = {
                other.iri
                for voice, others in self.said[key].items()
                if voice != case.voice
                for other in others
                if other.is_evidence and other.confirms(case) and other.iri not in without
            }
            if not agreeing:
                return set()
            found |= agreeing
        return found
