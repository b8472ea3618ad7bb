"""How claims stand against each other: what supports, contradicts, qualifies what, and the verdict on each.

Pure functions of the claims. The rules, of which each has a table of cases in its tests:

- A claim speaks with a *voice*: the person whom the source quotes, else the source. Only claims that are
  asserted or implied, and are not links, are *evidence*, and only on claims of other voices.
- *Contradiction*: two values of a single-valued property that cannot both be true, or a denial (an OWL negative
  property assertion) of what the other says; or the editors say so.
- *Support*: other voices that do not contradict the claim, taken together, say all that it says, its dates at least
  as exactly; or the editors say so. A source and a person whom it quotes do not support each other.
- What contradicts an implied claim contradicts its premise, if that is one; what supports it supports the
  premise if the rule can be read both ways.
- *Verdict*: refuted, if nobody supports the claim, and two voices contradict it that do not contradict each
  other, nor are a source and whom it quotes; else disputed, if anybody contradicts it; else qualified, supported or
  unchecked. What a refuted claim says no longer counts on the others. A link of the editors can dispute a claim,
  never refute it; nor is what a person is quoted with refuted: testimony does not fall to a majority.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.verdicts.cases import Case, Index, Pairs, add_pair, draws_links, negated
from bowiegraph.verdicts.values import compatible, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

REFUTED, DISPUTED, QUALIFIED, SUPPORTED, UNCHECKED = vocab.VERDICTS
_NOBODY: Final[frozenset[ox.NamedNode]] = frozenset()


@dataclass(frozen=True)
class Judgement:
    """The verdicts, and what they rest on."""

    #: claim → its verdict, for all claims
    verdicts: Mapping[ox.NamedNode, ox.NamedNode]
    #: claim → the evidence for it; refuted evidence is listed, though it does not count
    supports: Pairs
    #: claim → the evidence against it
    contradicts: Pairs
    #: claim → the evidence that narrows it
    qualifies: Pairs


def judge(
    cases: Iterable[Case], *, single_valued: Collection[ox.NamedNode], invertible: Collection[ox.NamedNode]
) -> Judgement:
    """Judge all claims at once.

    Args:
        cases: each claim once, in any order.
        single_valued: the properties that have one value for each subject.
        invertible: the rules that can be read both ways.
    """
    court = _Court({case.iri: case for case in cases}, frozenset(invertible))
    computed = court.contradictions(single_valued)
    drawn = {predicate: court.drawn(predicate) for predicate in _DRAWN}
    contradicts = _union(computed, court.to_premises(drawn[vocab.CONTRADICTS]))
    supports = _union(court.support(contradicts), court.to_premises(drawn[vocab.SUPPORTS], court.reads_back))
    alone = (iri for iri in computed if not supports.get(iri) and not court.cases[iri].is_testimony)
    refuted = frozenset(iri for iri in alone if court.agreed(computed[iri], contradicts))
    standing = supports
    if refuted:
        support = court.support(contradicts, without=refuted)
        standing = _union(support, court.to_premises(drawn[vocab.SUPPORTS], court.reads_back))
    qualifies = drawn[vocab.QUALIFIES]
    sides = ((DISPUTED, contradicts), (QUALIFIED, qualifies), (SUPPORTED, standing))
    verdicts = {iri: REFUTED if iri in refuted else _verdict(iri, sides, refuted) for iri in court.cases}
    return Judgement(verdicts, supports, contradicts, qualifies)


_DRAWN: Final = (vocab.SUPPORTS, vocab.CONTRADICTS, vocab.QUALIFIES)


def _verdict(
    iri: ox.NamedNode, sides: Iterable[tuple[ox.NamedNode, Pairs]], refuted: frozenset[ox.NamedNode]
) -> ox.NamedNode:
    """Find the first verdict that has evidence which is not refuted."""
    found = (verdict for verdict, pairs in sides if pairs.get(iri, _NOBODY) - refuted)
    return next(found, UNCHECKED)


def _union(*groups: Pairs) -> Pairs:
    joined: dict[ox.NamedNode, frozenset[ox.NamedNode]] = {}
    for pairs in groups:
        for iri, evidence in pairs.items():
            joined[iri] = joined.get(iri, _NOBODY) | evidence
    return joined


class _Court:
    """The claims, and what follows from each pair of them."""

    def __init__(self, cases: Mapping[ox.NamedNode, Case], invertible: frozenset[ox.NamedNode]) -> None:
        self.cases = cases
        self._invertible = invertible
        self._targets = [case for case in cases.values() if case.can_be_judged]
        self._index = Index.of(self._targets)

    def contradictions(self, single_valued: Collection[ox.NamedNode]) -> Pairs:
        """Find what the claims themselves say against each other, and against each other's premises."""
        found: dict[ox.NamedNode, set[ox.NamedNode]] = {}
        for groups in self._index.values_of(frozenset(single_valued)):
            for one, other in combinations(groups, 2):
                if not compatible(one, other):
                    _oppose(found, groups[one], groups[other])
        for case in self._targets:
            for subject, predicate, value in negated(case.triples):
                _oppose(found, [case], self._index.say(subject, predicate, value_of(value)))
        return self.to_premises(_frozen(found))

    def support(self, contradicts: Pairs, *, without: frozenset[ox.NamedNode] = _NOBODY) -> Pairs:
        """Find which claims are wholly covered by what other voices say that do not contradict them, and by whom."""
        found: dict[ox.NamedNode, set[ox.NamedNode]] = {}
        for case in self._targets:
            witnesses = self._index.witnesses(case, without | contradicts.get(case.iri, _NOBODY))
            if witnesses:
                found[case.iri] = witnesses
        return self.to_premises(_frozen(found), self.reads_back)

    def drawn(self, predicate: ox.NamedNode) -> Pairs:
        """Read the links that the editors drew, as far as they are from evidence of another voice."""
        found: dict[ox.NamedNode, set[ox.NamedNode]] = {}
        for link in filter(draws_links, self.cases.values()):
            for subject, said, value in link.triples:
                evidence = self.cases.get(subject)
                target = self.cases.get(value) if isinstance(value, ox.NamedNode) else None
                if said == predicate and evidence and target:
                    add_pair(found, evidence, target)
        return _frozen(found)

    def reads_back(self, case: Case) -> bool:
        """Tell whether an implied claim's rule leads back to the premise."""
        return case.rule in self._invertible

    def to_premises(self, pairs: Pairs, which: Callable[[Case], bool] = lambda _: True) -> Pairs:
        """Hand evidence on implied claims down to their premises, and to the premises of those."""
        found = {iri: set(evidence) for iri, evidence in pairs.items()}
        pending = list(found)
        while pending:
            case = self.cases[pending.pop()]
            premise = self.cases.get(case.premises[0]) if len(case.premises) == 1 else None
            if premise and premise.can_be_judged and case.stance == vocab.STANCES[-1] and which(case):
                before = len(found.get(premise.iri, ()))
                for iri in tuple(found[case.iri]):
                    add_pair(found, self.cases[iri], premise)
                if len(found.get(premise.iri, ())) > before:
                    pending.append(premise.iri)
        return _frozen(found)

    def agreed(self, against: Collection[ox.NamedNode], contradicts: Pairs) -> bool:
        """Tell whether two of these claims would confirm each other, and do not contradict each other."""
        for iri in against:
            agreeing = against - contradicts.get(iri, _NOBODY)  # type: ignore[operator]  # frozen sets
            others = (other for other in agreeing if self.cases[other].confirms(self.cases[iri]))
            if any(iri not in contradicts.get(other, _NOBODY) for other in others):
                return True
        return False


def _oppose(found: dict[ox.NamedNode, set[ox.NamedNode]], ones: Iterable[Case], others: Iterable[Case]) -> None:
    """Set each claim of one side against each of the other."""
    others = list(others)
    for one in ones:
        for other in others:
            add_pair(found, one, other)
            add_pair(found, other, one)


def _frozen(found: Mapping[ox.NamedNode, Iterable[ox.NamedNode]]) -> Pairs:
    return {iri: frozenset(evidence) for iri, evidence in found.items()}
