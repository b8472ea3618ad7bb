"""What claims rest on: sentences and premises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.checks.lines import Finding, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bowiegraph.facts.parsing import Term
    from bowiegraph.facts.reading import Claim, Facts

_IMPLIED: Final = vocab.STANCES[-1]


def quoted(facts: Facts) -> Iterator[Finding]:
    """What a source with sentences says is quoted from them; what is implied may have a premise instead."""
    having = {iri.value.partition("#")[0].removeprefix(vocab.SOURCE) for iri in facts.sentences}
    for claim in facts.claims.values():
        sentences = claim.values(vocab.QUOTED_FROM)
        rests = sentences or (_IMPLIED in claim.values(vocab.STANCE) and claim.values(vocab.PREMISE))
        if claim.source in having and claim.description and not rests:
            message = f"the claim {show(claim.iri)} has no evidence"
            mend = f"add prov:wasQuotedFrom with the sentences of {claim.source} that say so"
            yield Finding(claim.file, message, mend, claim.iri)
        yield from _of_its_own_source(claim, sentences)


def _of_its_own_source(claim: Claim, sentences: Iterable[Term]) -> Iterator[Finding]:
    for sentence in sentences:
        if not sentence.value.startswith(f"{vocab.SOURCE}{claim.source}#"):
            message = f"{show(sentence)} is not a sentence of {claim.source}"
            yield Finding(claim.file, message, "a claim is quoted from its own source", sentence, claim.iri)


def silent_sentences(facts: Facts) -> Iterator[Finding]:
    """A sentence that carries no claim has none."""
    silent = {iri: found for iri, found in facts.sentences.items() if found.values(vocab.CARRIES_NO_CLAIM)}
    for claim in facts.claims.values() if silent else ():
        for sentence in claim.values(vocab.QUOTED_FROM):
            if isinstance(sentence, ox.NamedNode) and sentence in silent:
                name = show(sentence)
                message = f"{show(claim.iri)} is quoted from {name}, which is marked as carrying no claim"
                mend = f"take out bg:carriesNoClaim of {name}, or the quotation"
                yield Finding(claim.file, message, mend, sentence, claim.iri)


def premises_are_claims(facts: Facts) -> Iterator[Finding]:
    """Only a claim can be a premise; an unknown one is reported with other unknown names."""
    for claim in facts.claims.values():
        for premise in claim.values(vocab.PREMISE):
            if not premise.value.startswith(vocab.CLAIM):
                message = f"the premise {show(premise)} is not a claim"
                yield Finding(claim.file, message, "name the claim from which it follows", premise, claim.iri)


def no_circles(facts: Facts) -> Iterator[Finding]:
    """Nothing follows from itself."""
    follows = {iri: _premises(claim, facts) for iri, claim in facts.claims.items()}
    circular = _core({iri: premises for iri, premises in follows.items() if premises})
    for iri in sorted(circular, key=lambda name: name.value):
        claim = facts.claims[iri]
        message = f"the claim {show(iri)} follows from itself by way of its premises"
        yield Finding(claim.file, message, "take out one bg:premise of the circle", vocab.PREMISE, iri)


def _premises(claim: Claim, facts: Facts) -> list[ox.NamedNode]:
    found = claim.values(vocab.PREMISE)
    return [iri for iri in found if isinstance(iri, ox.NamedNode) and iri in facts.claims]


def _core(follows: Mapping[ox.NamedNode, Iterable[ox.NamedNode]]) -> set[ox.NamedNode]:
    """Peel off what nothing follows from and what follows from nothing; the circles are left (Kahn's way)."""
    backwards: dict[ox.NamedNode, list[ox.NamedNode]] = {}
    for claim, premises in follows.items():
        for premise in premises:
            backwards.setdefault(premise, []).append(claim)
    return _peeled(backwards) & _peeled(follows)


def _peeled(edges: Mapping[ox.NamedNode, Iterable[ox.NamedNode]]) -> set[ox.NamedNode]:
    """Take away, as long as there is one, each node that no edge leads to."""
    degree: dict[ox.NamedNode, int] = {}
    for node, targets in edges.items():
        degree.setdefault(node, 0)
        for target in targets:
            degree[target] = degree.get(target, 0) + 1
    free = [node for node, count in degree.items() if not count]
    while free:
        node = free.pop()
        del degree[node]
        for target in edges.get(node, ()):
            degree[target] -= 1
            if not degree[target]:
                free.append(target)
    return set(degree)


#: each looks at all claims
CHECKS: Final = (quoted, silent_sentences, premises_are_claims, no_circles)
