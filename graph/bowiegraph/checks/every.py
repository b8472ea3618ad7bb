"""Whether the facts hold together: all problems at once, each with its line and its mend.

The checks are small functions in ``claims``, ``evidence``, ``names``, ``literals`` and ``outside``;
what shapes say is looked at in ``shapes``.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from bowiegraph.checks import claims, evidence, literals, names, outside
from bowiegraph.checks.lines import Finding, Locator, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from bowiegraph.errors import Problem
    from bowiegraph.facts.ontology import Ontology
    from bowiegraph.facts.reading import Facts


def check_facts(facts: Facts, ontology: Ontology) -> list[Problem]:
    """Run every check.

    Returns:
        the problems, sorted by file and line; none if the facts can be built.
    """
    return locate(facts, _findings(facts, ontology))


def locate(facts: Facts, findings: Iterable[Finding]) -> list[Problem]:
    """Give findings their lines, and sort them."""
    locator = Locator(facts.files)
    problems = dict.fromkeys(map(locator.problem, findings))
    return sorted(problems, key=lambda problem: (problem.file, problem.line or 0, problem.message))


def _findings(facts: Facts, ontology: Ontology) -> Iterator[Finding]:
    yield from _unnamed(facts)
    yield from _written_in_two_pieces(facts)
    for claim in facts.claims.values():
        yield from chain.from_iterable(check(claim) for check in claims.CHECKS)
        yield from claims.one_value(claim, ontology)
        yield from claims.negations(claim, ontology)
        yield from claims.link_ends(claim, facts)
    for check in (*evidence.CHECKS, *names.CHECKS, literals.wrong_literals, outside.stated_outside):
        yield from check(facts)
    yield from names.unknown_names(facts, ontology)


def _unnamed(facts: Facts) -> Iterator[Finding]:
    """Everything has an IRI: a blank node has another name in each reading, so the bytes would differ."""
    for path, parsed in facts.files.items():
        for quad in parsed.unnamed:
            message = f"a blank node, or a triple used as a term, stands beside {show(quad.predicate)}"
            mend = "give the thing an IRI, and declare it as an entity"
            yield Finding(path, message, mend, _spelling(quad))


def _spelling(quad: ox.Quad) -> str:
    named = next((str(term) for term in (quad.subject, quad.object) if str(term).startswith("_:")), "[")
    return "[" if len(named) > len("_:") + 30 else named  # the parser's own names have 32 digits


def _written_in_two_pieces(facts: Facts) -> Iterator[Finding]:
    """A claim is one block: two blocks of one name are most likely two claims."""
    for path, parsed in facts.files.items():
        for graph in parsed.reopened:
            message = f"the claim {show(graph)} is written twice"
            yield Finding(path, message, "give each claim a name of its own, or make them one", graph)
