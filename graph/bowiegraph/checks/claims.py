"""What each claim needs: a graph, a description, a stance, evidence, a place of its own."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.checks.lines import Finding, show
from bowiegraph.facts.reading import EDITORS, LINKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bowiegraph.facts.ontology import Ontology
    from bowiegraph.facts.parsing import Term
    from bowiegraph.facts.reading import Claim, Facts

#: what the build works out; typed in, it would go stale
_DERIVED: Final = (vocab.VERDICT, vocab.DERIVED_FROM)
_STANCE_NAMES: Final = ", ".join(show(stance) for stance in vocab.STANCES)
_IMPLIED: Final = vocab.STANCES[-1]


def both_halves(claim: Claim) -> Iterator[Finding]:
    """A claim is a graph with a description."""
    if not claim.description:
        mend = f'add: {show(claim.iri)} rdfs:label "…"@en ; bg:stance bg:asserted .'
        yield Finding(claim.file, f"the claim {show(claim.iri)} has no description", mend, claim.iri)
    if not claim.triples:
        mend = f"add the graph that it describes: {show(claim.iri)} {{ … }}, or mend its name"
        yield Finding(claim.file, f"the claim {show(claim.iri)} has no triples", mend, claim.iri)


def one_stance(claim: Claim) -> Iterator[Finding]:
    """A claim is asserted, hedged, figurative, an opinion or implied."""
    found = claim.values(vocab.STANCE)
    if claim.description and not found:
        mend = f"add bg:stance with one of {_STANCE_NAMES}"
        yield Finding(claim.file, f"the claim {show(claim.iri)} has no stance", mend, claim.iri)
    if len(set(found)) > 1:
        stances = ", ".join(map(show, found))
        message = f"the claim {show(claim.iri)} has several stances: {stances}"
        yield Finding(claim.file, message, "keep one", vocab.STANCE, claim.iri)
    for stance in found:
        if stance not in vocab.STANCES:
            message = f"{show(stance)} is not a stance"
            yield Finding(claim.file, message, f"write one of {_STANCE_NAMES}", stance, claim.iri)


def one_label(claim: Claim) -> Iterator[Finding]:
    """A claim says in words what it says, once in each language."""
    labels = claim.values(vocab.LABEL)
    words = [label for label in labels if isinstance(label, ox.Literal)]
    if claim.description and not words:
        mend = 'add rdfs:label "…"@en with the statement in your own words'
        yield Finding(claim.file, f"the claim {show(claim.iri)} has no label", mend, claim.iri)
    if len({label.language for label in words}) < len(set(words)):
        message = f"the claim {show(claim.iri)} is described twice: {' and '.join(map(show, words))}"
        yield Finding(claim.file, message, "give each claim a name of its own", words[-1], claim.iri)


def own_place(claim: Claim) -> Iterator[Finding]:
    """A claim stands in the file of its source, and nowhere else."""
    home = f"{vocab.CLAIM}{claim.source}/"
    for file in (claim.file, *claim.elsewhere):
        if not claim.source or file.stem != claim.source or file.parent.name != "sources":
            place = claim.iri.value.removeprefix(vocab.CLAIM).partition("/")[0]
            message = f"the claim {show(claim.iri)} does not belong in this file"
            yield Finding(file, message, f"move it to sources/{place}.trig", claim.iri)
            return
    if claim.elsewhere:
        message = f"the claim {show(claim.iri)} stands in {claim.file.name} already"
        yield Finding(claim.elsewhere[0], message, "a claim is written in one file only", claim.iri)
    if not claim.iri.value.startswith(home) or claim.iri.value == home:
        message = f"{show(claim.iri)} is not the name of a claim of this source"
        mend = f"the names of its claims begin with <{home}>; see the prefixes of the file"
        yield Finding(claim.file, message, mend, claim.iri)


def nothing_derived(claim: Claim) -> Iterator[Finding]:
    """Type, source and verdict are worked out by the build; links between claims have graphs of their own."""
    for _, predicate, value in claim.description:
        if predicate in _DERIVED or (predicate == vocab.TYPE and value == vocab.CLAIM_CLASS):
            message = f"{show(predicate)} {show(value)} is worked out by the build"
            yield Finding(claim.file, message, "take it out", predicate, claim.iri)
        elif predicate in LINKS:
            message = f"{show(predicate)} stands outside a graph"
            mend = "write it in the graph of a claim in sources/editors.trig, which says who drew the link"
            yield Finding(claim.file, message, mend, predicate, claim.iri)


def only_once(claim: Claim) -> Iterator[Finding]:
    """No statement is written twice."""
    for triples in (claim.triples, claim.description):
        for one, other in pairwise(triples):
            if one == other:
                message = f"{' '.join(map(show, one))} is written twice"
                yield Finding(claim.file, message, "take one out", one[0], claim.iri)


def rules(claim: Claim) -> Iterator[Finding]:
    """An implied claim names its rule, and no other claim has one."""
    implied, rule = _IMPLIED in claim.values(vocab.STANCE), claim.values(vocab.RULE)
    if implied and not rule:
        mend = "add bg:rule with the rule by which it follows, such as bg:partOfWhole"
        yield Finding(claim.file, f"the claim {show(claim.iri)} is implied without a rule", mend, claim.iri)
    if len(rule) > 1:
        yield Finding(claim.file, f"the claim {show(claim.iri)} has several rules", "keep one", vocab.RULE, claim.iri)
    if not implied:
        for predicate in (vocab.RULE, vocab.PREMISE):
            if claim.values(predicate):
                message = f"the claim {show(claim.iri)} has {show(predicate)}, and is not implied"
                mend = "take it out, or make the stance bg:implied"
                yield Finding(claim.file, message, mend, predicate, claim.iri)


#: each looks at one claim by itself
CHECKS: Final = (both_halves, one_stance, one_label, own_place, nothing_derived, only_once, rules)


def one_value(claim: Claim, ontology: Ontology) -> Iterator[Finding]:
    """A single-valued property has one value in one claim: a source does not contradict itself in one breath."""
    seen: dict[tuple[ox.NamedNode, ox.NamedNode], object] = {}
    for subject, predicate, value in claim.triples:
        if predicate in ontology.single_valued and seen.setdefault((subject, predicate), value) != value:
            message = f"{show(subject)} has two values of {show(predicate)}, of which there is only one"
            mend = "keep one; what a source says in two ways is two claims"
            yield Finding(claim.file, message, mend, value, claim.iri)


def negations(claim: Claim, ontology: Ontology) -> Iterator[Finding]:
    """A denial says all that it denies.

    See https://www.w3.org/TR/owl2-syntax/#Negative_Object_Property_Assertions.
    """
    del ontology
    nodes: dict[ox.NamedNode, dict[ox.NamedNode, int]] = {}
    for subject, predicate, value in claim.triples:
        if predicate in _DENIAL or value == vocab.NEGATIVE_ASSERTION:
            counts = nodes.setdefault(subject, {})
            counts[predicate] = counts.get(predicate, 0) + 1
    for node, counts in nodes.items():
        targets = counts.get(vocab.TARGET_INDIVIDUAL, 0) + counts.get(vocab.TARGET_VALUE, 0)
        whole = all(counts.get(term) == 1 for term in (vocab.TYPE, *_DENIAL[:2]))
        if not whole or targets != 1:
            message = f"the denial {show(node)} is not complete"
            mend = (
                "it needs, in one graph, a owl:NegativePropertyAssertion with one owl:sourceIndividual, one "
                "owl:assertionProperty, and one owl:targetIndividual or owl:targetValue"
            )
            yield Finding(claim.file, message, mend, node, claim.iri)


_DENIAL: Final = (
    vocab.SOURCE_INDIVIDUAL,
    vocab.ASSERTION_PROPERTY,
    vocab.TARGET_INDIVIDUAL,
    vocab.TARGET_VALUE,
)


def link_ends(claim: Claim, facts: Facts) -> Iterator[Finding]:
    """Links are the editors', and lead from claim to claim, or from a claim to a source."""
    for subject, predicate, value in claim.triples:
        if predicate not in LINKS:
            if claim.source == EDITORS:
                mend = "write down who says so, as a claim of that source"
                message = f"{show(predicate)} is not a link between claims; the editors claim nothing else"
                yield Finding(claim.file, message, mend, predicate, claim.iri)
            continue
        if claim.source != EDITORS:
            message = f"the link {show(predicate)} stands in a claim of {claim.source}"
            yield Finding(claim.file, message, "move it to sources/editors.trig", predicate, claim.iri)
        ends = (subject,) if predicate == vocab.SOUGHT_IN else (subject, value)
        for end in ends:
            if end in facts.claims and facts.claims[end].source == EDITORS:  # type: ignore[index]  # is a key
                message = f"the link leads to {show(end)}, which is a link"
                yield Finding(claim.file, message, "link the claims of sources", end, claim.iri)
            elif end not in facts.claims and not (isinstance(end, ox.NamedNode) and end.value.startswith(vocab.CLAIM)):
                message = f"{show(end)} is not a claim"
                yield Finding(claim.file, message, "links lead from claim to claim", end, claim.iri)
        if predicate == vocab.SOUGHT_IN and value not in facts.sources:
            message = f"{show(value)} is not a source"
            yield Finding(claim.file, message, "say in which source it was sought", value, claim.iri)
        if subject == value:
            message = f"{show(subject)} is linked to itself"
            yield Finding(claim.file, message, "mend one of the ends", subject, claim.iri)
        yield from _worth_nothing(claim, subject, predicate, value, facts)


def _worth_nothing(
    claim: Claim, subject: ox.NamedNode, predicate: ox.NamedNode, value: Term, facts: Facts
) -> Iterator[Finding]:
    """A link for or against leads from what is said outright to what another voice says; no other would count."""
    one = facts.claims.get(subject)
    other = facts.claims.get(value) if isinstance(value, ox.NamedNode) else None
    if one is None or other is None or one is other or EDITORS in {one.source, other.source}:
        return  # which is told above
    stance = one.value(vocab.STANCE)
    if stance in _RESERVED:
        message = f"{show(subject)} is {show(stance)}, and {show(predicate)} leads from it"
        mend = "link a claim that is asserted or implied: what is said with reserve speaks neither for nor against"
        yield Finding(claim.file, message, mend, subject, claim.iri)
    if (one.value(vocab.ATTRIBUTED_TO) or one.source) == (other.value(vocab.ATTRIBUTED_TO) or other.source):
        message = f"{show(subject)} and {show(value)}, which {show(predicate)} links, are of one voice"
        yield Finding(claim.file, message, "link claims of different voices", subject, claim.iri)


#: all but asserted and implied
_RESERVED: Final = vocab.STANCES[1:-1]
