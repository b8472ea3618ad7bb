"""What a network is made of, read column by column: triples with the claims that make them, and what those claims are.

Terms are texts as Turtle writes them, for a network of a hundred thousand edges has no time to make an object of each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bowiegraph import vocab
from bowiegraph.query import run_query

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyoxigraph as ox

    from bowiegraph.network.statements import Statement

_ACCEPTED_STANCES: Final = frozenset(("asserted", "implied"))
_REJECTED: Final = frozenset(("disputed", "refuted"))
_ALL: Final = "SELECT ?s ?p ?o ?claim { GRAPH ?claim { ?s ?p ?o } }"
_TYPES: Final = ("SELECT ?s ?c { ?s a ?c }", "SELECT ?s ?c { GRAPH ?claim { ?s a ?c } }")
_ESCAPED: Final = re.compile(r"\\([tnr\"\\])")
_ESCAPES: Final = {"t": "\t", "n": "\n", "r": "\r", '"': '"', "\\": "\\"}


class Told(NamedTuple):
    """A triple that a claim makes; its terms as Turtle writes them."""

    subject: str
    predicate: str
    object: str
    #: "" where no claim is behind it
    claim: str

    @property
    def links(self) -> bool:
        """Whether it leads from a thing to another."""
        return self.object[0] in "<_"

    def __str__(self) -> str:
        """Write it as TriG."""
        triple = f"{self.subject} {self.predicate} {self.object} ."
        return f"{self.claim} {{ {triple} }}" if self.claim else triple


def everything(store: ox.Store) -> list[Told]:
    """Give all that any claim says."""
    return list(map(Told._make, _lines(store, _ALL)))


def of(statements: list[Statement]) -> list[Told]:
    """Give what was selected, once for each claim that makes it."""
    return [
        Told(_named(s.subject), f"<{s.predicate}>", str(s.object), f"<{claim}>" if claim else "")
        for s in statements
        for claim in s.claims or ("",)
    ]


def _named(iri: str) -> str:
    return iri if iri.startswith("_:") else f"<{iri}>"


def iri(term: str) -> str:
    """Take an IRI out of its brackets; a blank node keeps its name."""
    return term[1:-1] if term.startswith("<") else term


def text(term: str) -> str:
    """Take a literal out of its quotes."""
    if not term.startswith('"'):
        return term
    inner = term[1 : term.rindex('"')]
    return _ESCAPED.sub(lambda found: _ESCAPES[found[1]], inner) if "\\" in inner else inner


class Claim(NamedTuple):
    """What the edges of a claim say of it."""

    statement: str
    stance: str
    verdict: str
    source: str
    #: locators: p4s2 p4s3
    sentences: str

    @property
    def accepted(self) -> bool:
        """Whether it is asserted or implied, and neither disputed nor refuted."""
        return self.stance in _ACCEPTED_STANCES and self.verdict not in _REJECTED


def claims(store: ox.Store, labels: Mapping[str, str]) -> dict[str, Claim]:
    """Describe all claims, by their IRIs."""
    stances, verdicts = _of_terms(store, vocab.STANCE), _of_terms(store, vocab.VERDICT)
    sources = dict(_pairs(store, vocab.DERIVED_FROM))
    quoted: dict[str, str] = {}
    for claim, sentence in _pairs(store, vocab.QUOTED_FROM):
        quoted[claim] = f"{quoted[claim]} {_locator(sentence)}" if claim in quoted else _locator(sentence)
    named = {source: labels.get(source, "") for source in set(sources.values())}
    return {
        claim: Claim(
            labels.get(claim, ""),
            stance,
            verdicts.get(claim, ""),
            named.get(sources.get(claim, ""), ""),
            quoted.get(claim, ""),
        )
        for claim, stance in stances.items()
    }


def _of_terms(store: ox.Store, predicate: ox.NamedNode) -> dict[str, str]:
    """Give the stance or the verdict of each claim: a few words, each of which is cut out once."""
    words: dict[str, str] = {}
    found = {}
    for claim, term in _pairs(store, predicate):
        found[claim] = words.get(term) or words.setdefault(term, term[1:-1].removeprefix(vocab.BG))
    return found


def _locator(sentence: str) -> str:
    return sentence[sentence.rfind("#") + 1 : -1]


def types(store: ox.Store) -> Iterator[list[str]]:
    """Give each thing with each of its classes, by what holds and by what any claim says."""
    return (pair for query in _TYPES for pair in _lines(store, query))


def names(store: ox.Store) -> dict[str, str]:
    """Give the label of each thing, English first."""
    found: dict[str, str] = {}
    for thing, label in _pairs(store, vocab.LABEL):
        if thing not in found or label.endswith('"@en'):
            found[thing] = label
    return {thing: text(label) for thing, label in found.items()}


def _pairs(store: ox.Store, predicate: ox.NamedNode) -> Iterator[list[str]]:
    return _lines(store, f"SELECT ?s ?o {{ ?s <{predicate.value}> ?o }}")


def _lines(store: ox.Store, query: str) -> Iterator[list[str]]:
    lines = run_query(store, query).serialize("tsv").decode().split("\n")
    return (line.split("\t") for line in lines[1:-1])
