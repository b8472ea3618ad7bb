"""What the pages show: things with their links, claims with their evidence, terms of the ontology, and the search."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.entities import fold
from bowiegraph.labels import texts_of
from bowiegraph.nearest import nearest
from bowiegraph.serving.documents import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DEFAULT: Final = ox.DefaultGraph()
#: what the head of a page says already, or nobody asks for
_TOLD: Final = frozenset((vocab.LABEL, vocab.COMMENT, vocab.ALT_LABEL, vocab.SAME_AS, vocab.TYPE, vocab.ATTRIBUTED_TO))
_EXAMPLE: Final = ox.NamedNode(vocab.SKOS + "example")
_LINKS: Final = {
    "below": ox.NamedNode(vocab.RDFS + "subClassOf"),
    "of": ox.NamedNode(vocab.SCHEMA + "domainIncludes"),
    "to": ox.NamedNode(vocab.SCHEMA + "rangeIncludes"),
}
_MOST_FOUND: Final = 50


@dataclass(frozen=True)
class Link:
    """A term in words, with the address of its page."""

    text: str
    #: "" where there is none
    href: str
    #: as SPARQL and Turtle read it; "" for a literal
    name: str = ""
    #: whether it leads away
    away: bool = False


@dataclass(frozen=True)
class Fact:
    """A triple in words, and the claims that make it, each with its verdict."""

    subject: Link
    predicate: Link
    object: Link
    claims: tuple[tuple[Link, str], ...] = ()


@dataclass(frozen=True)
class TermEntry:
    """A term of the ontology."""

    anchor: str
    link: Link
    kind: str
    comment: str
    example: str
    links: dict[str, list[Link]] = field(default_factory=dict)


@dataclass(frozen=True)
class Hit:
    """Something that was found."""

    link: Link
    what: str


class Words:
    """Turns terms into words and links."""

    def __init__(self, store: ox.Store, root: str) -> None:
        self._store = store
        self._root = root
        self.labels: dict[str, str] = texts_of(store, vocab.LABEL)
        self.comments: dict[str, str] = texts_of(store, vocab.COMMENT)

    def link(self, term: object) -> Link:
        """Give the words for a term, and where they lead."""
        if isinstance(term, ox.NamedNode):
            name = vocab.prefixed(term.value)
            href, away = self.href(term.value)
            return Link(self.labels.get(term.value, name), href, name, away)
        return Link(str(getattr(term, "value", term)), "")

    def href(self, iri: str) -> tuple[str, bool]:
        """Give the address of a thing's page, and whether that is elsewhere; only the web's own addresses lead away."""
        if iri.startswith(vocab.BASE):
            return f"{self._root}/{quote(iri.removeprefix(vocab.BASE), safe='/#%~:@!$&()*+,;=')}", False
        try:
            known = urlsplit(iri).scheme in {"http", "https"}
        except ValueError:
            known = False
        return (iri, True) if known else ("", False)

    # ---- facts

    def facts(self, node: ox.NamedNode) -> list[Fact]:
        """List what holds of a thing, as subject and as object, and who says so."""
        quads = [
            *self._store.quads_for_pattern(node, None, None, _DEFAULT),
            *self._store.quads_for_pattern(None, None, node, _DEFAULT),
        ]
        return self._worded(quad for quad in quads if quad.predicate not in _TOLD)

    def said(self, claim: ox.NamedNode) -> list[Fact]:
        """List the triples of a claim."""
        return self._worded(self._store.quads_for_pattern(None, None, None, claim), by=False)

    def _worded(self, quads: Iterable[ox.Quad], *, by: bool = True) -> list[Fact]:
        triples = {quad.triple for quad in quads}
        facts = (self._fact(triple, tuple(self._makers(triple)) if by else ()) for triple in triples)
        return sorted(facts, key=lambda fact: (fact.subject.text, fact.predicate.text, fact.object.text))

    def _fact(self, triple: ox.Triple, claims: tuple[tuple[Link, str], ...]) -> Fact:
        return Fact(self.link(triple.subject), self.link(triple.predicate), self.link(triple.object), claims)

    def _makers(self, triple: ox.Triple) -> Iterator[tuple[Link, str]]:
        for quad in self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object):
            claim = quad.graph_name
            if isinstance(claim, ox.NamedNode):
                verdicts = self._store.quads_for_pattern(claim, vocab.VERDICT, None, _DEFAULT)
                yield self.link(claim), next((self.link(q.object).text for q in verdicts), "")

    def values(self, node: ox.NamedNode, predicate: ox.NamedNode) -> list[Link]:
        """List the values that a thing has for a property."""
        quads = self._store.quads_for_pattern(node, predicate, None, _DEFAULT)
        return sorted((self.link(quad.object) for quad in quads), key=lambda link: link.text)

    # ---- the ontology

    def terms(self) -> list[TermEntry]:
        """List the terms of the ontology: classes, properties, then the rest, by their names."""
        return sorted(map(self._term, terms(self._store)), key=lambda e: (_KINDS.index(e.kind), e.link.text.casefold()))

    def _term(self, term: ox.NamedNode) -> TermEntry:
        kinds = {str(getattr(q.object, "value", "")) for q in self._store.quads_for_pattern(term, vocab.TYPE, None)}
        kind = (
            "class" if vocab.OWL + "Class" in kinds else "property" if any("Property" in k for k in kinds) else "value"
        )
        example = next((str(link.text) for link in self.values(term, _EXAMPLE)), "")
        links = {name: self.values(term, predicate) for name, predicate in _LINKS.items()}
        return TermEntry(
            term.value.partition("#")[2] if term.value.startswith(vocab.BG) else vocab.compact(term.value),
            self.link(term),
            kind,
            self.comments.get(term.value, ""),
            example,
            {name: found for name, found in links.items() if found},
        )

    # ---- the search

    def search(self, text: str) -> tuple[list[Hit], list[str]]:
        """Find entities, claims and sources by words in what they are called; or names that come near."""
        words = fold(text).split()
        named = self._named()
        found = [
            (_rank(fold(name), words), kind, iri, name)
            for iri, name, kind in named
            if all(word in fold(name) for word in words)
        ]
        best: dict[str, tuple[Any, ...]] = {}
        for entry in sorted(found):
            best.setdefault(entry[2], entry)
        hits = [Hit(self.link(ox.NamedNode(iri)), kind) for _, kind, iri, _ in list(best.values())[:_MOST_FOUND]]
        return hits, [] if hits else list(nearest(text, (name for _, name, kind in named if kind != "claim")))

    def near(self, space: str, name: str) -> list[Link]:
        """List things of a namespace whose names, as they stand in their IRIs, come near to one."""
        known = [iri.removeprefix(space) for iri in self.labels if iri.startswith(space) and "#" not in iri]
        return [self.link(ox.NamedNode(space + found)) for found in nearest(name, known)]

    def _named(self) -> list[tuple[str, str, str]]:
        kinds = {vocab.ENTITY: "thing", vocab.CLAIM: "claim", vocab.SOURCE: "source", vocab.BG: "term of the ontology"}
        every: list[tuple[str, str, str]] = []
        for predicate in (vocab.LABEL, vocab.ALT_LABEL):
            for quad in self._store.quads_for_pattern(None, predicate, None, _DEFAULT):
                subject, text = quad.subject, quad.object
                if isinstance(subject, ox.NamedNode) and isinstance(text, ox.Literal):
                    kind = next((kind for space, kind in kinds.items() if subject.value.startswith(space)), None)
                    every += [(subject.value, text.value, kind)] if kind else []
        return every


_KINDS: Final = ("class", "property", "value")


def _rank(name: str, words: list[str]) -> tuple[int, int]:
    """Whole names come first, then names that begin so, then shorter ones."""
    text = " ".join(words)
    return (0 if name == text else 1 if name.startswith(text) else 2, len(name))
