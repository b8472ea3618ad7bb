"""Statements become edges; and what takes several statements to say, a cover or a contribution, becomes one edge.

Which classes fold, and how, stands in ``ontology/views.ttl``: ``bg:foldsFrom`` and ``bg:foldsTo`` name the properties
that lead to the two ends, ``bg:foldsAs`` the property that names the edge, ``bg:foldLabel`` its name where there is
none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.locations import shipped
from bowiegraph.query import run_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bowiegraph.network.statements import Statement

#: property of ``ontology/views.ttl`` → what it is of a rule
_PARTS: Final = {
    vocab.BG + "foldsFrom": "start",
    vocab.BG + "foldsTo": "end",
    vocab.BG + "foldsAs": "named",
    vocab.BG + "foldLabel": "label",
}
_BELOW: Final = "SELECT ?class ?above WHERE { ?class rdfs:subClassOf* ?above . ?class a owl:Class }"


@dataclass(frozen=True)
class Edge:
    """A line of the view."""

    start: str
    end: str
    #: the property, or the class that was folded
    relation: str
    #: in words, where it has words of its own
    label: str | None
    #: what it says; more than one if it was folded
    statements: tuple[Statement, ...]
    #: the thing that was folded into it
    via: str | None = None
    #: what all edges of its relation are called, where the ontology's label of it does not say
    relation_label: str | None = None


@dataclass
class Rule:
    """How the things of one class fold."""

    iri: str
    start: set[str] = field(default_factory=set)
    end: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    label: str | None = None

    @property
    def properties(self) -> set[str]:
        """All that may be said of a thing that folds."""
        return self.start | self.end | self.named | {vocab.TYPE.value}


def rules(store: ox.Store) -> dict[str, Rule]:
    """Read which classes fold; those below, as far as the data set says, do as well."""
    declared = _declared()
    rows = run_query(store, _BELOW).rows
    below = {row[0]: declared[row[1]] for row in rows if row[1] in declared and row[0] not in declared}
    return declared | below


@cache
def _declared() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for quad in ox.parse(path=shipped("ontology") / "views.ttl"):
        part = _PARTS.get(quad.predicate.value)
        if part is None or isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
            continue
        rule = found.setdefault(quad.subject.value, Rule(quad.subject.value))
        if part == "label":
            rule.label = quad.object.value
        else:
            getattr(rule, part).add(quad.object.value)
    return found


def edges(
    statements: Iterable[Statement],
    types: Mapping[str, Iterable[str]],
    labels: Mapping[str, str],
    foldable: Mapping[str, Rule],
    pointed_at: Iterable[str] = (),
) -> list[Edge]:
    """Draw statements as edges, in order.

    Args:
        statements: what the view shows; those with a literal as object give no edge.
        types: thing → its classes.
        labels: IRI → its name, for edges that are named by a thing.
        foldable: class → how it folds; none, and each statement is an edge.
        pointed_at: things that other statements lead to, which therefore do not fold.
    """
    linking = [s for s in statements if s.links]
    about: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in linking:
        about[statement.subject].append(statement)
    pointed_at = {s.target for s in linking} | set(pointed_at)
    drawn: list[Edge] = []
    for thing, said in about.items():
        rule = _rule(thing, types, foldable)
        if rule is None:
            drawn += map(_plain, said)
        elif thing not in pointed_at and _folds(said, rule):
            drawn += _folded(thing, said, rule, labels)
        else:
            drawn += _unfolded(thing, said, rule, pointed_at)
    return drawn


def _plain(statement: Statement) -> Edge:
    return Edge(statement.subject, statement.target, statement.predicate, None, (statement,))


def _rule(thing: str, types: Mapping[str, Iterable[str]], foldable: Mapping[str, Rule]) -> Rule | None:
    return next((foldable[class_] for class_ in sorted(types.get(thing, ())) if class_ in foldable), None)


def _folds(said: list[Statement], rule: Rule) -> bool:
    """Tell whether a thing can be an edge: both ends are there, and nothing is said that the edge would lose."""
    return {s.predicate for s in said} <= rule.properties and next(_ends(said, rule), None) is not None


def _unfolded(thing: str, said: list[Statement], rule: Rule, pointed_at: set[str]) -> Iterator[Edge]:
    """Draw a thing of a class that folds as a node, because more is said of it than an edge can hold.

    What would have named the edge is no node of its own; and half an edge, which leads to one thing only, is none.
    """
    links = [s for s in said if s.predicate not in rule.named]
    if thing in pointed_at or len({s.target for s in links}) > 1:
        yield from map(_plain, links)


def _ends(said: list[Statement], rule: Rule) -> Iterator[tuple[Statement, Statement]]:
    """Pair the statements that lead to one end with those that lead to the other; a couple is paired once."""
    for start in (s for s in said if s.predicate in rule.start):
        for end in (s for s in said if s.predicate in rule.end):
            both_ways = end.predicate in rule.start and start.predicate in rule.end
            if start.target < end.target if both_ways else start.target != end.target:
                yield start, end


def _folded(thing: str, said: list[Statement], rule: Rule, labels: Mapping[str, str]) -> Iterator[Edge]:
    named: defaultdict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in said:
        if statement.predicate in rule.named:
            named[statement.claims].append(statement)
    for start, end in _ends(said, rule):
        for naming in list(named.values()) or [[]]:
            label = ", ".join(labels.get(s.target, s.target) for s in naming) or rule.label
            relation = rule.iri if rule.label else end.predicate
            statements = _together((start, end, *naming))
            yield Edge(start.target, end.target, relation, label, statements, thing, rule.label)


def _together(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Keep to the claims that make all of several statements, if there are any: the others speak of other edges.

    Five sources may say that there is a distance between two places, and each gives another one. Where no claim says
    all, the edge is put together from several, and stands as the weakest of its parts.
    """
    all_of_it = set.intersection(*(set(statement.claims) for statement in statements))
    if not all_of_it:
        return statements
    return tuple(replace(statement, claims=tuple(sorted(all_of_it))) for statement in statements)
