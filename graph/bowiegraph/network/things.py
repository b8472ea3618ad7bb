"""What a view tells of each thing in it: names, kind, years, records elsewhere, and what is said of it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.labels import in_english
from bowiegraph.network.kinds import OTHER, Kind, kind
from bowiegraph.network.statements import Statement, Triple
from bowiegraph.query import run_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: first and last year
Span = tuple[int, int]

_DATES: Final = {vocab.XSD + form for form in ("date", "dateTime", "gYear", "gYearMonth")}
_INTERVAL: Final = vocab.SCHEMA + "temporalCoverage"
_YEAR: Final = re.compile(r"(?:^|/)(-?[0-9]{4,})")
_ABOVE: Final = "SELECT ?class ?above WHERE { ?class rdfs:subClassOf* ?above . ?class a owl:Class }"


@dataclass(frozen=True)
class Thing:
    """A node of the view, or what was folded into an edge."""

    iri: str
    label: str
    #: its classes, as IRIs and as words
    classes: tuple[str, ...]
    types: tuple[str, ...]
    kind: Kind
    aliases: tuple[str, ...]
    comment: str | None
    #: addresses of records elsewhere
    same_as: tuple[str, ...]
    #: what claims say of it, but for its types
    statements: tuple[Statement, ...]
    #: of a claim: the name of its source
    source: str | None = None


class Things:
    """Things of a data set, as they are asked for."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._labels: dict[str, str] = {}
        self._above: defaultdict[str, set[str]] = defaultdict(set)
        for row in run_query(store, _ABOVE).rows:
            self._above[row[0]].add(row[1])
        self._frozen = {class_: frozenset(upper) for class_, upper in self._above.items()}

    def label(self, iri: str) -> str:
        """Name something: its label, English first, or the end of its IRI."""
        if iri not in self._labels:
            self._labels[iri] = self._find_label(iri)
        return self._labels[iri]

    def _find_label(self, iri: str) -> str:
        if iri.startswith("_:"):
            return iri
        labels = [o for o in self._values(iri, vocab.LABEL) if isinstance(o, ox.Literal) and o.value.strip()]
        return in_english(labels) or short(iri)

    def _values(self, iri: str, predicate: ox.NamedNode) -> list[object]:
        pattern = (ox.NamedNode(iri), predicate, None, ox.DefaultGraph())
        return [quad.object for quad in self._store.quads_for_pattern(*pattern)]

    def classes(self, iri: str) -> tuple[str, ...]:
        """List what a thing is said to be, by anyone."""
        if iri.startswith("_:"):
            return ()
        quads = self._store.quads_for_pattern(ox.NamedNode(iri), vocab.TYPE, None, None)
        return tuple(sorted({q.object.value for q in quads if isinstance(q.object, ox.NamedNode)}))

    def describe(self, iri: str) -> Thing:
        """Tell all of a thing."""
        classes = self.classes(iri)
        types = tuple(dict.fromkeys(self.label(class_) for class_ in self._narrowest(classes)))
        if iri.startswith("_:"):
            return Thing(iri, iri, classes, types, OTHER, (), None, (), ())
        texts = {p: self._texts(iri, p) for p in (vocab.ALT_LABEL, vocab.COMMENT, vocab.SAME_AS)}
        label = self.label(iri)
        aliases = tuple(alias for alias in texts[vocab.ALT_LABEL] if alias != label)
        return Thing(
            iri,
            label,
            classes,
            types,
            kind(self._looks(iri, classes), self._frozen),
            aliases,
            next(iter(texts[vocab.COMMENT]), None),
            texts[vocab.SAME_AS],
            self._said(iri),
            self._source(iri),
        )

    def _looks(self, iri: str, classes: Iterable[str]) -> tuple[str, ...]:
        """Give what decides the look of a thing: its verdict if it is a claim, else its classes."""
        verdicts = self._texts(iri, vocab.VERDICT)
        return verdicts or tuple(classes)

    def _source(self, iri: str) -> str | None:
        sources = [value for value in self._texts(iri, vocab.DERIVED_FROM) if value.startswith(vocab.SOURCE)]
        return self.label(sources[0]) if sources else None

    def _narrowest(self, classes: Iterable[str]) -> list[str]:
        """Leave out classes above others that are given as well: a cover recording is a cover and a recording."""
        given = set(classes)
        return [c for c in sorted(given) if not any(c != other and c in self._above[other] for other in given)]

    def _texts(self, iri: str, predicate: ox.NamedNode) -> tuple[str, ...]:
        values = self._values(iri, predicate)
        return tuple(sorted({o.value for o in values if isinstance(o, ox.Literal | ox.NamedNode)}))

    def _said(self, iri: str) -> tuple[Statement, ...]:
        told: defaultdict[Triple, set[str]] = defaultdict(set)
        for quad in self._store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
            claim, term = quad.graph_name, quad.object
            if isinstance(claim, ox.NamedNode) and not isinstance(term, ox.Triple) and quad.predicate != vocab.TYPE:
                told[iri, quad.predicate.value, term].add(claim.value)
        found = [Statement(*triple, tuple(sorted(claims))) for triple, claims in told.items()]
        return tuple(sorted(found, key=lambda s: (s.predicate, str(s.object))))


def short(iri: str) -> str:
    """Give the end of an IRI, for what has no label."""
    end = iri[iri.rfind("/") + 1 :]
    if end and "#" not in end and ":" not in end:
        return end  # only slashes part it, which is seen without looking closely
    return iri if iri.startswith("_:") else re.split(r"[/#:]", iri.rstrip("/#"))[-1] or iri


def span(statements: Iterable[Statement], accepted: Mapping[str, bool]) -> Span | None:
    """Tell from when to when something is dated: by accepted claims, or by any where no accepted one does."""
    dated = [(years, any(accepted.get(c, True) for c in s.claims)) for s in statements if (years := _years(s))]
    trusted = [years for years, holds in dated if holds] or [years for years, _ in dated]
    every = [year for years in trusted for year in years]
    return (min(every), max(every)) if every else None


def _years(statement: Statement) -> list[int]:
    term = statement.object
    if not isinstance(term, ox.Literal):
        return []
    if term.datatype.value not in _DATES and statement.predicate != _INTERVAL:
        return []
    return [int(year) for year in _YEAR.findall(term.value)]


def told_apart(things: Iterable[Thing]) -> list[Thing]:
    """Give things of the same name names that differ: with their type, a claim with its source, or with their IRI."""
    found = list(things)
    groups: defaultdict[str, list[Thing]] = defaultdict(list)
    for thing in found:
        groups[thing.label].append(thing)
    asides = {t.iri: aside for group in groups.values() if len(group) > 1 for t, aside in _asides(group)}
    return [replace(t, label=f"{t.label} ({asides[t.iri]})") if t.iri in asides else t for t in found]


def _asides(group: list[Thing]) -> Iterable[tuple[Thing, str]]:
    for told in ([t.source or "" for t in group], [", ".join(t.types) for t in group]):
        if all(told) and len(set(told)) == len(group):
            return zip(group, told, strict=True)
    return ((thing, vocab.compact(thing.iri).removeprefix(":")) for thing in group)
